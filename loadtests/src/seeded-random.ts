// A crowd can be repeated: every choice comes from its seed. (The machine's timing still differs from run to run.)
// Source: sfc32 by Chris Doty-Humphrey (PractRand), seeded through splitmix32.

export type SeededRandom = {
  /** In [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of these; throws RangeError for none. */
  pick<Item>(items: readonly Item[]): Item;
  /** A key of the table, as often as its weight says. */
  weighted(weights: Readonly<Record<string, number>>): string;
};

export function seededRandom(seed: number, stream: number): SeededRandom {
  const split = splitmix32(Math.imul(seed, 0x9e3779b1) ^ stream);
  let [a, b, c, counter] = [split(), split(), split(), 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next(); // the first outputs still show the seed
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    weighted: (weights) => pickWeighted(weights, next()),
  };
}

function pickWeighted(weights: Readonly<Record<string, number>>, draw: number): string {
  const entries = Object.entries(weights);
  let left = draw * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  throw new RangeError('no weights');
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}
