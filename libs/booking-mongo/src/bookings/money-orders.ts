// What providers are told to do: written in the transaction that decides it, carried out by the jobs. An order is due
// until the provider has done it or said that it never will.
import type { BookingId, Money, MoneyOrder, MoneyOrderId, PaymentId, PerformanceId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { native } from '../native.ts';
import { payments } from './booking-collections.ts';
import { runTransaction } from './run-transaction.ts';

export type MoneyOrderDocument = {
  _id: MoneyOrderId;
  kind: MoneyOrder['kind'];
  paymentId: PaymentId;
  bookingId: BookingId;
  performanceId: PerformanceId;
  amount: Money;
  state: 'due' | 'done' | 'refused';
  /** By the database's clock. */
  orderedAt: Date;
  /** Not to be tried before. */
  tryAfter: Date;
  /** How often it was tried in vain. */
  failures: number;
};

const text = { type: String, required: true } as const;
const schema = new Schema<MoneyOrderDocument>(
  {
    _id: text,
    kind: text,
    paymentId: text,
    bookingId: text,
    performanceId: text,
    amount: { type: Schema.Types.Mixed, required: true },
    state: text,
    orderedAt: { type: Date, required: true },
    tryAfter: { type: Date, required: true },
    failures: { type: Number, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ tryAfter: 1 }, { partialFilterExpression: { state: 'due' } });
schema.index({ paymentId: 1 });
schema.index({ performanceId: 1, state: 1 });
export const moneyOrders = collection('moneyOrders', schema);

export function toMoneyOrderDocument({ id, ...rest }: MoneyOrder, now: number): MoneyOrderDocument {
  return { _id: id, ...rest, state: 'due', orderedAt: new Date(now), tryAfter: new Date(now), failures: 0 };
}

/** The order that is due longest, kept from others for `forMs`; null when none is due. */
export function takeOrder(
  mongo: Mongo,
  { now, forMs }: { readonly now: Date; readonly forMs: number },
): Promise<MoneyOrderDocument | null> {
  return native(mongo, moneyOrders).findOneAndUpdate(
    { state: 'due', tryAfter: { $lte: now } },
    { $set: { tryAfter: new Date(now.getTime() + forMs) } },
    { sort: { tryAfter: 1 } },
  );
}

/** In the order they were given; a capture comes before what was decided in the same moment. */
export function findOrdersOf(mongo: Mongo, paymentId: PaymentId): Promise<MoneyOrderDocument[]> {
  return native(mongo, moneyOrders).find({ paymentId }).sort({ orderedAt: 1, kind: 1 }).toArray();
}

/** The provider has done it; a capture also makes the payment one that succeeded. */
export async function noteOrderDone(mongo: Mongo, { _id, kind, paymentId }: MoneyOrderDocument): Promise<void> {
  await runTransaction(mongo, async (session) => {
    await native(mongo, moneyOrders).updateOne({ _id, state: 'due' }, { $set: { state: 'done' } }, { session });
    if (kind !== 'capture') return;
    const authorised = { _id: paymentId, state: 'authorised' as const };
    await native(mongo, payments).updateOne(authorised, { $set: { state: 'succeeded' } }, { session });
  });
}

/** The provider will never do it. */
export async function noteOrderRefused(mongo: Mongo, { _id }: Pick<MoneyOrderDocument, '_id'>): Promise<void> {
  await native(mongo, moneyOrders).updateOne({ _id, state: 'due' }, { $set: { state: 'refused' } });
}

/** An authorisation that could not be captured brought nothing. */
export async function noteUncaptured(mongo: Mongo, paymentId: PaymentId): Promise<void> {
  const authorised = { _id: paymentId, state: 'authorised' as const };
  await native(mongo, payments).updateOne(authorised, { $set: { state: 'failed' } });
}

/** It did not work now; it stays due. */
export async function putOrderOff(
  mongo: Mongo,
  { _id }: Pick<MoneyOrderDocument, '_id'>,
  tryAfter: Date,
): Promise<void> {
  const due = { _id, state: 'due' as const };
  await native(mongo, moneyOrders).updateOne(due, { $set: { tryAfter }, $inc: { failures: 1 } });
}
