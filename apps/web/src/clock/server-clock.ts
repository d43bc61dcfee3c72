// The server's time, as far as this device can know it. Countdowns go by it, because a phone's clock may be minutes off.

let offsetMs = 0;
let certaintyMs = Number.POSITIVE_INFINITY;

/** Milliseconds since the epoch by the server's clock. */
export const serverNow = (): number => Date.now() + offsetMs;

/** Learns from an answer that bore the server's time. The quickest answer so far is the most certain one and wins. */
export function learnServerTime(sample: ClockSample): void {
  const { offset, certainty } = clockOffset(sample);
  if (certainty > certaintyMs) return;
  offsetMs = offset;
  certaintyMs = certainty;
}

export type ClockSample = {
  /** RFC 3339. */
  readonly serverTime: string;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
};

/** The server read its clock somewhere between sending and receiving: the middle is wrong by half the trip at most. */
export function clockOffset({ serverTime, sentAtMs, receivedAtMs }: ClockSample): {
  offset: number;
  certainty: number;
} {
  const middle = (sentAtMs + receivedAtMs) / 2;
  return { offset: Date.parse(serverTime) - middle, certainty: (receivedAtMs - sentAtMs) / 2 };
}
