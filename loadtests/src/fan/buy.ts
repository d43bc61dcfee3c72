// Inside the shop: ask for seats until some are held, then pay, or let the hold lapse.
import { type BookingRequest, type BookingView, type PerformanceView, shopRoutes } from '@onsale/contracts';
import type { BookingId, BookingState } from '@onsale/domain';
import { chooseItems } from './choose-items.ts';
import type { Fan } from './fan.ts';
import { insist } from './insist.ts';
import { pause, pauseWithin } from './world.ts';

export type Purchase = 'bought' | 'let_lapse' | 'paid_too_late' | 'nothing_left' | 'gave_up' | 'failed' | 'unfinished';

const ATTEMPTS_MAX = 25;
const LOOK_AGAIN_MS = 1_500;
const DECISION_LIMIT_MS = 60_000;
const POLL_MS = 1_500;
/** A hold that ends later than this after its time is a violation: the sweep, the queue and the commit need a moment. */
const EXPIRY_GRACE_MS = 15_000;

export async function buy(fan: Fan): Promise<Purchase> {
  const { world, plan } = fan;
  // A fan who sees everything held waits about as long as a hold lasts, for one that comes back.
  const patienceUntil = Date.now() + plan.random.between(0.5, 1.3) * world.holdSeconds * 1000;
  for (let refusals = 0; refusals < ATTEMPTS_MAX; ) {
    if (world.limit.aborted) return 'unfinished';
    await pause(plan.random.between(200, 1_200));
    const request = await choose(fan, refusals);
    if (request === null) {
      if (Date.now() > patienceUntil) return 'nothing_left';
      await pause(LOOK_AGAIN_MS);
      continue;
    }
    const booking = await requestAndWait(fan, request);
    if (booking === 'sale_over') return 'nothing_left';
    if (booking === null) return 'failed';
    if (booking.state === 'held') return keepHold(fan, booking);
    world.book.rejected(booking.reason ?? booking.state);
    refusals += 1;
  }
  return 'gave_up';
}

type Choice = { readonly performance: PerformanceView; readonly items: BookingRequest['items'] };

async function choose(fan: Fan, refusals: number): Promise<Choice | null> {
  const { api, performances } = fan.world;
  const { party, random } = fan.plan;
  const performance = random.pick([...performances.values()]);
  const reply = await api.call(shopRoutes.getAvailability, { params: { performanceId: performance.id } });
  if (reply.kind !== 'ok' || reply.body === null) return null;
  const items = chooseItems(performance, reply.body, { party, refusals, random });
  return items && { performance, items };
}

/** The decided booking; null when it was not decided in time, which is a violation. */
async function requestAndWait(fan: Fan, choice: Choice): Promise<BookingView | 'sale_over' | null> {
  const started = performance.now();
  const bookingId = await request(fan, choice);
  if (bookingId === null) return null;
  if (bookingId === 'sale_over') return 'sale_over';
  const limitMs = DECISION_LIMIT_MS + fan.world.graceMs;
  const booking = await waitForState(fan, bookingId, { past: ['requested'], limitMs });
  if (booking === null) {
    fan.world.book.violated('a fan did not come to an end', `booking ${bookingId} was not decided in ${limitMs} ms`);
    return null;
  }
  fan.world.book.took('booking decided', performance.now() - started);
  return booking;
}

async function request(fan: Fan, { performance, items }: Choice): Promise<BookingId | 'sale_over' | null> {
  const { book, limit } = fan.world;
  const key = `crowd-${fan.id}-${Math.floor(fan.plan.random.next() * 2 ** 48).toString(36)}`;
  const contact = { name: `Fan ${fan.id}`, email: `fan-${fan.id}@example.org` };
  const send = () =>
    fan.world.api.call(shopRoutes.requestBooking, {
      params: { performanceId: performance.id },
      headers: { authorization: `Bearer ${fan.pass}`, 'idempotency-key': key },
      body: { items, contact },
    });
  while (!limit.aborted) {
    const replies = await Promise.all(fan.plan.doubleTaps ? [send(), send()] : [send()]);
    const ids = new Set(replies.flatMap((reply) => (reply.kind === 'ok' ? [reply.body.bookingId] : [])));
    if (ids.size > 1) book.violated('one key made two bookings', [...ids].join(' '));
    const [bookingId] = ids;
    if (bookingId !== undefined) return bookingId;
    const [reply] = replies;
    if (reply?.kind === 'problem' && reply.code === 'sale_not_open') return 'sale_over';
    if (reply?.kind === 'problem' && reply.code === 'pass_required') return null;
    await pause(reply?.kind === 'problem' ? reply.retryAfterSeconds * 1000 : 500);
  }
  return null;
}

async function keepHold(fan: Fan, booking: BookingView): Promise<Purchase> {
  const { book } = fan.world;
  book.now.holding += 1;
  try {
    if (fan.plan.letsHoldLapse) return await letLapse(fan, booking);
    await pause(fan.plan.random.between(500, 3_000));
    return await pay(fan, booking);
  } finally {
    book.now.holding -= 1;
  }
}

async function letLapse(fan: Fan, { id, holdExpiresAt }: BookingView): Promise<Purchase> {
  const { book, limit, graceMs } = fan.world;
  const expiresAt = Date.parse(holdExpiresAt ?? '') || Date.now();
  await pauseWithin(limit, Math.max(0, expiresAt - Date.now()));
  if (limit.aborted) return 'unfinished';
  const booking = await waitForState(fan, id, { past: ['held'], limitMs: EXPIRY_GRACE_MS + graceMs });
  if (booking?.state === 'expired') {
    book.took('expiry seen', Date.now() - expiresAt);
    return 'let_lapse';
  }
  book.violated(
    'a hold did not expire',
    `booking ${id} is ${booking?.state ?? 'held'} ${EXPIRY_GRACE_MS + graceMs} ms after its end`,
  );
  return 'failed';
}

async function pay(fan: Fan, held: BookingView): Promise<Purchase> {
  const { book, sales } = fan.world;
  const { id } = held;
  const headers = fan.asFan;
  const started = await insist(fan.world, shopRoutes.startPayment, { params: { bookingId: id }, headers });
  if (started.kind !== 'ok')
    return isOver(held) ? 'paid_too_late' : failPayment(fan, id, 'the payment was not started');
  const paidAt = performance.now();
  const { paymentId } = started.body;
  const body = { outcome: 'succeed' };
  const decided = await insist(fan.world, shopRoutes.decideSandboxPayment, { params: { paymentId }, headers, body });
  if (decided.kind !== 'ok') return failPayment(fan, id, 'the sandbox refused');
  const booking = await endOfPayment(fan, id);
  if (booking !== null && isGoingBack(booking) && isOver(held)) return 'paid_too_late';
  if (booking?.state !== 'confirmed')
    return failPayment(fan, id, `paid, but the booking is ${booking?.state ?? 'held'}`);
  book.took('payment confirmed', performance.now() - paidAt);
  const tickets = await insist(fan.world, shopRoutes.listBookingTickets, { params: { bookingId: id }, headers });
  if (tickets.kind !== 'ok' || tickets.body.tickets.length !== booking.items.length) {
    return failPayment(fan, id, 'the tickets are not those of the booking');
  }
  sales.noteTickets(tickets.body.tickets);
  return 'bought';
}

/**
 * What the money bought: the seats, equal ones that were offered and are taken, or nothing, and then it goes back. Money
 * that comes after the hold may find the booking expired and bring it back to life.
 */
async function endOfPayment(fan: Fan, bookingId: BookingId): Promise<BookingView | null> {
  const { api, limit, graceMs } = fan.world;
  const call = { params: { bookingId }, headers: fan.asFan };
  const until = Date.now() + DECISION_LIMIT_MS + graceMs;
  while (Date.now() < until && !limit.aborted) {
    await untilTold(fan, bookingId, ['held', 'expired']);
    const reply = await api.call(shopRoutes.getBooking, call);
    if (reply.kind !== 'ok') continue;
    if (reply.body.offered) await api.call(shopRoutes.acceptOffer, call);
    else if (isGoingBack(reply.body) || !['held', 'expired'].includes(reply.body.state)) return reply.body;
  }
  return null;
}

function isGoingBack({ payment }: BookingView): boolean {
  return payment !== null && payment.refund !== 'none';
}

/** A fan on a busy machine can be slower than a rehearsal's short hold; that is nobody's fault. */
function isOver({ holdExpiresAt }: BookingView): boolean {
  return holdExpiresAt !== null && Date.now() >= Date.parse(holdExpiresAt);
}

function failPayment(fan: Fan, id: BookingId, what: string): Purchase {
  fan.world.book.violated('a payment was not answered by tickets', `booking ${id}: ${what}`);
  return 'failed';
}

/** The booking once its state is none of `past`, by live event or by asking; null when that takes too long. */
async function waitForState(
  fan: Fan,
  bookingId: BookingId,
  { past, limitMs }: { readonly past: readonly BookingState[]; readonly limitMs: number },
): Promise<BookingView | null> {
  const until = Date.now() + limitMs;
  while (Date.now() < until && !fan.world.limit.aborted) {
    await untilTold(fan, bookingId, past);
    const reply = await fan.world.api.call(shopRoutes.getBooking, { params: { bookingId }, headers: fan.asFan });
    if (reply.kind === 'ok' && !past.includes(reply.body.state)) return reply.body;
  }
  return null;
}

/** Until an event tells of a state that is not `past`, or the time to ask has come. */
async function untilTold(fan: Fan, bookingId: BookingId, past: readonly BookingState[]): Promise<void> {
  const askAt = Date.now() + POLL_MS;
  for (;;) {
    const told = fan.bookings.get(bookingId)?.state;
    if ((told !== undefined && !past.includes(told)) || Date.now() >= askAt) return;
    await fan.news(askAt - Date.now());
  }
}
