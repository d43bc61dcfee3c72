// Messages that go the same way in one turn of the event loop travel as one, a line each: broker and clients pay by the
// message, and one confirm serves all. Whoever is alone in its turn travels alone and waits for nobody.
// A line is the message's id, a tab, and its content, which holds no line end.
import type { Publication } from './confirmed-publisher.ts';

export type Line = {
  readonly exchange: string;
  readonly key: string;
  readonly messageId: string;
  /** JSON on one line. */
  readonly content: string;
};

export type Together = { readonly messageId: string; readonly content: Buffer };

export const LINES_TYPE = 'application/vnd.onsale.lines';

/** Of one message: more would save next to nothing, and all of them are delivered again when one ends its process. */
const LINES_MAX = 50;
const MESSAGE_CHARACTERS_MAX = 64 * 1024;

type Waiting = Line & { resolve(): void; reject(error: unknown): void };

export class LineGatherer {
  readonly #send: (publication: Publication) => Promise<void>;
  readonly #gathered = new Map<string, Waiting[]>();
  #onTheWay = 0;

  constructor(send: (publication: Publication) => Promise<void>) {
    this.#send = send;
  }

  /** Lines that are not confirmed or refused yet. */
  get onTheWay(): number {
    return this.#onTheWay;
  }

  /** Ends as the message does that carries it. */
  add(line: Line): Promise<void> {
    return new Promise((resolve, reject) => {
      const way = `${line.exchange}\n${line.key}`;
      const waiting: Waiting = { ...line, resolve, reject };
      this.#onTheWay += 1;
      const others = this.#gathered.get(way);
      if (others !== undefined) {
        others.push(waiting);
        return;
      }
      if (this.#gathered.size === 0) setImmediate(() => this.#flush());
      this.#gathered.set(way, [waiting]);
    });
  }

  #flush(): void {
    const ways = [...this.#gathered.values()];
    this.#gathered.clear();
    for (const lines of ways) for (const some of portions(lines)) void this.#sendTogether(some);
  }

  async #sendTogether(lines: readonly Waiting[]): Promise<void> {
    try {
      await this.#send(messageOf(lines));
      for (const { resolve } of lines) resolve();
    } catch (error) {
      for (const { reject } of lines) reject(error);
    } finally {
      this.#onTheWay -= lines.length;
    }
  }
}

function messageOf(lines: readonly Line[]): Publication {
  const [first] = lines;
  if (first === undefined) throw new RangeError('a message of no lines');
  const { exchange, key, messageId, content } = first;
  if (lines.length === 1) return { exchange, key, messageId, body: Buffer.from(content) };
  const text = lines.map((line) => `${line.messageId}\t${line.content}`).join('\n');
  return {
    ...{ exchange, key, messageId: `${messageId}+${lines.length - 1}` },
    ...{ body: Buffer.from(text), contentType: LINES_TYPE },
  };
}

/** In their order. One whose id could be misread goes alone. */
function* portions(lines: readonly Waiting[]): Generator<readonly Waiting[]> {
  let some: Waiting[] = [];
  let characters = 0;
  for (const line of lines) {
    const isPlain = !/[\t\n]/.test(line.messageId);
    const isFull = some.length >= LINES_MAX || characters + line.content.length > MESSAGE_CHARACTERS_MAX;
    if (some.length > 0 && (isFull || !isPlain)) {
      yield some;
      [some, characters] = [[], 0];
    }
    some.push(line);
    characters += isPlain ? line.content.length : MESSAGE_CHARACTERS_MAX;
  }
  if (some.length > 0) yield some;
}

const TAB = 0x09;
const LINE_END = 0x0a;

/** The messages that travelled as one; their contents are parts of the same bytes. */
export function linesOf(bytes: Buffer): readonly Together[] {
  const lines: Together[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(LINE_END, from);
    const to = end === -1 ? bytes.length : end;
    const tab = bytes.indexOf(TAB, from);
    const at = tab === -1 || tab > to ? from : tab;
    lines.push({
      messageId: bytes.toString('utf8', from, at),
      content: bytes.subarray(at === from ? from : at + 1, to),
    });
    from = to + 1;
  }
  return lines;
}
