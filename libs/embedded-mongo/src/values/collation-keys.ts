// Keys for strings under a collation: equal exactly where the collation says so, and in its order. Intl gives no sort
// keys, so each class of equal strings that is met gets a label between those of its neighbours, and keeps it.
import type { Collation } from './collation.ts';
import { encodeValue } from './key-encoding.ts';
import type { Value } from './types.ts';

export class CollationKeys {
  private readonly compare: Collation['compare'];
  /** One string of each class with its label, in the order of the collation. */
  private readonly texts: string[] = [];
  private readonly labels: string[] = [];

  constructor(collation: Collation) {
    this.compare = collation.compare;
  }

  /** The label of the string; one is made where none of its class was met yet. */
  readonly keep = (text: string): string => {
    const at = this.placeOf(text);
    if (this.isAt(at, text)) return this.labels[at] as string;
    const label = between(this.labels[at - 1] ?? '', this.labels[at] ?? null);
    this.texts.splice(at, 0, text);
    this.labels.splice(at, 0, label);
    return label;
  };

  /** The same for a string that is only looked for: a label nobody bears where none of its class was met. */
  readonly find = (text: string): string => {
    const at = this.placeOf(text);
    return this.isAt(at, text)
      ? (this.labels[at] as string)
      : between(this.labels[at - 1] ?? '', this.labels[at] ?? null);
  };

  private isAt(at: number, text: string): boolean {
    const present = this.texts[at];
    return present !== undefined && this.compare(present, text) === 0;
  }

  private placeOf(text: string): number {
    let low = 0;
    let high = this.texts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compare(this.texts[middle] as string, text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Keys for telling values apart within one command: equal where the collation (null: none) calls them equal. */
export type ValueKeys = {
  readonly keep: (value: Value) => string;
  /** For a value that is only looked for among those kept. */
  readonly find: (value: Value) => string;
};

const plain: ValueKeys = { keep: (value) => encodeValue(value), find: (value) => encodeValue(value) };

export function keysFor(collation: Collation | null | undefined): ValueKeys {
  if (!collation) return plain;
  const { keep, find } = new CollationKeys(collation);
  return { keep: (value) => encodeValue(value, keep), find: (value) => encodeValue(value, find) };
}

// Labels are strings of the characters 1 to `top`, and never end with 1, so that there is room below each.
const lowest = 1;
const top = 0xfffe;
// Strings often come in ascending order: then a short step leaves room above for thousands before labels grow.
const stepAtEnd = 16;

/** A label above `low` and below `high` (null: no bound), as plain JavaScript order has them. */
export function between(low: string, high: string | null): string {
  let prefix = '';
  let bounded = high !== null;
  for (let i = 0; ; i += 1) {
    const from = i < low.length ? low.charCodeAt(i) : lowest;
    const to = bounded && high !== null ? high.charCodeAt(i) : top + 1;
    if (from === to) {
      prefix += String.fromCharCode(from);
      continue;
    }
    if (to - from > 1) {
      const step = bounded ? (to - from) >> 1 : Math.min(stepAtEnd, (to - from) >> 1);
      return prefix + String.fromCharCode(from + step);
    }
    prefix += String.fromCharCode(from);
    bounded = false;
  }
}
