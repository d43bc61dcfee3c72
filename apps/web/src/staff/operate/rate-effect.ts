// What another call rate would do, said before it is done.
export type RateEffect = {
  /** Calls a minute more than now; fewer when below zero. */
  readonly more: number;
  /** When the last of those who wait now is called at the earliest, in ms; null when nobody is called or nobody waits. */
  readonly emptyAtMs: number | null;
};

const MINUTE_MS = 60_000;

export function effectOfRate(wished: number, now: { rate: number; waiting: number; atMs: number }): RateEffect {
  const isNever = wished <= 0 || now.waiting <= 0;
  return {
    more: wished - now.rate,
    emptyAtMs: isNever ? null : now.atMs + Math.ceil((now.waiting / wished) * MINUTE_MS),
  };
}
