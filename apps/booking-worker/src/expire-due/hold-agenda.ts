// When the holds of a partition end, as its one writer knows it: what was held at the take-over, and what each commit
// changed since. Time is the database's, told by every commit and carried on by a monotonic timer, so the clock of this
// machine has no say. The agenda only proposes: the transaction that expires a hold asks the database again.
import type { DueHold } from '@onsale/booking-mongo';
import type { BookingId, BookingRecord } from '@onsale/domain';

/** `endsAt` in milliseconds by the database's clock. */
export type AgendaHold = Omit<DueHold, 'saleId'> & { readonly endsAt: number };

type Decided = Pick<BookingRecord, 'id' | 'performanceId' | 'state' | 'holdExpiresAt'>;

export class HoldAgenda {
  readonly #elapsed: () => number;
  readonly #holds = new Map<BookingId, AgendaHold>();
  #seen: { readonly at: number; readonly when: number };
  /** The earliest end, or earlier than it. */
  #next = Number.POSITIVE_INFINITY;

  /** `at`: the database's clock now; `elapsed`: a monotonic clock, in milliseconds. */
  constructor({ at, holds, elapsed }: { at: number; holds: readonly AgendaHold[]; elapsed(): number }) {
    this.#elapsed = elapsed;
    this.#seen = { at, when: elapsed() };
    for (const hold of holds) this.#put(hold);
  }

  /** What a commit at this time by the database decided. */
  learn(at: number, decided: readonly (Decided | null)[]): void {
    this.#seen = { at, when: this.#elapsed() };
    for (const booking of decided) {
      if (booking === null) continue;
      const { id: bookingId, performanceId, state, holdExpiresAt } = booking;
      if (state === 'held' && holdExpiresAt !== null) this.#put({ bookingId, performanceId, endsAt: holdExpiresAt });
      else this.#holds.delete(bookingId);
    }
  }

  /** Milliseconds until the next hold may be over, 0 when one is; null when nothing is held. */
  nextInMs(): number | null {
    if (this.#holds.size === 0) return null;
    return Math.max(0, this.#next - this.#now());
  }

  /** Takes off and returns holds whose end has come, at most so many; those that still stand are learnt of again. */
  takeDue(max: number): readonly AgendaHold[] {
    const now = this.#now();
    if (this.#next > now) return [];
    const due: AgendaHold[] = [];
    this.#next = Number.POSITIVE_INFINITY;
    for (const hold of this.#holds.values()) {
      if (hold.endsAt <= now && due.length < max) due.push(hold);
      else this.#next = Math.min(this.#next, hold.endsAt);
    }
    for (const { bookingId } of due) this.#holds.delete(bookingId);
    return due;
  }

  #put(hold: AgendaHold): void {
    this.#holds.set(hold.bookingId, hold);
    this.#next = Math.min(this.#next, hold.endsAt);
  }

  #now(): number {
    return this.#seen.at + this.#elapsed() - this.#seen.when;
  }
}
