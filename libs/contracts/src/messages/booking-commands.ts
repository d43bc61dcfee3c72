// The commands that change stock. Each carries an id (the idempotency key of its effect), a version, a time, a trace,
// and an example that the tests use.
import { z } from 'zod';
import { bookingRequest } from '../http/shop.ts';
import { audience, STOCK_SEATS_MAX, stockToBlock } from '../http/stock.ts';
import {
  blockId,
  bookingId,
  channel,
  codeId,
  codeSetId,
  fanId,
  money,
  paymentId,
  performanceId,
  saleId,
  seatId,
  ticketId,
  timestamp,
} from '../scalars.ts';

const stockEnvelope = {
  version: z.literal(1),
  /** Unique per intended effect; a repeated delivery carries the same. */
  commandId: z.string().min(1).max(128),
  /** When the edge accepted it. Information only: the database's clock decides. */
  acceptedAt: timestamp,
  /** W3C traceparent. */
  trace: z.string().max(64).nullable(),
  performanceId,
};
const envelope = { ...stockEnvelope, bookingId };

/** Who buys, as the pass says it. The edge lets in whom this shape lets in, and nobody else: the command has it whole. */
export const passHolder = z.strictObject({
  fanId,
  /** The access code the fan came with. */
  code: z.strictObject({ codeSetId, codeId }).optional(),
  /** How the fan came in when not through the line. */
  channel: channel.optional(),
});
export type PassHolder = z.infer<typeof passHolder>;

export const reserveCommand = z.strictObject({
  ...envelope,
  type: z.literal('reserve'),
  saleId,
  ...passHolder.shape,
  /** sha256 of the canonical request body, hex: the same key with another body is refused. */
  bodyHash: z.string().regex(/^[0-9a-f]{64}$/),
  ...bookingRequest.shape,
});
export const confirmCommand = z.strictObject({
  ...envelope,
  type: z.literal('confirm'),
  paymentId,
  amount: money,
  /** False when the money is only authorised and waits to be captured. */
  captured: z.boolean().default(true),
});
/** The fan takes the equal seats that were kept for money that came too late. */
export const acceptCommand = z.strictObject({ ...envelope, type: z.literal('accept') });
export const releaseCommand = z.strictObject({ ...envelope, type: z.literal('release'), by: z.enum(['fan', 'staff']) });
export const expireCommand = z.strictObject({ ...envelope, type: z.literal('expire') });
/** The fan began to pay, or asks for more time: the hold lives longer, once for each reason. */
export const extendCommand = z.strictObject({
  ...envelope,
  type: z.literal('extend'),
  by: z.enum(['fan', 'payment']).default('payment'),
  paymentId: paymentId.nullable().default(null),
});
export const refundCommand = z.strictObject({
  ...envelope,
  type: z.literal('refund'),
  paymentId,
  /** Null for all that is left. */
  ticketIds: z.array(ticketId).min(1).max(100).nullable().default(null),
});
/** The performance does not take place: what is held is let go, what is bought goes back. */
export const cancelCommand = z.strictObject({ ...envelope, type: z.literal('cancel') });

/** Staff keeps stock back, from everybody or for an audience. */
export const blockCommand = z.strictObject({
  ...stockEnvelope,
  type: z.literal('block'),
  blockId,
  items: z.array(stockToBlock).min(1).max(20),
  label: z.string().max(120),
  audience: audience.nullable(),
  /** Milliseconds since 1970; from then on it is everybody's. */
  releaseAt: z.int().nullable(),
  requestedBy: z.string().max(64),
});
/** What is left of a block is everybody's again; with seats named, only these. */
export const unblockCommand = z.strictObject({
  ...stockEnvelope,
  type: z.literal('unblock'),
  blockId,
  seatIds: z.array(seatId).min(1).max(STOCK_SEATS_MAX).nullable(),
});

export const bookingCommand = z.discriminatedUnion('type', [
  reserveCommand,
  confirmCommand,
  acceptCommand,
  releaseCommand,
  expireCommand,
  extendCommand,
  refundCommand,
  blockCommand,
  unblockCommand,
  cancelCommand,
]);
export type BookingCommand = z.infer<typeof bookingCommand>;
export type ReserveCommand = z.infer<typeof reserveCommand>;

/** Headers of a message in the dead letters: why it is there, and the queue it came from. */
export const DEAD_REASON_HEADER = 'onsale-reason';
export const DEAD_ORIGIN_HEADER = 'onsale-origin';

const stockExample = {
  version: 1,
  commandId: 'cmd-1',
  acceptedAt: '2026-01-01T12:00:00.000Z',
  trace: null,
  performanceId: 'perf-1',
} as const;
const example = { ...stockExample, bookingId: 'bk-1' } as const;

export const bookingCommandExamples = {
  reserve: {
    ...example,
    type: 'reserve',
    saleId: 'sale-1',
    fanId: 'fan-1',
    bodyHash: '0'.repeat(64),
    items: [{ seatIds: ['s-1', 's-2'] }],
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  },
  confirm: {
    ...example,
    type: 'confirm',
    paymentId: 'pay-1',
    amount: { amount: 9000, currency: 'EUR' },
    captured: true,
  },
  accept: { ...example, type: 'accept' },
  release: { ...example, type: 'release', by: 'fan' },
  expire: { ...example, type: 'expire' },
  extend: { ...example, type: 'extend', by: 'payment', paymentId: 'pay-1' },
  refund: { ...example, type: 'refund', paymentId: 'pay-1', ticketIds: ['tk-1.0'] },
  cancel: { ...example, type: 'cancel' },
  block: {
    ...stockExample,
    type: 'block',
    blockId: 'blk_1',
    items: [{ seatIds: ['s-1'] }, { categoryId: 'standing', quantity: 100 }],
    label: 'Friends of the house',
    audience: { kind: 'code_set', codeSetId: 'friends' },
    releaseAt: 1_767_268_800_000,
    requestedBy: 'staff-1',
  },
  unblock: { ...stockExample, type: 'unblock', blockId: 'blk_1', seatIds: null },
} as const;
