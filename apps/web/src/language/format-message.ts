// Messages in ICU form: {name}, {count, number}, {count, plural, =0 {…} one {…} other {…}}, {kind, select, a {…} other {…}};
// `#` inside a plural is its number. The subset the pages use, small enough for a waiting page on a slow phone.

export type MessageValues = Readonly<Record<string, string | number>>;

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly name: string; readonly asNumber: boolean }
  | { readonly kind: 'count' }
  | {
      readonly kind: 'choice';
      readonly by: 'plural' | 'select';
      readonly name: string;
      readonly cases: ReadonlyMap<string, readonly Part[]>;
    };

/** Fills one message in one language. Throws SyntaxError on a malformed message; a missing value stays visible. */
export function formatMessage(message: string, values: MessageValues, locale: string): string {
  return render(parsedMessage(message), { values, locale, count: null });
}

const parsed = new Map<string, readonly Part[]>();

function parsedMessage(message: string): readonly Part[] {
  const known = parsed.get(message);
  if (known !== undefined) return known;
  const parts = new Parser(message).parse();
  parsed.set(message, parts);
  return parts;
}

type Scope = { readonly values: MessageValues; readonly locale: string; readonly count: number | null };

function render(parts: readonly Part[], scope: Scope): string {
  return parts.map((part) => renderPart(part, scope)).join('');
}

function renderPart(part: Part, scope: Scope): string {
  const number = (value: number) => numberFormat(scope.locale).format(value);
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'count':
      return scope.count === null ? '#' : number(scope.count);
    case 'value': {
      const value = scope.values[part.name];
      if (value === undefined) return `{${part.name}}`;
      return typeof value === 'number' && part.asNumber ? number(value) : String(value);
    }
    case 'choice': {
      const value = scope.values[part.name] ?? '';
      const chosen = part.cases.get(caseName(part, value, scope.locale)) ?? part.cases.get('other') ?? [];
      return render(chosen, part.by === 'plural' ? { ...scope, count: Number(value) } : scope);
    }
  }
}

function caseName(part: Part & { kind: 'choice' }, value: string | number, locale: string): string {
  if (part.by === 'select') return String(value);
  if (part.cases.has(`=${value}`)) return `=${value}`;
  return pluralRules(locale).select(Number(value));
}

/** One for each locale: making one costs far more than using it, and a page is drawn every second. */
function onePerLocale<Made>(make: (locale: string) => Made): (locale: string) => Made {
  const made = new Map<string, Made>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    if (made.size >= LOCALES_MAX) made.clear();
    made.set(locale, known);
    return known;
  };
}

const LOCALES_MAX = 50;
const numberFormat = onePerLocale((locale) => new Intl.NumberFormat(locale));
const pluralRules = onePerLocale((locale) => new Intl.PluralRules(locale));

class Parser {
  readonly #message: string;
  #at = 0;

  constructor(message: string) {
    this.#message = message;
  }

  parse(): readonly Part[] {
    const parts = this.#parts(0);
    if (this.#at < this.#message.length) throw new SyntaxError(`unexpected } in message: ${this.#message}`);
    return parts;
  }

  #parts(pluralDepth: number): readonly Part[] {
    const parts: Part[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
    };
    while (this.#at < this.#message.length && this.#message[this.#at] !== '}') {
      const char = this.#message[this.#at] as string;
      this.#at++;
      if (char === '{') {
        flush();
        parts.push(this.#argument(pluralDepth));
      } else if (char === '#' && pluralDepth > 0) {
        flush();
        parts.push({ kind: 'count' });
      } else {
        text += char;
      }
    }
    flush();
    return parts;
  }

  #argument(pluralDepth: number): Part {
    const name = this.#word();
    if (this.#take('}')) return { kind: 'value', name, asNumber: false };
    this.#expect(',');
    const type = this.#word();
    if (type === 'number') {
      this.#expect('}');
      return { kind: 'value', name, asNumber: true };
    }
    if (type !== 'plural' && type !== 'select') throw new SyntaxError(`unknown type ${type}: ${this.#message}`);
    this.#expect(',');
    const cases = new Map<string, readonly Part[]>();
    while (!this.#take('}')) {
      const key = this.#word();
      this.#expect('{');
      cases.set(key, this.#parts(type === 'plural' ? pluralDepth + 1 : pluralDepth));
      this.#expect('}');
    }
    if (!cases.has('other')) throw new SyntaxError(`a choice needs the case other: ${this.#message}`);
    return { kind: 'choice', by: type, name, cases };
  }

  #word(): string {
    this.#skipSpace();
    const match = /^[=A-Za-z0-9_]+/.exec(this.#message.slice(this.#at));
    if (match === null) throw new SyntaxError(`a word is missing at ${this.#at}: ${this.#message}`);
    this.#at += match[0].length;
    return match[0];
  }

  #take(char: string): boolean {
    this.#skipSpace();
    if (this.#message[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#take(char)) throw new SyntaxError(`${char} is missing at ${this.#at}: ${this.#message}`);
  }

  #skipSpace(): void {
    while (this.#message[this.#at] === ' ' || this.#message[this.#at] === '\n') this.#at++;
  }
}
