// One booking as state of a page: asked often while it is being decided, seldom while it stands, at once when the live
// connection says it changed.
import type { BookingView } from '@onsale/contracts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { serverNow } from '../clock/server-clock.ts';
import { connectLive } from '../live/live-connection.ts';

export type Followed =
  | { readonly kind: 'loading' | 'missing' }
  | { readonly kind: 'there'; readonly booking: BookingView };

const DECIDING_MS = { first: 250, most: 2_000 };
const STANDING_MS = 10_000;

export function useBooking(bookingId: string): { followed: Followed; again: () => void } {
  const [followed, setFollowed] = useState<Followed>({ kind: 'loading' });
  const readNow = useRef<() => void>(() => undefined);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    let delayMs = DECIDING_MS.first;
    const read = async () => {
      clearTimeout(timer);
      const answer = await fanApi.getBooking(bookingId);
      if (stopped) return;
      if (answer.kind === 'ok') setFollowed({ kind: 'there', booking: answer.body });
      if (answer.kind === 'problem' && answer.problem.status === 404) setFollowed({ kind: 'missing' });
      delayMs = Math.min(DECIDING_MS.most, delayMs * 1.5);
      const next = answer.kind === 'ok' ? pauseAfter(answer.body, delayMs) : DECIDING_MS.most;
      if (next !== null) timer = setTimeout(() => void read(), next);
    };
    readNow.current = () => void read();
    const live = connectLive({}, { booking: (event) => event.bookingId === bookingId && readNow.current() });
    void read();
    return () => {
      stopped = true;
      clearTimeout(timer);
      live.stop();
    };
  }, [bookingId]);
  return { followed, again: () => readNow.current() };
}

/** A booking that is over is looked at on while its money has not come to rest. */
function isMoneyMoving(payment: BookingView['payment']): boolean {
  return payment !== null && (payment.refund === 'on_its_way' || payment.state === 'pending');
}

/** Milliseconds until the next question; null when the booking has come to an end. */
function pauseAfter({ state, payment, holdExpiresAt }: BookingView, decidingMs: number): number | null {
  if (state === 'requested') return decidingMs;
  if (state !== 'held') return isMoneyMoving(payment) ? STANDING_MS : null;
  if (payment?.state === 'pending' || payment?.state === 'succeeded') return DECIDING_MS.most;
  const toExpiry = holdExpiresAt === null ? STANDING_MS : Date.parse(holdExpiresAt) - serverNow() + 1_000;
  return Math.max(1_000, Math.min(STANDING_MS, toExpiry));
}
