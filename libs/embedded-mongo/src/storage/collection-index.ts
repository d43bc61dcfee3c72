// One index of one collection: from encoded keys to the slots that have, or had, a version with that key. Readers look
// at the version they may see and check again; entries go when no version of the slot bears the key any more.
// Equality is answered by a hash map; the ordered side is a tree, built when the first range or sort asks for it.

import type { Collation } from '../values/collation.ts';
import { CollationKeys } from '../values/collation-keys.ts';
import { encodeKey, encodeValue } from '../values/key-encoding.ts';
import { indexValues, splitPath } from '../values/paths.ts';
import type { Doc, Value } from '../values/types.ts';
import { BTree } from './btree.ts';
import { indexRows } from './index-keys.ts';
import type { Slot } from './version.ts';

export type IndexSpec = {
  readonly name: string;
  readonly key: Doc;
  readonly unique: boolean;
  readonly sparse: boolean;
  /** The rest of the specification as given, for listIndexes. */
  readonly options: Doc;
};

type Bucket = Slot | Set<Slot>;

type IndexParts = {
  readonly spec: IndexSpec;
  readonly directions: readonly (1 | -1)[];
  readonly covers: (doc: Doc) => boolean;
  readonly collation: Collation | null;
};

export class CollectionIndex {
  readonly spec: IndexSpec;
  readonly paths: readonly string[];
  readonly directions: readonly (1 | -1)[];
  /** Whether any document ever had an array on an indexed path: bounds of one path may then not be intersected. */
  multikey = false;
  readonly accesses = { ops: 0, since: new Date() };
  private readonly parts: readonly (readonly string[])[];
  private readonly covers: (doc: Doc) => boolean;
  /** How its strings compare; null: by their bytes. */
  readonly collation: Collation | null;
  private readonly byKey = new Map<string, Bucket>();
  private readonly texts: CollationKeys | null;
  private ordered: BTree<Bucket> | null = null;
  private readonly taken = new Map<string, number>();

  constructor({ spec, directions, covers, collation }: IndexParts) {
    this.spec = spec;
    this.collation = collation;
    this.texts = collation === null ? null : new CollationKeys(collation);
    this.paths = Object.keys(spec.key);
    this.directions = directions;
    this.parts = this.paths.map(splitPath);
    this.covers = covers;
  }

  get size(): number {
    return this.byKey.size;
  }

  /** The keys of a document; none if the index is partial or sparse and leaves it out. */
  keysOf(doc: Doc): string[] {
    if (!this.covers(doc)) return [];
    if (this.parts.length === 1) return this.simpleKeys(doc);
    const { rows, multikey } = indexRows(doc, this.parts);
    if (multikey) this.multikey = true;
    if (this.spec.sparse && rows.every((row) => row.every((value) => value === undefined))) return [];
    if (rows.length === 1) return [this.keyFor((rows[0] as Value[]).map(orNull))];
    return [...new Set(rows.map((row) => this.keyFor(row.map(orNull))))];
  }

  /** The key of one value for each path. */
  keyFor(values: readonly Value[]): string {
    return encodeKey(values, this.directions, this.texts?.keep);
  }

  /** The part of a key that a value looked for has, in ascending order. */
  encode(value: Value): string {
    return encodeValue(value, this.texts?.find);
  }

  add(slot: Slot, key: string): void {
    const bucket = this.byKey.get(key);
    if (bucket === undefined) this.put(key, slot);
    else if (bucket instanceof Set) bucket.add(slot);
    else if (bucket !== slot) this.put(key, new Set([bucket, slot]));
  }

  remove(slot: Slot, key: string): void {
    const bucket = this.byKey.get(key);
    if (bucket === undefined) return;
    if (bucket instanceof Set) {
      bucket.delete(slot);
      if (bucket.size === 1) this.put(key, [...bucket][0] as Slot);
    } else if (bucket === slot) {
      this.byKey.delete(key);
      this.ordered?.delete(key);
    }
  }

  /** Of a unique index: remembers that a commit took the key, for the snapshots that are older. */
  noteTaken(key: string, tick: number): void {
    this.taken.set(key, tick);
  }

  /** When a commit took the key, as far as open snapshots need to know; 0 if none did. */
  takenAt(key: string): number {
    return this.taken.size === 0 ? 0 : (this.taken.get(key) ?? 0);
  }

  forgetTaken(): void {
    this.taken.clear();
  }

  slotsWith(key: string): Slot[] {
    const bucket = this.byKey.get(key);
    return bucket === undefined ? [] : slotsOf(bucket);
  }

  /** Slots by key with from ≤ key < to; slots of one key in their natural order. */
  *slotsBetween(from: string, to: string | null, direction: 'forwards' | 'backwards'): Generator<[string, Slot]> {
    const tree = this.orderedSide();
    const entries = direction === 'backwards' ? tree.rangeBackwards(from, to) : tree.range(from, to);
    for (const [key, bucket] of entries) {
      const slots = slotsOf(bucket);
      const inOrder = slots.length < 2 ? slots : slots.sort((a, b) => a.place - b.place);
      if (direction === 'backwards') inOrder.reverse();
      for (const slot of inOrder) yield [key, slot];
    }
  }

  clear(): void {
    this.byKey.clear();
    this.ordered = null;
  }

  private simpleKeys(doc: Doc): string[] {
    const { values, multikey } = indexValues(doc, this.parts[0] as readonly string[]);
    if (multikey) this.multikey = true;
    if (values.length === 1) {
      const value = values[0];
      return this.spec.sparse && value === undefined ? [] : [this.keyFor([orNull(value)])];
    }
    return [...new Set(values.map((value) => this.keyFor([orNull(value)])))];
  }

  private put(key: string, bucket: Bucket): void {
    this.byKey.set(key, bucket);
    this.ordered?.set(key, bucket);
  }

  private orderedSide(): BTree<Bucket> {
    if (this.ordered === null) {
      this.ordered = new BTree();
      for (const key of [...this.byKey.keys()].sort()) this.ordered.set(key, this.byKey.get(key) as Bucket);
    }
    return this.ordered;
  }
}

const orNull = (value: Value): Value => (value === undefined ? null : value);
const slotsOf = (bucket: Bucket): Slot[] => (bucket instanceof Set ? [...bucket] : [bucket]);
