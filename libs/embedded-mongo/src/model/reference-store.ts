// A tiny store that is obviously right: whole copies for snapshots, one lock per key. What the server must do in every
// history of a few sessions is what this does.

export const sessionCount = 4;
export const keyCount = 4;

export type InsideStep = {
  readonly kind: 'read' | 'readAll' | 'insert' | 'increase' | 'remove';
  readonly session: number;
  readonly key: number;
};
export type EndStep = { readonly kind: 'commit' | 'abort'; readonly session: number };
export type PlainStep = { readonly kind: 'plainInsert' | 'plainIncrease' | 'plainRemove'; readonly key: number };
export type Step = InsideStep | EndStep | PlainStep | { readonly kind: 'plainReadAll' };

export const isEnd = (step: Step): step is EndStep => step.kind === 'commit' || step.kind === 'abort';

/** What an answer says, in one word or number: rows as `key:n`, counts, or what failed. */
export type Answer = string;

type Open = {
  readonly snapshot: Map<number, number>;
  readonly tick: number;
  readonly writes: Map<number, number | null>;
};
type Waiting = { readonly step: PlainStep; answer: (answer: Answer) => void };

export class ReferenceStore {
  private readonly committed = new Map<number, number>();
  private readonly changedAt = new Map<number, number>();
  private readonly open = new Map<number, Open>();
  private readonly locks = new Map<number, number>();
  private tick = 0;
  /** The plain write that waits for a lock, if any. */
  waiting: Waiting | null = null;

  /** The answer, or null for a plain write that has to wait (it is told by `answer`). */
  play(step: Step, answer: (answer: Answer) => void): Answer | null {
    if (step.kind === 'plainReadAll') return rows(this.committed);
    if (isEnd(step)) return this.end(step.session, step.kind);
    if ('session' in step) return this.inside(step);
    const result = this.plain(step);
    if (result === null) this.waiting = { step, answer };
    return result;
  }

  private inside(step: InsideStep): Answer {
    const open = this.open.get(step.session) ?? this.begin(step.session);
    const seen = new Map([...open.snapshot, ...open.writes]) as Map<number, number | null>;
    for (const [key, n] of seen) if (n === null) seen.delete(key);
    if (step.kind === 'readAll') return rows(seen as Map<number, number>);
    const n = seen.get(step.key) ?? null;
    if (step.kind === 'read') return n === null ? '' : `${step.key}:${n}`;
    if (step.kind === 'insert') return this.insert(step.session, open, step.key, n);
    if (n === null) return '0';
    if (this.isTaken(step.session, step.key) || (this.changedAt.get(step.key) ?? 0) > open.tick)
      return this.fail(step.session, 'conflict');
    this.write(step.session, open, step.key, step.kind === 'increase' ? n + 1 : null);
    return '1';
  }

  private insert(session: number, open: Open, key: number, visible: number | null): Answer {
    if (visible !== null) return this.fail(session, 'duplicate');
    if (this.locks.get(key) === session) {
      this.write(session, open, key, 0);
      return '1';
    }
    const changedSince = (this.changedAt.get(key) ?? 0) > open.tick && this.committed.has(key);
    if (this.isTaken(session, key) || changedSince) return this.fail(session, 'conflict');
    this.write(session, open, key, 0);
    return '1';
  }

  private plain(step: PlainStep): Answer | null {
    const n = this.committed.get(step.key);
    const locked = this.locks.has(step.key);
    if (step.kind === 'plainInsert') {
      if (n !== undefined) return 'duplicate';
      if (locked) return null;
      this.set(step.key, 0);
      return '1';
    }
    if (n === undefined) return '0';
    if (locked) return null;
    this.set(step.key, step.kind === 'plainIncrease' ? n + 1 : null);
    return '1';
  }

  private set(key: number, n: number | null): void {
    this.tick += 1;
    this.changedAt.set(key, this.tick);
    if (n === null) this.committed.delete(key);
    else this.committed.set(key, n);
  }

  private begin(session: number): Open {
    const open = { snapshot: new Map(this.committed), tick: this.tick, writes: new Map<number, number | null>() };
    this.open.set(session, open);
    return open;
  }

  private end(session: number, how: 'commit' | 'abort'): Answer {
    const open = this.open.get(session);
    if (open === undefined) return 'none';
    if (how === 'commit') for (const [key, n] of open.writes) this.set(key, n);
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
    if (waiting === null) return;
    const result = this.plain(waiting.step);
    if (result === null) return;
    this.waiting = null;
    waiting.answer(result);
  }

  private write(session: number, open: Open, key: number, n: number | null): void {
    this.locks.set(key, session);
    open.writes.set(key, n);
  }

  private isTaken(session: number, key: number): boolean {
    const owner = this.locks.get(key);
    return owner !== undefined && owner !== session;
  }
}

const rows = (state: ReadonlyMap<number, number>): Answer =>
  [...state]
    .sort(([a], [b]) => a - b)
    .map(([key, n]) => `${key}:${n}`)
    .join(' ');
