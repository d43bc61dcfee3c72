// The working sheet of one batch: reads fall through to the world, writes stay on the sheet, and at the end the sheet
// says what has to change. Thus a later command of the batch sees what an earlier one did, and a seat that was freed
// and taken again inside the batch becomes one change of owner.
import type { BookingId, CategoryId, FanId, PaymentId, PerformanceId, SaleId, SeatId } from '../ids.ts';
import type { BookedItem, BookingRecord, Count, PaymentRecord, Ticket } from './booking-record.ts';
import { type BookingWorld, claimKey, countKey, fanKey } from './booking-world.ts';

export type ClaimChange = {
  readonly performanceId: PerformanceId;
  readonly seatId: SeatId;
  readonly from: BookingId | null;
  readonly to: BookingId | null;
};
export type CountChange = {
  readonly performanceId: PerformanceId;
  readonly categoryId: CategoryId;
  /** Differences, not totals. */
  readonly held: number;
  readonly sold: number;
};
export type FanChange = { readonly saleId: SaleId; readonly fanId: FanId; readonly seats: number };

export type BookingChanges = {
  readonly created: readonly BookingRecord[];
  readonly changed: readonly { readonly before: BookingRecord; readonly after: BookingRecord }[];
  readonly claims: readonly ClaimChange[];
  readonly counts: readonly CountChange[];
  readonly fans: readonly FanChange[];
  readonly payments: readonly PaymentRecord[];
  readonly ticketsIssued: readonly Ticket[];
  readonly ticketsVoided: readonly Ticket['id'][];
};

type Stock = 'held' | 'sold';
type MutableCount = { readonly base: Count; held: number; sold: number };

export type BookingLedger = ReturnType<typeof openLedger>;

export function openLedger(world: BookingWorld) {
  const bookings = new Map<BookingId, BookingRecord>();
  const payments = new Map<PaymentId, PaymentRecord>();
  const owners = new Map<string, { performanceId: PerformanceId; seatId: SeatId; owner: BookingId | null }>();
  const counts = new Map<string, MutableCount>();
  const fans = new Map<string, { saleId: SaleId; fanId: FanId; seats: number }>();
  const issued = new Map<Ticket['id'], Ticket>();
  const voided = new Set<Ticket['id']>();

  function ownerOf(performanceId: PerformanceId, seatId: SeatId): BookingId | null {
    const noted = owners.get(claimKey(performanceId, seatId));
    if (noted !== undefined) return noted.owner;
    return world.claims.get(performanceId)?.get(seatId) ?? null;
  }

  function free(performanceId: PerformanceId, categoryId: CategoryId): number {
    const base = world.counts.get(countKey(performanceId, categoryId));
    if (base === undefined) return 0;
    const moved = counts.get(countKey(performanceId, categoryId));
    return base.capacity - base.held - base.sold - (moved?.held ?? 0) - (moved?.sold ?? 0);
  }

  function seatsOfFan(saleId: SaleId, fanId: FanId): number {
    const key = fanKey(saleId, fanId);
    return (world.fanSeats.get(key) ?? 0) + (fans.get(key)?.seats ?? 0);
  }

  function moveFan({ saleId, fanId }: Pick<BookingRecord, 'saleId' | 'fanId'>, seats: number): void {
    const key = fanKey(saleId, fanId);
    fans.set(key, { saleId, fanId, seats: (fans.get(key)?.seats ?? 0) + seats });
  }

  function moveCount(performanceId: PerformanceId, categoryId: CategoryId, stock: Stock, by: number): void {
    const key = countKey(performanceId, categoryId);
    const base = world.counts.get(key);
    if (base === undefined) throw new RangeError(`no count for ${key}`);
    const moved = counts.get(key) ?? { base, held: 0, sold: 0 };
    moved[stock] += by;
    counts.set(key, moved);
  }

  function setOwner(performanceId: PerformanceId, items: readonly BookedItem[], owner: BookingId | null): void {
    for (const { seatId } of items) {
      if (seatId !== null) owners.set(claimKey(performanceId, seatId), { performanceId, seatId, owner });
    }
  }

  return {
    now: world.now,
    world,
    ownerOf,
    free,
    seatsOfFan,
    booking: (id: BookingId): BookingRecord | null => bookings.get(id) ?? world.bookings.get(id) ?? null,
    payment: (id: PaymentId): PaymentRecord | null => payments.get(id) ?? world.payments.get(id) ?? null,
    putBooking: (booking: BookingRecord): void => void bookings.set(booking.id, booking),
    putPayment: (payment: PaymentRecord): void => void payments.set(payment.id, payment),
    /** Takes the stock of these items for a booking, as held or sold. The caller has checked that it is free. */
    take(booking: BookingRecord, stock: Stock): void {
      setOwner(booking.performanceId, booking.items, booking.id);
      for (const { categoryId } of booking.items) moveCount(booking.performanceId, categoryId, stock, 1);
      moveFan(booking, booking.items.length);
    },
    give(booking: BookingRecord, stock: Stock): void {
      setOwner(booking.performanceId, booking.items, null);
      for (const { categoryId } of booking.items) moveCount(booking.performanceId, categoryId, stock, -1);
      moveFan(booking, -booking.items.length);
    },
    sell(booking: BookingRecord): void {
      for (const { categoryId } of booking.items) {
        moveCount(booking.performanceId, categoryId, 'held', -1);
        moveCount(booking.performanceId, categoryId, 'sold', 1);
      }
    },
    issue(ticket: Ticket): void {
      voided.delete(ticket.id);
      issued.set(ticket.id, ticket);
    },
    void(id: Ticket['id']): void {
      if (!issued.delete(id)) voided.add(id);
    },
    changes(): BookingChanges {
      return {
        created: [...bookings.values()].filter(({ id }) => !world.bookings.has(id)),
        changed: [...bookings.values()].flatMap((after) => {
          const before = world.bookings.get(after.id);
          return before === undefined || before === after ? [] : [{ before, after }];
        }),
        claims: [...owners.values()].flatMap(({ performanceId, seatId, owner: to }) => {
          const from = world.claims.get(performanceId)?.get(seatId) ?? null;
          return from === to ? [] : [{ performanceId, seatId, from, to }];
        }),
        counts: [...counts.values()].map(({ base, held, sold }) => ({
          performanceId: base.performanceId,
          categoryId: base.categoryId,
          held,
          sold,
        })),
        fans: [...fans.values()].filter(({ seats }) => seats !== 0),
        payments: [...payments.values()].filter((payment) => world.payments.get(payment.id) !== payment),
        ticketsIssued: [...issued.values()],
        ticketsVoided: [...voided],
      };
    },
  };
}
