// The time of the database, for processes whose own clock may be wrong. Between two looks a monotonic timer carries it
// on, so that a clock of the machine that is set meanwhile does no harm.
import { type Logger, type Part, repeat } from '@onsale/runtime';
import { databaseTime } from './bookings/find-bookings.ts';
import type { Mongo } from './connect-mongo.ts';

const LOOK_EVERY_MS = 10_000;

export type DatabaseClock = Part & {
  /** Milliseconds since 1970; before the start the time of this machine. */
  now(): number;
};

export function databaseClock(mongo: Mongo, logger: Logger): DatabaseClock {
  let seen: { readonly at: number; readonly when: number } | null = null;
  const look = async () => {
    const asked = performance.now();
    const at = (await databaseTime(mongo)).getTime();
    // The answer was made half-way, as far as anybody knows.
    seen = { at, when: (asked + performance.now()) / 2 };
  };
  const looking = repeat({ name: 'clock of the database', everyMs: LOOK_EVERY_MS, logger, run: look });
  return {
    name: 'clock of the database',
    now: () => (seen === null ? Date.now() : Math.floor(seen.at + performance.now() - seen.when)),
    async start() {
      await look();
      await looking.start();
    },
    stop: () => looking.stop(),
  };
}
