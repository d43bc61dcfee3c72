// What was sold to this crowd, by its own tickets: no seat twice, no category beyond its capacity, nothing left over
// while fans were turned away.
import type { AvailabilityView, TicketView } from '@onsale/contracts';
import type { BookingId, CategoryId } from '@onsale/domain';
import type { CrowdBook } from '../crowd-book.ts';

export class SalesBook {
  readonly #book: CrowdBook;
  readonly #seats = new Map<string, BookingId>();
  readonly #ticketIds = new Set<string>();
  readonly #soldByCategory = new Map<CategoryId, number>();
  #turnedAway = 0;

  constructor(book: CrowdBook) {
    this.#book = book;
  }

  get sold(): number {
    return this.#ticketIds.size;
  }

  noteTickets(tickets: readonly TicketView[]): void {
    for (const { id, seatId, performanceId, categoryId, bookingId } of tickets) {
      if (this.#ticketIds.has(id)) continue;
      this.#ticketIds.add(id);
      this.#book.now.sold += 1;
      this.#soldByCategory.set(categoryId, (this.#soldByCategory.get(categoryId) ?? 0) + 1);
      if (seatId === null) continue;
      const seat = `${performanceId} ${seatId}`;
      if (this.#seats.has(seat)) {
        this.#book.violated('a seat was sold twice', `${seat} to ${this.#seats.get(seat)} and ${bookingId}`);
      }
      this.#seats.set(seat, bookingId);
    }
  }

  /** A fan who wanted to buy and was told that there is nothing. */
  noteTurnedAway(): void {
    this.#turnedAway += 1;
  }

  /** `ownSale`: nobody else bought in it, so what is left must be all that was not sold here. */
  checkAgainst(availability: AvailabilityView, { ownSale }: { readonly ownSale: boolean }): void {
    for (const { categoryId, capacity, free } of availability.categories) {
      const sold = this.#soldByCategory.get(categoryId) ?? 0;
      if (sold > capacity) this.#book.violated('a category was oversold', `${categoryId}: ${sold} of ${capacity}`);
      if (!ownSale) continue;
      if (sold + free > capacity)
        this.#book.violated('a category was oversold', `${categoryId}: ${sold} sold, ${free} free of ${capacity}`);
      if (this.#turnedAway > 0 && sold < capacity) {
        const example = `${categoryId}: ${capacity - sold} of ${capacity} unsold, ${this.#turnedAway} fans turned away`;
        this.#book.violated('stock was left while fans were turned away', example);
      }
    }
  }
}
