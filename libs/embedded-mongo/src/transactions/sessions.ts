// Logical sessions: for each its highest transaction number, the transaction under that number, and the results of
// retryable writes executed under it.
import type { SessionNote } from '../journal/records.ts';
import type { Engine } from '../storage/engine.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Doc } from '../values/types.ts';

/**
 * States of a session's transaction: none (the number, if any, is of retryable writes) → active → committed | aborted.
 * `restarted` numbers begin again at none or active.
 */
export type Session = {
  readonly id: string;
  readonly lsid: Doc;
  lastUsedMs: number;
  number: bigint;
  phase: 'none' | 'retryable' | 'active' | 'committed' | 'aborted';
  transaction: Transaction | null;
  /** When the active transaction began, and the read concern it began with. */
  startedMs: number;
  /** Results by statement id under the current number. */
  results: Map<number, Doc>;
};

export class Sessions {
  private readonly engine: Engine;
  private readonly sessions = new Map<string, Session>();
  /** Idle transactions are aborted after this time. */
  transactionLifetimeSeconds = 60;

  constructor(engine: Engine) {
    this.engine = engine;
  }

  get(lsid: Doc, nowMs: number): Session {
    const id = sessionKey(lsid);
    let session = this.sessions.get(id);
    if (session === undefined) {
      session = {
        id,
        lsid,
        lastUsedMs: nowMs,
        number: -1n,
        phase: 'none',
        transaction: null,
        startedMs: 0,
        results: new Map(),
      };
      this.sessions.set(id, session);
    }
    session.lastUsedMs = nowMs;
    return session;
  }

  all(): Iterable<Session> {
    return this.sessions.values();
  }

  find(lsid: Doc): Session | undefined {
    return this.sessions.get(sessionKey(lsid));
  }

  /** Aborts what is open and forgets the session. */
  kill(session: Session): void {
    this.abort(session);
    this.sessions.delete(session.id);
  }

  /** What is to be remembered of all sessions, for a snapshot. */
  notes(): SessionNote[] {
    return [...this.sessions.values()].flatMap(({ lsid, number, phase, results }) => {
      if (phase !== 'retryable' && phase !== 'committed') return [];
      return [{ lsid, number, phase, results: [...results].map(([id, result]) => ({ id, result })) }];
    });
  }

  /** Takes up what was remembered before the process ended. */
  recall({ lsid, number, phase, results }: SessionNote): void {
    const session = this.get(lsid, Date.now());
    if (session.number !== number) session.results = new Map();
    session.number = number;
    session.phase = phase;
    for (const { id, result } of results) session.results.set(id, result);
  }

  /** The client is done with it: kept for a late retry of its commit, but not for as long. */
  release(session: Session, nowMs: number): void {
    session.lastUsedMs = nowMs - (sessionTimeoutMinutes - releasedMinutes) * 60_000;
  }

  begin(session: Session, number: bigint, nowMs: number): Transaction {
    this.supersede(session, number, 'active');
    session.startedMs = nowMs;
    session.transaction = this.engine.begin('explicit');
    return session.transaction;
  }

  /** A higher number ends what was open under the lower one. */
  supersede(session: Session, number: bigint, phase: 'retryable' | 'active'): void {
    this.abort(session);
    session.number = number;
    session.phase = phase;
    session.results = new Map();
  }

  abort(session: Session): void {
    const { transaction } = session;
    if (transaction === null) return;
    session.transaction = null;
    session.phase = 'aborted';
    if (transaction.state === 'active') this.engine.abort(transaction);
  }

  /** Ends transactions that have lived too long and sessions nobody has used for half an hour. */
  expire(nowMs: number): void {
    for (const session of this.sessions.values()) {
      if (session.phase === 'active' && nowMs - session.startedMs >= this.transactionLifetimeSeconds * 1000)
        this.abort(session);
      if (nowMs - session.lastUsedMs >= sessionTimeoutMinutes * 60_000) this.kill(session);
    }
  }
}

export const sessionTimeoutMinutes = 30;
const releasedMinutes = 2;

function sessionKey(lsid: Doc): string {
  const id = lsid.id as { toString(encoding: 'hex'): string } | undefined;
  return id === undefined ? '' : String(id.toString('hex'));
}
