// Everything one running server holds.
import type { Journal } from '../journal/journal.ts';
import { Engine } from '../storage/engine.ts';
import { Sessions } from '../transactions/sessions.ts';
import { Cursors } from './cursors.ts';
import { FailPoints } from './fail-points.ts';
import { SnapshotReads } from './snapshot-reads.ts';

export type ServerState = {
  readonly engine: Engine;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly snapshots: SnapshotReads;
  readonly failPoints: FailPoints;
  readonly startedAt: Date;
  /** Null where everything is lost at the end of the process. */
  journal: Journal | null;
  /** `host:port` as clients reach it. */
  address: string;
  readonly counters: { connections: number; connectionsMade: number; commands: number };
};

export const setName = 'embedded';
export const version = '7.0.0';

/** The state of a server that has just begun and keeps nothing. */
export function createServerState(): ServerState {
  const engine = new Engine();
  return {
    engine,
    sessions: new Sessions(engine),
    cursors: new Cursors(),
    snapshots: new SnapshotReads(engine),
    failPoints: new FailPoints(),
    startedAt: new Date(),
    journal: null,
    address: '',
    counters: { connections: 0, connectionsMade: 0, commands: 0 },
  };
}
