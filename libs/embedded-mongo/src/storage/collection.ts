// A collection: its slots in natural order, its indexes, and the rules of writing to them under a transaction.
import { randomUUID } from 'node:crypto';
import { calculateObjectSize } from 'bson';
import type { Collation } from '../values/collation.ts';
import type { Doc, Value } from '../values/types.ts';
import type { CollectionIndex } from './collection-index.ts';
import { duplicateKey } from './duplicate-key.ts';
import { Conflict, type Transaction } from './transaction.ts';
import { type Slot, type Version, type View, visibleVersion } from './version.ts';

export type CollectionOptions = Doc;

export class Collection {
  readonly database: string;
  readonly uuid = randomUUID();
  name: string;
  options: CollectionOptions;
  /** Set while only its creating transaction may see the collection. */
  creator: Transaction | null = null;
  /** The tick at which it came to be: older snapshots do not see it. */
  createdTick = 0;
  dropped = false;
  readonly slots = new Set<Slot>();
  readonly indexes = new Map<string, CollectionIndex>();
  /** Open transactions that have read or written here. */
  readonly users = new Set<Transaction>();
  /** Documents counting uncommitted ones, as a count without filter answers. */
  count = 0;
  /** Size of all documents once it is asked for; kept only for capped collections. */
  bytes: number | null = null;
  /** How its strings compare where a command does not say; null: by their bytes. */
  collation: Collation | null = null;
  /** Decides about documents of a validator; replaced by collMod. */
  validate: (doc: Doc, before: Doc | null) => boolean = () => true;
  private nextPlace = 1;

  constructor(database: string, name: string, options: CollectionOptions) {
    this.database = database;
    this.name = name;
    this.options = options;
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
  }

  get idIndex(): CollectionIndex {
    return this.indexes.get('_id_') as CollectionIndex;
  }

  *scan(view: View): Generator<{ slot: Slot; doc: Doc }> {
    for (const slot of this.slots) {
      const doc = visibleVersion(slot, view)?.doc;
      if (doc) yield { slot, doc };
    }
  }

  insert(doc: Doc, transaction: Transaction): Slot {
    const keys = [...this.indexes.values()].map((index) => ({ index, keys: index.keysOf(doc) }));
    for (const entry of keys) this.checkUnique({ ...entry, slot: null, doc, transaction });
    const slot: Slot = { place: this.nextPlace, newest: null };
    this.nextPlace += 1;
    slot.newest = { doc, tick: 0, writer: transaction, older: null };
    this.slots.add(slot);
    for (const { index, keys: own } of keys) for (const key of own) index.add(slot, key);
    this.count += 1;
    this.resize(null, doc);
    transaction.changes.push({ collection: this, slot });
    return slot;
  }

  /** Puts a new version (null: deletes) on top of a slot that the transaction sees. Throws Conflict or 11000. */
  write(slot: Slot, doc: Doc | null, transaction: Transaction): void {
    assertWritable(slot, transaction);
    const newest = slot.newest as Version;
    const keys = doc === null ? [] : [...this.indexes.values()].map((index) => ({ index, keys: index.keysOf(doc) }));
    for (const entry of keys) {
      if (doc !== null) this.checkUnique({ ...entry, slot, doc, transaction });
    }
    // What a transaction wrote before stays in the chain until it ends: a key it took and gave up again is still held.
    if (newest.writer !== transaction) transaction.changes.push({ collection: this, slot });
    slot.newest = { doc, tick: 0, writer: transaction, older: newest };
    for (const { index, keys: own } of keys) for (const key of own) index.add(slot, key);
    if (doc === null) this.count -= 1;
    this.resize(newest.doc, doc);
  }

  /** Makes the newest version of a slot the committed one; what its transaction wrote before it goes. */
  settle(slot: Slot, tick: number, others: 'snapshots are open' | 'nobody looks'): void {
    const { newest } = slot;
    if (newest === null) return;
    const { gone, base } = ownVersions(newest);
    if (others === 'snapshots are open') this.noteTaken(gone, base, tick);
    newest.older = base;
    newest.tick = tick;
    newest.writer = null;
    for (const version of gone.slice(1)) this.forget(slot, version);
  }

  /** Takes back what an aborted transaction wrote to the slot. */
  rollBack(slot: Slot): void {
    const newest = slot.newest as Version;
    const { gone, base } = ownVersions(newest);
    slot.newest = base;
    if (newest.doc === null) this.count += 1;
    if (base === null) {
      this.count -= 1;
      this.bytes = null;
      this.slots.delete(slot);
    }
    for (const version of gone) this.forget(slot, version);
  }

  /** Puts a document (null: removes it) as committed, without any check: used when the store is brought back. */
  restore(id: Value, doc: Doc | null): void {
    const [known] = this.idIndex.slotsWith(this.idIndex.keyFor([id]));
    const old = known?.newest ?? null;
    if (known === undefined && doc === null) return;
    const slot: Slot = known ?? { place: this.nextPlace, newest: null };
    if (known === undefined) this.nextPlace += 1;
    slot.newest = { doc, tick: 0, writer: null, older: null };
    if (old !== null) this.forget(slot, old);
    if (doc === null) this.slots.delete(slot);
    else {
      this.slots.add(slot);
      for (const index of this.indexes.values()) for (const key of index.keysOf(doc)) index.add(slot, key);
    }
    this.count += (doc === null ? 0 : 1) - (old?.doc ? 1 : 0);
  }

  /** Adds an index over all versions there are; whether it may be unique is the caller's to know. */
  addIndex(index: CollectionIndex): void {
    for (const slot of this.slots) {
      for (let version = slot.newest; version !== null; version = version.older) {
        if (version.doc !== null) for (const key of index.keysOf(version.doc)) index.add(slot, key);
      }
    }
    this.indexes.set(index.spec.name, index);
  }

  /** Drops the versions that no snapshot can reach any more, and the slot itself once it is deleted for all. */
  prune(slot: Slot, oldestTick: number): void {
    let kept = slot.newest;
    while (kept !== null && (kept.writer !== null || kept.tick > oldestTick)) kept = kept.older;
    if (kept === null) return;
    let removed = kept.older;
    kept.older = null;
    for (; removed !== null; removed = removed.older) this.forget(slot, removed);
    if (kept.doc === null && kept === slot.newest) this.slots.delete(slot);
  }

  // Older snapshots must not take a unique key that was taken since, even if it is free again.
  private noteTaken(gone: readonly Version[], base: Version | null, tick: number): void {
    for (const index of this.indexes.values()) {
      if (!index.spec.unique) continue;
      const keysOf = (version: Version | null): string[] => (version?.doc ? index.keysOf(version.doc) : []);
      let newer: string[] | null = null;
      for (const version of [...gone, base]) {
        const keys = keysOf(version);
        for (const key of newer ?? []) if (!keys.includes(key)) index.noteTaken(key, tick);
        newer = keys;
      }
      // The index of _id has one entry for each key: giving it up is a change of it, too.
      if (index === this.idIndex && gone[0]?.doc === null) for (const key of newer ?? []) index.noteTaken(key, tick);
    }
  }

  private resize(before: Doc | null, after: Doc | null): void {
    if (this.bytes === null) return;
    for (const [doc, sign] of [
      [before, -1],
      [after, 1],
    ] as const)
      if (doc !== null) this.bytes += sign * calculateObjectSize(doc);
  }

  // Index entries of a version that has left the chain go, unless a version still in it bears the same key.
  private forget(slot: Slot, gone: Version): void {
    if (gone.doc === null) return;
    for (const index of this.indexes.values()) {
      const keys = index.keysOf(gone.doc);
      if (keys.length === 0) continue;
      const kept = new Set<string>();
      for (let version = slot.newest; version !== null; version = version.older) {
        if (version.doc !== null) for (const key of index.keysOf(version.doc)) kept.add(key);
      }
      for (const key of keys) if (!kept.has(key)) index.remove(slot, key);
    }
  }

  private checkUnique(entry: UniqueEntry): void {
    if (entry.index.spec.unique) for (const key of entry.keys) checkKey(this, key, entry);
  }
}

type UniqueEntry = {
  index: CollectionIndex;
  keys: string[];
  slot: Slot | null;
  doc: Doc;
  transaction: Transaction;
};

// A key given up by another open transaction is still taken; one taken by another open transaction, or since the
// snapshot, is a conflict. In secondary indexes the conflict comes first, in that of _id the duplicate does.
function checkKey(collection: Collection, key: string, entry: UniqueEntry): void {
  const { index, slot, transaction } = entry;
  const others = index.slotsWith(key).filter((other) => other !== slot);
  const bears = (version: Version | null): boolean => version?.doc != null && index.keysOf(version.doc).includes(key);
  const checkTaken = (): void => {
    if (index.takenAt(key) > transaction.tick) throw new Conflict(null);
    for (const { newest } of others) {
      const holder = newest?.writer ?? null;
      if (newest === null || holder === null || holder === transaction) continue;
      if (ownVersions(newest).gone.some((version) => bears(version) && !bears(version.older)))
        throw new Conflict(holder);
    }
  };
  if (index !== collection.idIndex) checkTaken();
  for (const other of others)
    if (bears(visibleVersion(other, transaction))) throw duplicateKey(collection, index, entry.doc, key);
  checkTaken();
}

/** The versions of the transaction that holds the slot, newest first, and the committed one under them. */
function ownVersions(newest: Version): { gone: Version[]; base: Version | null } {
  const gone: Version[] = [];
  let version: Version | null = newest;
  for (; version !== null && version.writer !== null; version = version.older) gone.push(version);
  return { gone, base: version };
}

/** A slot may be written if nobody else holds it and nobody has committed to it since the snapshot. */
export function assertWritable(slot: Slot, transaction: Transaction): void {
  const newest = slot.newest as Version;
  if (newest.writer === transaction) return;
  if (newest.writer !== null) throw new Conflict(newest.writer);
  if (newest.tick > transaction.tick) throw new Conflict(null);
}
