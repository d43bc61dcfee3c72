// The working sheet of one batch: reads fall through to the world, writes stay on the sheet, and at the end the sheet
// says what has to change. Thus a later command of the batch sees what an earlier one did.
import type { BookingId, PaymentId } from '../ids.ts';
import type { BookingRecord, MoneyOrder, PaymentRecord, Ticket } from './booking-record.ts';
import type { BookingWorld } from './booking-world.ts';
import { openStockSheet, type StockChanges, type StockSheet } from './stock-sheet.ts';

export type BookingChanges = StockChanges & {
  readonly created: readonly BookingRecord[];
  readonly changed: readonly { readonly before: BookingRecord; readonly after: BookingRecord }[];
  readonly payments: readonly PaymentRecord[];
  readonly orders: readonly MoneyOrder[];
  readonly ticketsIssued: readonly Ticket[];
  readonly ticketsVoided: readonly Ticket['id'][];
};

export type BookingLedger = {
  /** Milliseconds by the database's clock. */
  readonly now: number;
  readonly world: BookingWorld;
  readonly stock: StockSheet;
  booking(id: BookingId): BookingRecord | null;
  payment(id: PaymentId): PaymentRecord | null;
  putBooking(booking: BookingRecord): void;
  putPayment(payment: PaymentRecord): void;
  order(order: MoneyOrder): void;
  issue(ticket: Ticket): void;
  void(id: Ticket['id']): void;
  changes(): BookingChanges;
};

export function openLedger(world: BookingWorld): BookingLedger {
  const stock = openStockSheet(world);
  const bookings = new Map<BookingId, BookingRecord>();
  const payments = new Map<PaymentId, PaymentRecord>();
  const orders: MoneyOrder[] = [];
  const issued = new Map<Ticket['id'], Ticket>();
  const voided = new Set<Ticket['id']>();
  return {
    now: world.now,
    world,
    stock,
    booking: (id) => bookings.get(id) ?? world.bookings.get(id) ?? null,
    payment: (id) => payments.get(id) ?? world.payments.get(id) ?? null,
    putBooking: (booking) => void bookings.set(booking.id, booking),
    putPayment: (payment) => void payments.set(payment.id, payment),
    order: (order) => void orders.push(order),
    issue(ticket) {
      voided.delete(ticket.id);
      issued.set(ticket.id, ticket);
    },
    void(id) {
      if (!issued.delete(id)) voided.add(id);
    },
    changes: () => ({
      ...stock.changes(),
      created: [...bookings.values()].filter(({ id }) => !world.bookings.has(id)),
      changed: [...bookings.values()].flatMap((after) => {
        const before = world.bookings.get(after.id);
        return before === undefined || before === after ? [] : [{ before, after }];
      }),
      payments: [...payments.values()].filter((payment) => world.payments.get(payment.id) !== payment),
      orders,
      ticketsIssued: [...issued.values()],
      ticketsVoided: [...voided],
    }),
  };
}
