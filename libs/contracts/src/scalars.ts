// The small shapes everything else is built from.
import type {
  BlockId,
  BookingId,
  CategoryId,
  CodeId,
  CodeSetId,
  EventId,
  FanId,
  PaymentId,
  PerformanceId,
  PhaseId,
  PlanId,
  SaleId,
  SeatId,
  StaffId,
  TicketId,
} from '@onsale/domain';
import { z } from 'zod';

const opaque = z.string().regex(/^[A-Za-z0-9_.~-]{1,64}$/, 'an id has 1 to 64 characters of A-Z a-z 0-9 _ . ~ -');
const id = <Id extends string>() => opaque as unknown as z.ZodType<Id, string>;

export const eventId = id<EventId>();
export const saleId = id<SaleId>();
export const phaseId = id<PhaseId>();
export const performanceId = id<PerformanceId>();
export const planId = id<PlanId>();
export const categoryId = id<CategoryId>();
export const seatId = id<SeatId>();
export const fanId = id<FanId>();
export const bookingId = id<BookingId>();
export const paymentId = id<PaymentId>();
export const ticketId = id<TicketId>();
export const staffId = id<StaffId>();
export const codeSetId = id<CodeSetId>();
export const codeId = id<CodeId>();
/** As it stands in an address. */
export const opaqueBlockId = id<BlockId>();
export const blockId = z
  .string()
  .regex(/^blk_[A-Za-z0-9_.~-]{1,60}$/, 'a block is called blk_ and up to 60 characters') as unknown as z.ZodType<
  BlockId,
  string
>;
/** Where a booking comes from: the web shop, a box office, a partner. */
export const channel = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'a channel is a short lower-case word');

export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens')
  .max(80);
/** RFC 3339, UTC. */
export const timestamp = z.iso.datetime({ offset: false });
export const currency = z.string().regex(/^[A-Z]{3}$/, 'an ISO 4217 code');
export const money = z.strictObject({ amount: z.int().min(0).max(1_000_000_000), currency });
export const email = z.email().max(254);
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,128}$/, '1 to 128 visible ASCII characters');
