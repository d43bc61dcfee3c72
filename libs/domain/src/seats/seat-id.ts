// Ids made from words that people chose: letters and digits stay, accents fall off, the rest becomes a hyphen.

const ID_MAX = 64;
const USABLE = /^[A-Za-z0-9_.~-]{1,64}$/;

export const isUsableId = (id: string): boolean => USABLE.test(id);

/** Empty when nothing of the words can stand in an id. */
export function idOfWords(words: string): string {
  const plain = words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, ID_MAX - 16);
}

/** Gives out names: the one that is wished, or with a number where it is taken. */
export class FreeNames {
  readonly #taken = new Set<string>();
  /** Where counting goes on, so that ten thousand of one name are not counted from 2 each time. */
  readonly #next = new Map<string, number>();

  has(name: string): boolean {
    return this.#taken.has(name);
  }

  /** False when it was taken already. */
  claim(name: string): boolean {
    if (this.#taken.has(name)) return false;
    this.#taken.add(name);
    return true;
  }

  take(wished: string, numbered: (n: number) => string = (n) => `${wished}-${n}`): string {
    if (this.claim(wished)) return wished;
    let n = this.#next.get(wished) ?? 2;
    while (!this.claim(numbered(n))) n += 1;
    this.#next.set(wished, n + 1);
    return numbered(n);
  }
}
