// Everything one running server holds.
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
  /** Whether commits are written to a journal. */
  readonly durable: boolean;
  /** `host:port` as clients reach it. */
  address: string;
  readonly counters: { connections: number; connectionsMade: number; commands: number };
};

export const setName = 'embedded';
export const version = '8.0.0';
