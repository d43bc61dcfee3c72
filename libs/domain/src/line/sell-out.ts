// How soon the last seat may be taken, if seats go as fast as they lately did and half as fast again. What those who are
// inside or called want may be gone at once: near the end seats come back one by one, go slowly, and then are no more.

export type SellOutFacts = {
  readonly free: number;
  /** Free seats at moments of the last minute, oldest first. */
  readonly flow: readonly { readonly at: number; readonly free: number }[];
  readonly now: number;
  /** Fans the operator lets be called in a minute, and the seats one takes: what holds while nothing was measured. */
  readonly ratePerMinute: number;
  readonly perFan: number;
  /** Fans inside or called who still seek. */
  readonly seeking: number;
};

export const FLOW_WINDOW_MS = 60_000;
const MEASURED_MIN_MS = 15_000;
const HASTE = 1.5;

/** Seconds; null when nothing says that seats are going at all. */
export function secondsToSellOut({ free, flow, now, ratePerMinute, perFan, seeking }: SellOutFacts): number | null {
  const beyondReach = free - seeking * perFan;
  if (free === 0 || beyondReach <= 0) return 0;
  const first = flow.find(({ at }) => now - at <= FLOW_WINDOW_MS);
  const windowMs = first === undefined ? 0 : now - first.at;
  const taken = first === undefined ? 0 : first.free - free;
  const perSecond =
    windowMs >= MEASURED_MIN_MS && taken > 0 ? (taken / windowMs) * 1000 * HASTE : (ratePerMinute / 60) * perFan;
  return perSecond <= 0 ? null : beyondReach / perSecond;
}
