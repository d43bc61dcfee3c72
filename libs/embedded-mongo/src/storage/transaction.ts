// One unit of atomic change: a client's multi-document transaction, or the implicit one around a plain write command.
// States: active → committed | aborted. Those who wait for its end are told at either.
import type { SessionNote } from '../journal/records.ts';
import type { Collection } from './collection.ts';
import type { Slot, View } from './version.ts';

export type Change = { readonly collection: Collection; readonly slot: Slot };

export class Transaction implements View {
  /** Reads see what was committed up to this tick. Infinity: always the latest (implicit transactions). */
  readonly tick: number;
  readonly kind: 'explicit' | 'implicit';
  state: 'active' | 'committed' | 'aborted' = 'active';
  /** Slots written, each once; its newest version is this transaction's. */
  readonly changes: Change[] = [];
  /** Collections read or written: what drops and index builds wait for. */
  readonly touched = new Set<Collection>();
  readonly created = new Set<Collection>();
  /** What the session is to remember of this commit, for retries. */
  session: SessionNote | null = null;
  private readonly waiters = new Set<() => void>();

  constructor(kind: 'explicit' | 'implicit', tick: number) {
    this.kind = kind;
    this.tick = tick;
  }

  get writer(): Transaction {
    return this;
  }

  /** Calls back once, when the transaction has ended; returns how to stop waiting. */
  onEnd(callback: () => void): () => void {
    this.waiters.add(callback);
    return () => this.waiters.delete(callback);
  }

  end(state: 'committed' | 'aborted'): void {
    this.state = state;
    for (const collection of this.touched) collection.users.delete(this);
    this.touched.clear();
    const waiters = [...this.waiters];
    this.waiters.clear();
    for (const waiter of waiters) waiter();
  }

  touch(collection: Collection): void {
    if (this.kind === 'implicit' || this.touched.has(collection)) return;
    this.touched.add(collection);
    collection.users.add(this);
  }
}

/** Thrown where a change meets another transaction's: explicit transactions fail by it, implicit ones wait. */
export class Conflict extends Error {
  /** The open transaction in the way; null if a later commit is. */
  readonly holder: Transaction | null;

  constructor(holder: Transaction | null) {
    super('WriteConflict');
    this.holder = holder;
  }
}
