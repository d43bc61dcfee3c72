// The store: databases and collections, the commit clock, and which snapshots are still in use.

import { Timestamp } from 'bson';
import type { JournalRecord, SessionNote } from '../journal/records.ts';
import { Collection, type CollectionOptions } from './collection.ts';
import { type Change, Conflict, Transaction } from './transaction.ts';
import type { View } from './version.ts';

/** Told of everything that is to outlive the process, in the order in which it becomes visible. */
export type JournalSink = {
  commit(transaction: Transaction, session: SessionNote | null): void;
  collectionChanged(collection: Collection): void;
  append(record: JournalRecord): void;
};

export class Engine {
  readonly collections = new Map<string, Collection>();
  /** Null where nothing is kept. */
  sink: JournalSink | null = null;
  private clock = 0;
  private timeSeconds = 0;
  private timeBase = 0;
  /** Ticks of open snapshots with the number of users of each. */
  private readonly snapshots = new Map<number, number>();
  private openSnapshots = 0;
  /** Collections whose indexes remember keys taken since the oldest snapshot. */
  private readonly watched = new Set<Collection>();
  private stale: { tick: number; changes: readonly Change[] }[] = [];

  get now(): number {
    return this.clock;
  }

  /** The logical time: grows with the clock of the wall, and within a second with each commit. */
  clusterTime(nowSeconds: number): Timestamp {
    if (nowSeconds > this.timeSeconds) {
      this.timeSeconds = nowSeconds;
      this.timeBase = this.clock;
    }
    return new Timestamp({ t: this.timeSeconds, i: this.clock - this.timeBase + 1 });
  }

  find(namespace: string, view: View): Collection | null {
    const collection = this.collections.get(namespace);
    if (collection === undefined) return null;
    return collection.creator === null || collection.creator === view.writer ? collection : null;
  }

  /** Makes the collection; throws Conflict where another open transaction is making it. */
  create(database: string, name: string, options: CollectionOptions, transaction: Transaction): Collection {
    const present = this.collections.get(`${database}.${name}`);
    if (present !== undefined) {
      if (present.creator !== null && present.creator !== transaction) throw new Conflict(present.creator);
      return present;
    }
    const collection = new Collection(database, name, options);
    this.collections.set(collection.namespace, collection);
    if (transaction.kind === 'explicit') {
      collection.creator = transaction;
      transaction.created.add(collection);
    } else {
      this.clock += 1;
      collection.createdTick = this.clock;
    }
    return collection;
  }

  drop(collection: Collection): void {
    this.clock += 1;
    collection.dropped = true;
    this.sink?.append({ kind: 'drop', ns: collection.namespace });
    this.collections.delete(collection.namespace);
  }

  rename(collection: Collection, name: string): void {
    this.clock += 1;
    this.sink?.append({ kind: 'rename', ns: collection.namespace, to: name });
    this.collections.delete(collection.namespace);
    collection.name = name;
    collection.createdTick = this.clock;
    this.collections.set(collection.namespace, collection);
  }

  /** Told after indexes or options of a collection have changed. */
  catalogueChanged(collection: Collection): void {
    this.clock += 1;
    // What a transaction makes is told with its commit.
    if (collection.creator === null) this.sink?.collectionChanged(collection);
  }

  begin(kind: 'explicit' | 'implicit'): Transaction {
    if (kind === 'implicit') return new Transaction('implicit', Number.POSITIVE_INFINITY);
    this.holdSnapshot(this.clock);
    return new Transaction('explicit', this.clock);
  }

  /** Keeps all versions visible at the tick until released. */
  holdSnapshot(tick: number): void {
    this.openSnapshots += 1;
    this.snapshots.set(tick, (this.snapshots.get(tick) ?? 0) + 1);
  }

  releaseSnapshot(tick: number): void {
    this.openSnapshots -= 1;
    if (this.openSnapshots === 0) this.forgetTaken();
    const users = (this.snapshots.get(tick) ?? 1) - 1;
    if (users > 0) this.snapshots.set(tick, users);
    else {
      this.snapshots.delete(tick);
      this.pruneStale();
    }
  }

  commit(transaction: Transaction): void {
    this.sink?.commit(transaction, transaction.session);
    this.clock += 1;
    const own = transaction.kind === 'explicit' ? 1 : 0;
    const others = this.openSnapshots > own ? 'snapshots are open' : 'nobody looks';
    for (const { collection, slot } of transaction.changes) {
      collection.settle(slot, this.clock, others);
      if (others === 'snapshots are open') this.watched.add(collection);
    }
    for (const collection of transaction.created) {
      collection.creator = null;
      collection.createdTick = this.clock;
    }
    if (transaction.kind === 'explicit') this.releaseSnapshot(transaction.tick);
    this.pruneOrKeep(transaction.changes);
    transaction.end('committed');
  }

  abort(transaction: Transaction): void {
    for (const { collection, slot } of [...transaction.changes].reverse()) collection.rollBack(slot);
    for (const collection of transaction.created) this.collections.delete(collection.namespace);
    if (transaction.kind === 'explicit') this.releaseSnapshot(transaction.tick);
    transaction.end('aborted');
  }

  private forgetTaken(): void {
    for (const { indexes } of this.watched) for (const index of indexes.values()) index.forgetTaken();
    this.watched.clear();
  }

  private oldestTick(): number {
    let oldest = this.clock;
    for (const tick of this.snapshots.keys()) if (tick < oldest) oldest = tick;
    return oldest;
  }

  private pruneOrKeep(changes: readonly Change[]): void {
    if (this.snapshots.size === 0) {
      for (const { collection, slot } of changes) collection.prune(slot, this.clock);
    } else this.stale.push({ tick: this.clock, changes: [...changes] });
  }

  private pruneStale(): void {
    const oldest = this.oldestTick();
    let done = 0;
    for (const { tick, changes } of this.stale) {
      if (tick > oldest) break;
      for (const { collection, slot } of changes) collection.prune(slot, oldest);
      done += 1;
    }
    if (done > 0) this.stale = this.stale.slice(done);
  }
}
