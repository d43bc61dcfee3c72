// The time of Redis, for processes whose own clock may be wrong. Between two looks a monotonic timer carries it on, so that
// a clock of the machine that is set meanwhile does no harm, and neither does a Redis that is away.
import type { Redis } from 'ioredis';

const LOOK_EVERY_MS = 10_000;

export function lineClock(redis: Pick<Redis, 'time'>) {
  let seen: { readonly at: number; readonly when: number } | null = null;
  let timer: NodeJS.Timeout | undefined;
  const learn = async () => {
    const asked = performance.now();
    const [seconds, microseconds] = await redis.time();
    // The answer was made half-way, as far as anybody knows.
    seen = { at: Number(seconds) * 1000 + Number(microseconds) / 1000, when: (asked + performance.now()) / 2 };
  };
  return {
    /** Milliseconds since 1970; before the first look the time of this machine. */
    now: (): number => (seen === null ? Date.now() : Math.floor(seen.at + performance.now() - seen.when)),
    learn,
    keepLooking: () => {
      // One that fails is made good by the next, or by the connection that comes back.
      timer ??= setInterval(() => learn().catch(() => undefined), LOOK_EVERY_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}
