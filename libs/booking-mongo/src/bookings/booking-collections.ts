// The collections only the booking worker writes, and payments, which the booking API opens. Each rule that must never
// break has a unique key or a guarded write here, besides the rules in domain that keep it from being reached.
import type {
  Audience,
  BlockId,
  BookedItem,
  BookingId,
  BookingState,
  CategoryId,
  Contact,
  ExtensionReason,
  FanCode,
  FanId,
  Money,
  PaymentId,
  PaymentRecord,
  PerformanceId,
  RejectionReason,
  SaleId,
  SeatId,
  TicketId,
} from '@onsale/domain';
import { type mongo as driver, Schema } from 'mongoose';
import { collection } from '../model.ts';

const text = { type: String, required: true } as const;
const optionalText = { type: String, default: null } as const;
const whole = { type: Number, required: true } as const;
const options = { versionKey: false, strict: 'throw', minimize: false } as const;

export type BookingDocument = {
  _id: BookingId;
  saleId: SaleId;
  performanceId: PerformanceId;
  fanId: FanId;
  bodyHash: string;
  state: BookingState;
  reason: RejectionReason | null;
  items: BookedItem[];
  total: Money | null;
  contact: Contact;
  decidedAt: Date;
  holdExpiresAt: Date | null;
  extendedBy: ExtensionReason[];
  returned: BookedItem[];
  paymentId: PaymentId | null;
  alternatives: SeatId[];
  code: FanCode | null;
  channel: string;
  tallies: string[];
};
const bookingSchema = new Schema<BookingDocument>(
  {
    _id: text,
    saleId: text,
    performanceId: text,
    fanId: text,
    bodyHash: text,
    state: text,
    reason: optionalText,
    items: { type: Schema.Types.Mixed, required: true },
    total: { type: Schema.Types.Mixed, default: null },
    contact: { type: Schema.Types.Mixed, required: true },
    decidedAt: { type: Date, required: true },
    holdExpiresAt: { type: Date, default: null },
    extendedBy: { type: [String], required: true },
    returned: { type: Schema.Types.Mixed, required: true },
    paymentId: optionalText,
    alternatives: { type: [String], required: true },
    code: { type: Schema.Types.Mixed, default: null },
    channel: { type: String, default: 'shop' },
    tallies: { type: [String], default: [] },
  },
  options,
);
// The expiry sweep asks for holds by their end; a partial index holds only what is held.
bookingSchema.index({ holdExpiresAt: 1 }, { partialFilterExpression: { state: 'held' } });
bookingSchema.index({ fanId: 1 });
bookingSchema.index({ performanceId: 1, state: 1 });
export const bookings = collection('bookings', bookingSchema);

/**
 * A seat belongs to a booking, or is kept back by a block. `_id` = performance:seat: a second claim on a seat cannot
 * exist, so what is kept back cannot be sold, nor the reverse.
 */
export type ClaimDocument = {
  _id: string;
  performanceId: PerformanceId;
  seatId: SeatId;
  /** One of the two. */
  bookingId?: BookingId;
  blockId?: BlockId;
};
const claimSchema = new Schema<ClaimDocument>(
  { _id: text, performanceId: text, seatId: text, bookingId: String, blockId: String },
  options,
);
claimSchema.index({ performanceId: 1 });
claimSchema.index({ bookingId: 1 });
export const claims = collection('claims', claimSchema);

/** Stock of a category of a performance. `free` is kept beside its parts so that a write can be guarded by it. */
export type CountDocument = {
  _id: string;
  performanceId: PerformanceId;
  categoryId: CategoryId;
  saleId: SaleId;
  capacity: number;
  held: number;
  sold: number;
  /** Kept back by blocks. */
  blocked: number;
  /** Of the held: accessible and companion seats. */
  heldOfPool: number;
  free: number;
  /** Rises with every change of stock; the sum over a performance is the version of its availability. */
  version: number;
};
const countSchema = new Schema<CountDocument>(
  {
    _id: text,
    performanceId: text,
    categoryId: text,
    saleId: text,
    capacity: whole,
    held: whole,
    sold: whole,
    blocked: { type: Number, default: 0 },
    heldOfPool: { type: Number, default: 0 },
    free: whole,
    version: whole,
  },
  options,
);
countSchema.index({ performanceId: 1 });
countSchema.index({ saleId: 1 });
export const counts = collection('counts', countSchema);

/** Seats a fan holds or has bought in a sale, and the milliseconds its holds took. `_id` = sale:fan. */
export type FanCountDocument = { _id: string; saleId: SaleId; fanId: FanId; seats: number; heldMs: number };
const fanCountSchema = new Schema<FanCountDocument>(
  { _id: text, saleId: text, fanId: text, seats: whole, heldMs: whole },
  options,
);
export const fanCounts = collection('fanCounts', fanCountSchema);

/** Seats held or bought that count into a limit of many bookings: a mailbox, a code, a fan in a phase. */
export type TallyDocument = { _id: string; saleId: SaleId; seats: number };
const tallySchema = new Schema<TallyDocument>({ _id: text, saleId: text, seats: whole }, options);
tallySchema.index({ saleId: 1 });
export const tallies = collection('tallies', tallySchema);

/** Kept-back stock. What is left of it is the sum over its claims and over the blocked places of its categories. */
export type BlockDocument = {
  _id: BlockId;
  saleId: SaleId | null;
  performanceId: PerformanceId;
  label: string;
  audience: Audience | null;
  releaseAt: Date | null;
  state: 'active' | 'released' | 'refused';
  left: { categoryId: CategoryId; quantity: number }[];
  missing: { seatIds: SeatId[]; quantity: number };
  requestedBy: string;
  decidedAt: Date;
};
const blockSchema = new Schema<BlockDocument>(
  {
    _id: text,
    saleId: optionalText,
    performanceId: text,
    label: text,
    audience: { type: Schema.Types.Mixed, default: null },
    releaseAt: { type: Date, default: null },
    state: text,
    left: { type: Schema.Types.Mixed, required: true },
    missing: { type: Schema.Types.Mixed, required: true },
    requestedBy: text,
    decidedAt: { type: Date, required: true },
  },
  options,
);
blockSchema.index({ performanceId: 1 });
blockSchema.index({ saleId: 1 });
// The sweep asks for what is to be released by its time.
blockSchema.index({ state: 1, releaseAt: 1 });
export const blocks = collection('blocks', blockSchema);

export type TicketDocument = {
  _id: TicketId;
  bookingId: BookingId;
  saleId: SaleId;
  performanceId: PerformanceId;
  fanId: FanId;
  categoryId: CategoryId;
  seatId: SeatId | null;
  label: string;
};
const ticketSchema = new Schema<TicketDocument>(
  {
    _id: text,
    bookingId: text,
    saleId: text,
    performanceId: text,
    fanId: text,
    categoryId: text,
    seatId: optionalText,
    label: text,
  },
  options,
);
ticketSchema.index({ bookingId: 1 });
// A seat has one ticket at most, whatever happens to claims.
ticketSchema.index(
  { performanceId: 1, seatId: 1 },
  { unique: true, partialFilterExpression: { seatId: { $type: 'string' } } },
);
export const tickets = collection('tickets', ticketSchema);

export type PaymentDocument = {
  _id: PaymentId;
  bookingId: BookingId;
  performanceId: PerformanceId;
  fanId: FanId;
  provider: string;
  amount: Money;
  state: PaymentRecord['state'];
  /** Minor units that were decided to go back. */
  refunded: number;
  /** What the provider calls it; null until the provider was reached. */
  reference: string | null;
  createdAt: Date;
  /** When the provider was last asked about it. */
  askedAt: Date;
};
const paymentSchema = new Schema<PaymentDocument>(
  {
    _id: text,
    bookingId: text,
    performanceId: text,
    fanId: text,
    provider: text,
    amount: { type: Schema.Types.Mixed, required: true },
    state: text,
    refunded: whole,
    reference: optionalText,
    createdAt: { type: Date, required: true },
    askedAt: { type: Date, required: true },
  },
  options,
);
// One payment at a time: two pending ones could both be paid.
paymentSchema.index({ bookingId: 1 }, { unique: true, partialFilterExpression: { state: 'pending' } });
paymentSchema.index({ bookingId: 1, createdAt: 1 }, { name: 'payments_of_booking' });
paymentSchema.index({ state: 1, askedAt: 1 });
export const payments = collection('payments', paymentSchema);

/** Who may write the bookings of a partition: the holder of its latest epoch. */
export type PartitionDocument = {
  _id: number;
  epoch: number;
  owner: string;
  /** The id of the session its owner's transactions run in. */
  session: driver.Binary | null;
  /** Transactions committed; touched by each, so that a take-over conflicts with one under way. */
  commits: number;
  /** The database's clock at the latest of them. */
  at: Date;
};
const partitionSchema = new Schema<PartitionDocument>(
  {
    _id: { type: Number, required: true },
    epoch: whole,
    owner: text,
    session: { type: Schema.Types.Mixed, default: null },
    commits: whole,
    at: { type: Date, required: true },
  },
  options,
);
export const partitions = collection('partitions', partitionSchema);
