// What staff wants given back. A request and its entry in the audit log become true at once; the jobs turn requests into
// commands until the worker has decided them, so that nothing is lost with a broker or a process that dies.
import { createHash } from 'node:crypto';
import type { BookingId, PerformanceId, TicketId } from '@onsale/domain';
import { Schema } from 'mongoose';
import { performances } from '../catalogue/performances.ts';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { native } from '../native.ts';
import { type Actor, recordAct } from '../staff/record-act.ts';
import { bookings } from './booking-collections.ts';
import { moneyOrders } from './money-orders.ts';
import { runTransaction } from './run-transaction.ts';

export type RefundRequestDocument = {
  _id: string;
  kind: 'booking' | 'performance';
  performanceId: PerformanceId;
  /** Null when the whole performance goes back. */
  bookingId: BookingId | null;
  /** Null for all that is left. */
  ticketIds: TicketId[] | null;
  reason: string;
  /** Of what was asked: another body under the same key is another request. */
  bodyHash: string;
  requestedAt: Date;
  state: 'open' | 'done';
};

const text = { type: String, required: true } as const;
const schema = new Schema<RefundRequestDocument>(
  {
    _id: text,
    kind: text,
    performanceId: text,
    bookingId: { type: String, default: null },
    ticketIds: { type: [String], default: null },
    reason: text,
    bodyHash: text,
    requestedAt: { type: Date, required: true },
    state: text,
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ requestedAt: 1 }, { partialFilterExpression: { state: 'open' } });
export const refundRequests = collection('refundRequests', schema);

export type RefundWish = Pick<RefundRequestDocument, 'performanceId' | 'ticketIds' | 'reason'> & {
  readonly bookingId: BookingId;
  /** Of the member of staff who asks. */
  readonly key: string;
};

/** The request of this member under this key; a repeated one is the same. */
export async function requestRefund(
  mongo: Mongo,
  { key, ...wish }: RefundWish,
  actor: Actor,
): Promise<RefundRequestDocument | 'key_reused'> {
  const bodyHash = digest(JSON.stringify([wish.bookingId, wish.ticketIds, wish.reason]));
  const _id = `rq_${digest(`${actor.staffId}\n${key}`).slice(0, 40)}`;
  return runTransaction(mongo, async (session) => {
    const known = await native(mongo, refundRequests).findOne({ _id }, { session });
    if (known !== null) return known.bodyHash === bodyHash ? known : ('key_reused' as const);
    const request = { _id, kind: 'booking' as const, ...wish, bodyHash, requestedAt: actor.at, state: 'open' as const };
    await native(mongo, refundRequests).insertOne(request, { session });
    const after = { ticketIds: wish.ticketIds, reason: wish.reason, refundId: _id };
    await recordAct(
      mongo,
      { act: 'refund asked for', subject: `booking:${wish.bookingId}`, after },
      { actor, session },
    );
    return request;
  });
}

/** From now on nothing of it is sold, and all that was goes back. False when there is no such performance. */
export async function cancelPerformance(
  mongo: Mongo,
  { performanceId, reason }: { readonly performanceId: PerformanceId; readonly reason: string },
  actor: Actor,
): Promise<boolean> {
  return runTransaction(mongo, async (session) => {
    const performance = await native(mongo, performances).findOne({ _id: performanceId }, { session });
    if (performance === null) return false;
    if ((performance.cancelledAt ?? null) !== null) return true;
    await native(mongo, performances).updateOne(
      { _id: performanceId },
      { $set: { cancelledAt: actor.at } },
      { session },
    );
    const request: RefundRequestDocument = {
      _id: `rq_${performanceId}`,
      kind: 'performance',
      performanceId,
      bookingId: null,
      ticketIds: null,
      reason,
      bodyHash: '',
      requestedAt: actor.at,
      state: 'open',
    };
    await native(mongo, refundRequests).insertOne(request, { session });
    const subject = `performance:${performanceId}`;
    await recordAct(mongo, { act: 'performance cancelled', subject, after: { reason } }, { actor, session });
    return true;
  });
}

export function findRefundRequest(mongo: Mongo, id: string): Promise<RefundRequestDocument | null> {
  return native(mongo, refundRequests).findOne({ _id: id });
}

/** The oldest first. */
export function findOpenRequests(mongo: Mongo, limit: number): Promise<RefundRequestDocument[]> {
  return native(mongo, refundRequests).find({ state: 'open' }).sort({ requestedAt: 1 }).limit(limit).toArray();
}

export async function noteRequestDone(mongo: Mongo, id: string): Promise<void> {
  await native(mongo, refundRequests).updateOne({ _id: id }, { $set: { state: 'done' } });
}

/** Bookings of a performance that still have something of it. */
export async function findBookingsToCancel(
  mongo: Mongo,
  { performanceId, limit }: { readonly performanceId: PerformanceId; readonly limit: number },
): Promise<readonly BookingId[]> {
  const found = await native(mongo, bookings)
    .find({ performanceId, state: { $in: ['held', 'confirmed'] } }, { projection: { _id: 1 }, limit })
    .toArray();
  return found.map(({ _id }) => _id);
}

export type Cancellation = {
  readonly cancelledAt: Date;
  readonly isDecided: boolean;
  readonly bookings: { readonly cancelled: number; readonly remaining: number };
  readonly money: { readonly due: number; readonly done: number; readonly stuck: number };
};

/** Null when the performance takes place. */
export async function readCancellation(mongo: Mongo, performanceId: PerformanceId): Promise<Cancellation | null> {
  const cancelledAt = (await native(mongo, performances).findOne({ _id: performanceId }))?.cancelledAt ?? null;
  if (cancelledAt === null) return null;
  const request = await findRefundRequest(mongo, `rq_${performanceId}`);
  const orders = (state: 'due' | 'done' | 'refused') =>
    native(mongo, moneyOrders).countDocuments({ performanceId, kind: 'refund', state });
  const count = (states: ('held' | 'confirmed' | 'cancelled')[]) =>
    native(mongo, bookings).countDocuments({ performanceId, state: { $in: states } });
  return {
    cancelledAt,
    isDecided: request?.state === 'done',
    bookings: { cancelled: await count(['cancelled']), remaining: await count(['held', 'confirmed']) },
    money: { due: await orders('due'), done: await orders('done'), stuck: await orders('refused') },
  };
}

function digest(what: string): string {
  return createHash('sha256').update(what).digest('hex');
}
