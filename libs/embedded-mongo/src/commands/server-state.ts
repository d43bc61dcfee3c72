// Everything one running server holds.
import type { Journal } from '../journal/journal.ts';
import type { Engine } from '../storage/engine.ts';
import type { Sessions } from '../transactions/sessions.ts';
import type { Cursors } from './cursors.ts';
import type { FailPoints } from './fail-points.ts';

export type ServerState = {
  readonly engine: Engine;
  readonly sessions: Sessions;
  readonly cursors: Cursors;
  readonly failPoints: FailPoints;
  readonly startedAt: Date;
  /** Null where everything is lost at the end of the process. */
  journal: Journal | null;
  /** `host:port` as clients reach it. */
  address: string;
  readonly counters: { connections: number; connectionsMade: number; commands: number };
};

export const setName = 'embedded';
export const version = '8.0.0';
