// A tiny store that is obviously right: whole copies for snapshots, one lock per key. What the server must do in every
// history of a few sessions is what this does. Documents have a number `n`, and some a `u` that no two may share.

export const sessionCount = 4;
export const keyCount = 4;
export const uniqueCount = 3;

/** `u` is what an insert or a move gives the document for its unique field; 0: it has none. */
export type InsideStep = {
  readonly kind: 'read' | 'readAll' | 'insert' | 'increase' | 'move' | 'remove';
  readonly session: number;
  readonly key: number;
  readonly u: number;
};
export type EndStep = { readonly kind: 'commit' | 'abort'; readonly session: number };
export type PlainStep = {
  readonly kind: 'plainInsert' | 'plainIncrease' | 'plainMove' | 'plainRemove';
  readonly key: number;
  readonly u: number;
};
export type Step = InsideStep | EndStep | PlainStep | { readonly kind: 'plainReadAll' };

export const isEnd = (step: Step): step is EndStep => step.kind === 'commit' || step.kind === 'abort';

/** What an answer says, in one word or number: rows as `key:n` or `key:n:u`, counts, or what failed. */
export type Answer = string;

type Row = { readonly n: number; readonly u: number };
type Rows = ReadonlyMap<number, Row>;
type Open = {
  readonly snapshot: Rows;
  readonly tick: number;
  readonly writes: Map<number, Row | null>;
  /** Every value of `u` it has taken, even if given up again. */
  readonly taken: Set<number>;
};
/** It waits for the session that held what it wanted, whatever else happens meanwhile. */
type Waiting = { readonly step: PlainStep; readonly holder: number; readonly answer: (answer: Answer) => void };
type Blocked = { readonly holder: number };

export class ReferenceStore {
  private readonly committed = new Map<number, Row>();
  private readonly changedAt = new Map<number, number>();
  /** When a value of `u` was last taken by a commit. */
  private readonly takenAt = new Map<number, number>();
  private readonly open = new Map<number, Open>();
  private readonly locks = new Map<number, number>();
  private tick = 0;
  /** The plain write that waits for a lock, if any. */
  waiting: Waiting | null = null;

  /** The answer, or null for a plain write that has to wait (it is told by `answer`). */
  play(step: Step, answer: (answer: Answer) => void): Answer | null {
    if (step.kind === 'plainReadAll') return shown(this.committed);
    if (isEnd(step)) return this.end(step.session, step.kind);
    if ('session' in step) return this.inside(step);
    const result = this.plain(step);
    if (typeof result === 'string') return result;
    this.waiting = { step, answer, ...result };
    return null;
  }

  private inside(step: InsideStep): Answer {
    const open = this.open.get(step.session) ?? this.begin(step.session);
    const seen = rowsOf(open);
    if (step.kind === 'readAll') return shown(seen);
    const row = seen.get(step.key);
    if (step.kind === 'read') return row === undefined ? '' : shown(new Map([[step.key, row]]));
    if (step.kind === 'insert') return this.insert(step, open, row !== undefined);
    if (row === undefined) return '0';
    // What changes nothing is no write.
    if (step.kind === 'move' && row.u === step.u) return '1';
    if (this.isTaken(step.session, step.key) || (this.changedAt.get(step.key) ?? 0) > open.tick)
      return this.fail(step.session, 'conflict');
    return this.write(step, open, changed(step.kind, row, step.u));
  }

  private insert(step: InsideStep, open: Open, visible: boolean): Answer {
    if (visible) return this.fail(step.session, 'duplicate');
    const own = this.locks.get(step.key) === step.session;
    const changedSince = (this.changedAt.get(step.key) ?? 0) > open.tick;
    if (!own && (this.isTaken(step.session, step.key) || changedSince)) return this.fail(step.session, 'conflict');
    return this.write(step, open, { n: 0, u: step.u });
  }

  // Another's taking of the same unique value is a conflict before it can be a duplicate.
  private write({ session, key }: InsideStep, open: Open, row: Row | null): Answer {
    const before = rowsOf(open).get(key)?.u ?? 0;
    if (row !== null && row.u !== 0 && row.u !== before) {
      const another = [...this.open].some(([other, { taken }]) => other !== session && taken.has(row.u));
      if (another || (this.takenAt.get(row.u) ?? 0) > open.tick) return this.fail(session, 'conflict');
      if ([...rowsOf(open)].some(([other, { u }]) => other !== key && u === row.u))
        return this.fail(session, 'duplicate');
      open.taken.add(row.u);
    }
    this.locks.set(key, session);
    open.writes.set(key, row);
    return '1';
  }

  private plain({ kind, key, u }: PlainStep): Answer | Blocked {
    const row = this.committed.get(key);
    if (kind === 'plainInsert' ? row !== undefined : row === undefined)
      return kind === 'plainInsert' ? 'duplicate' : '0';
    if (kind === 'plainMove' && row?.u === u) return '1';
    const holder = this.locks.get(key);
    if (holder !== undefined) return { holder };
    const next = row === undefined ? { n: 0, u } : changed(kind, row, u);
    if (next !== null && next.u !== 0 && next.u !== (row?.u ?? 0)) {
      for (const [session, { taken }] of this.open) if (taken.has(next.u)) return { holder: session };
      if ([...this.committed].some(([other, { u: theirs }]) => other !== key && theirs === next.u)) return 'duplicate';
    }
    this.tick += 1;
    this.set(key, next);
    return '1';
  }

  private set(key: number, row: Row | null): void {
    this.changedAt.set(key, this.tick);
    if (row !== null && row.u !== 0 && row.u !== this.committed.get(key)?.u) this.takenAt.set(row.u, this.tick);
    if (row === null) this.committed.delete(key);
    else this.committed.set(key, row);
  }

  private begin(session: number): Open {
    const open = { snapshot: new Map(this.committed), tick: this.tick, writes: new Map(), taken: new Set<number>() };
    this.open.set(session, open);
    return open;
  }

  private end(session: number, how: 'commit' | 'abort'): Answer {
    const open = this.open.get(session);
    if (open === undefined) return 'none';
    if (how === 'commit') {
      this.tick += 1;
      for (const [key, row] of open.writes) this.set(key, row);
      for (const u of open.taken) this.takenAt.set(u, this.tick);
    }
    this.release(session);
    return 'ok';
  }

  private fail(session: number, how: 'conflict' | 'duplicate'): Answer {
    this.release(session);
    return how;
  }

  private release(session: number): void {
    this.open.delete(session);
    for (const [key, owner] of [...this.locks]) if (owner === session) this.locks.delete(key);
    const { waiting } = this;
    if (waiting === null || waiting.holder !== session) return;
    const result = this.plain(waiting.step);
    this.waiting = typeof result === 'string' ? null : { ...waiting, ...result };
    if (typeof result === 'string') waiting.answer(result);
  }

  private isTaken(session: number, key: number): boolean {
    const owner = this.locks.get(key);
    return owner !== undefined && owner !== session;
  }
}

function changed(kind: InsideStep['kind'] | PlainStep['kind'], row: Row, u: number): Row | null {
  if (kind === 'remove' || kind === 'plainRemove') return null;
  return kind === 'move' || kind === 'plainMove' ? { n: row.n, u } : { n: row.n + 1, u: row.u };
}

function rowsOf({ snapshot, writes }: Open): Map<number, Row> {
  const rows = new Map(snapshot);
  for (const [key, row] of writes) {
    if (row === null) rows.delete(key);
    else rows.set(key, row);
  }
  return rows;
}

const shown = (rows: Rows): Answer =>
  [...rows]
    .sort(([a], [b]) => a - b)
    .map(([key, { n, u }]) => (u === 0 ? `${key}:${n}` : `${key}:${n}:${u}`))
    .join(' ');
