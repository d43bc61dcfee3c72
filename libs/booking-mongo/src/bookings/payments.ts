// Payments: opened when a fan begins to pay, settled by the worker's transactions, refunded by the reconciliation.
import type { BookingId, BookingRecord, PaymentId } from '@onsale/domain';
import type { Mongo } from '../connect-mongo.ts';
import { native } from '../native.ts';
import { type PaymentDocument, payments } from './booking-collections.ts';

const DUPLICATE_KEY = 11_000;

/**
 * The pending payment of a booking, opened when there is none. Two at once end with the same one: the id counts the
 * booking's payments, and only one may be pending.
 */
export async function openPayment(
  mongo: Mongo,
  { booking, provider, now }: { readonly booking: BookingRecord; readonly provider: string; readonly now: Date },
): Promise<PaymentDocument> {
  const { id: bookingId, performanceId, fanId, total } = booking;
  if (total === null) throw new RangeError('a booking without a total cannot be paid');
  const collection = native(mongo, payments);
  const earlier = await collection.find({ bookingId }).toArray();
  const pending = earlier.find(({ state }) => state === 'pending');
  if (pending !== undefined) return pending;
  const payment: PaymentDocument = {
    _id: `${bookingId.replace(/^bk_/, 'pay_')}.${earlier.length}` as PaymentId,
    bookingId,
    performanceId,
    fanId,
    provider,
    amount: total,
    state: 'pending',
    refunded: 0,
    reference: null,
    createdAt: now,
    askedAt: now,
  };
  try {
    await collection.insertOne(payment);
    return payment;
  } catch (error) {
    const other = isDuplicate(error) ? await collection.findOne({ bookingId, state: 'pending' }) : null;
    if (other === null) throw error;
    return other;
  }
}

function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown }).code === DUPLICATE_KEY;
}

export function findPayment(mongo: Mongo, paymentId: PaymentId): Promise<PaymentDocument | null> {
  return native(mongo, payments).findOne({ _id: paymentId });
}

/** The one that counts for the booking: what succeeded, else the latest. */
export async function findPaymentOf(mongo: Mongo, bookingId: BookingId): Promise<PaymentDocument | null> {
  const all = await native(mongo, payments).find({ bookingId }).sort({ createdAt: -1 }).toArray();
  return all.find(({ state }) => state === 'succeeded' || state === 'authorised') ?? all[0] ?? null;
}

/** A success is never turned into a failure, in whatever order the provider's events come. */
export async function notePaymentFailed(mongo: Mongo, paymentId: PaymentId): Promise<void> {
  await native(mongo, payments).updateOne({ _id: paymentId, state: 'pending' }, { $set: { state: 'failed' } });
}

/** Pending payments the provider was not asked about since `before`; their date is moved so that the next run goes on. */
export async function takePaymentsToAsk(
  mongo: Mongo,
  { before, now, limit }: { readonly before: Date; readonly now: Date; readonly limit: number },
): Promise<readonly PaymentDocument[]> {
  const collection = native(mongo, payments);
  const found = await collection
    .find({ state: 'pending', askedAt: { $lt: before } })
    .sort({ askedAt: 1 })
    .limit(limit)
    .toArray();
  await collection.updateMany({ _id: { $in: found.map(({ _id }) => _id) } }, { $set: { askedAt: now } });
  return found;
}

/** What the provider calls the payment, once it was reached. */
export async function noteReference(mongo: Mongo, paymentId: PaymentId, reference: string): Promise<void> {
  await native(mongo, payments).updateOne({ _id: paymentId, reference: null }, { $set: { reference } });
}
