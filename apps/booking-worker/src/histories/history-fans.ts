// What fans and their payments do in a history. Everything published may be published again.
import { bookings, type Mongo, openPayment, toBookingRecord } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';
import {
  type BookingId,
  type CategoryId,
  type FanId,
  type PaymentId,
  type PerformanceId,
  type SaleId,
  type SeatId,
  ticketIdOf,
} from '@onsale/domain';
import type { SeededRandom } from './seeded-random.ts';

export type HistorySale = {
  readonly saleId: SaleId;
  readonly performanceId: PerformanceId;
  readonly seatIds: readonly SeatId[];
  /** A category without seats. */
  readonly general: CategoryId;
  readonly seatsPerFan: number;
};

export type HistoryFansDeps = {
  readonly mongo: Mongo;
  readonly sale: HistorySale;
  readonly random: SeededRandom;
  publish(command: BookingCommand): void;
};

const FANS = 4;
const BLOCKS = 4;
const FRIENDS = 'friends';
const LONG_AGO = new Date(0);

export function createFans({ mongo, sale, random, publish }: HistoryFansDeps) {
  const accepted = new Set<BookingId>();
  const paid = new Set<PaymentId>();
  const sent: BookingCommand[] = [];
  const { performanceId } = sale;
  const idOf = (ordinal: number) => `bk_${performanceId}_${ordinal}` as BookingId;
  const sendWhole = (command: Record<string, unknown>) => {
    const about = { version: 1, commandId: `c-${sent.length}`, acceptedAt: LONG_AGO.toISOString(), trace: null };
    const whole = { ...about, performanceId, ...command } as BookingCommand;
    sent.push(whole);
    publish(whole);
  };
  const send = (command: Record<string, unknown>, bookingId: BookingId) => sendWhole({ ...command, bookingId });

  function reserve(): void {
    const bookingId = idOf(accepted.size + 1);
    accepted.add(bookingId);
    send(reserveOf(sale, random), bookingId);
  }

  async function pay(): Promise<void> {
    const payable = { performanceId, state: { $in: ['held' as const, 'expired' as const, 'released' as const] } };
    const found = await bookings(mongo).find(payable).sort({ _id: 1 }).lean();
    if (found.length === 0) return;
    const booking = toBookingRecord(random.pick(found));
    const payment = await openPayment(mongo, { booking, provider: 'sandbox', now: LONG_AGO });
    if (random.chance(0.5))
      send({ type: 'extend', by: random.pick(['fan', 'payment']), paymentId: payment._id }, booking.id);
    paid.add(payment._id);
    const captured = random.chance(0.6);
    const confirm = { type: 'confirm', paymentId: payment._id, amount: payment.amount, captured };
    send(confirm, booking.id);
    if (random.chance(0.3)) send(confirm, booking.id);
  }

  /** Each hold ends with this probability. */
  async function letTimePass(share: number): Promise<void> {
    const held = await bookings(mongo).find({ performanceId, state: 'held' }).sort({ _id: 1 }).lean();
    for (const { _id } of held) {
      if (!random.chance(share)) continue;
      await bookings(mongo).updateOne({ _id, state: 'held' }, { $set: { holdExpiresAt: LONG_AGO } });
      send({ type: 'expire' }, _id);
    }
  }

  async function act(): Promise<void> {
    const dice = random.next();
    if (dice < 0.4 || accepted.size === 0) return reserve();
    const bookingId = idOf(1 + random.below(accepted.size));
    if (dice < 0.6) return pay();
    if (dice < 0.7) return letTimePass(0.5);
    if (dice < 0.8) return send({ type: 'release', by: 'fan' }, bookingId);
    if (dice < 0.86) return send(refundOf(bookingId, random), bookingId);
    if (dice < 0.88) return send({ type: 'accept' }, bookingId);
    if (dice < 0.9) return send({ type: 'expire' }, bookingId);
    if (dice < 0.95) return sendWhole(keepBackOf(sale, random));
    publish(random.pick(sent));
  }

  return { accepted, paid, letTimePass, act };
}

function reserveOf({ saleId, seatIds: all, general }: HistorySale, random: SeededRandom) {
  const seatIds = [...new Set([random.pick(all), random.pick(all)])];
  const items = random.chance(0.3) ? [{ categoryId: general, quantity: 1 + random.below(2) }] : [{ seatIds }];
  const fanId = `fan-${saleId}-${random.below(FANS)}` as FanId;
  return {
    type: 'reserve',
    saleId,
    fanId,
    bodyHash: '0'.repeat(64),
    items,
    contact: { name: 'A', email: `${random.pick(['a', 'b', 'c'])}@example.org` },
    ...(random.chance(0.4) && { code: { codeSetId: FRIENDS, codeId: `${FRIENDS}.1` } }),
  };
}

/** Staff keeps a seat and a place back, mostly for friends, or gives out what a block has left. */
function keepBackOf({ performanceId, seatIds, general }: HistorySale, random: SeededRandom) {
  const blockId = `blk_${performanceId}_${random.below(BLOCKS)}`;
  if (random.chance(0.4)) return { type: 'unblock', blockId, seatIds: null };
  return {
    type: 'block',
    blockId,
    items: [{ seatIds: [random.pick(seatIds)] }, { categoryId: general, quantity: 1 }],
    label: 'kept',
    audience: random.chance(0.7) ? { kind: 'code_set', codeSetId: FRIENDS } : null,
    releaseAt: null,
    requestedBy: 'staff',
  };
}

/** Of all that is left, or of one ticket. */
function refundOf(bookingId: BookingId, random: SeededRandom) {
  const paymentId = `${bookingId.replace(/^bk_/, 'pay_')}.0`;
  const ticketIds = random.chance(0.5) ? null : [ticketIdOf(bookingId, random.below(2))];
  return { type: 'refund', paymentId, ticketIds };
}
