// What a fan does before paying, done for a test over the fan's routes: with the cookies of a browser, whose pages then go
// on from there.
import { waitFor } from '@onsale/testkit';
import type { BrowserContext } from 'playwright-core';

export type Booked = { readonly bookingId: string; readonly state: string };

const LIMIT_MS = 60_000;

/** Joins, comes in and asks for these items; answers when it is decided. */
export async function bookAs(
  context: BrowserContext,
  origin: string,
  wish: { readonly saleId: string; readonly performanceId: string; readonly items: readonly object[] },
): Promise<Booked> {
  const { request } = context;
  const api = `${origin}/api/v1`;
  await request.post(`${api}/sales/${wish.saleId}/places`, { data: {} });
  await waitFor(async () => (await request.post(`${api}/sales/${wish.saleId}/pass`)).ok(), LIMIT_MS);
  return askFor(context, origin, wish);
}

/** Of a fan who is inside already. */
export async function askFor(
  { request }: BrowserContext,
  origin: string,
  { performanceId, items }: { readonly performanceId: string; readonly items: readonly object[] },
): Promise<Booked> {
  const api = `${origin}/api/v1`;
  const asked = await request.post(`${api}/performances/${performanceId}/bookings`, {
    headers: { 'idempotency-key': `test-${Math.random()}` },
    data: { items, contact: { name: 'Aino Virtanen', email: 'aino@example.com' } },
  });
  if (asked.status() !== 202) throw new Error(`booking answered ${asked.status()}: ${await asked.text()}`);
  const { bookingId } = (await asked.json()) as { bookingId: string };
  const state = await waitFor(async () => {
    const booking = (await (await request.get(`${api}/bookings/${bookingId}`)).json()) as { state: string };
    return booking.state === 'requested' ? null : booking.state;
  }, LIMIT_MS);
  return { bookingId, state };
}
