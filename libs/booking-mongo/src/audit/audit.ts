// The auditor: every invariant that can be read from the database, rule by rule. docs/invariants.md tells them in words.
import type { Mongo } from '../connect-mongo.ts';
import { blocksUnlikeClaims } from './block-rules.ts';
import { holdsBeyondTheirEnd, holdsLongerThanGranted, ticketsUnlikeItems, undecidedBookings } from './booking-rules.ts';
import { type Books, readBooks } from './books.ts';
import { drawsThatDoNotFollow, marksOutOfOrder, missingGuards } from './line-rules.ts';
import { paymentsUnlikeTotals, sandboxUnlikeOrders } from './money-rules.ts';
import {
  bookingsWithoutClaim,
  claimsWithoutBooking,
  countsUnlikeSums,
  limitsExceeded,
  oversoldCategories,
  seatsTakenTwice,
} from './stock-rules.ts';
import { talliesUnlikeSums } from './tally-rules.ts';

type Rule = { readonly id: string; readonly says: string; readonly faultsIn: (books: Books) => string[] };

const auditRules: readonly Rule[] = [
  {
    id: 'INV-10',
    says: 'every claim belongs to a booking that has its seat, or to a block',
    faultsIn: claimsWithoutBooking,
  },
  { id: 'INV-11', says: 'every seat of a booking is claimed by it', faultsIn: bookingsWithoutClaim },
  { id: 'INV-12', says: 'no seat is taken twice', faultsIn: seatsTakenTwice },
  { id: 'INV-13', says: 'counts equal the sums over bookings and blocks', faultsIn: countsUnlikeSums },
  { id: 'INV-14', says: 'nothing is sold beyond capacity', faultsIn: oversoldCategories },
  { id: 'INV-15', says: 'tickets are the items of confirmed bookings', faultsIn: ticketsUnlikeItems },
  { id: 'INV-16', says: 'money that is kept is what is sold', faultsIn: paymentsUnlikeTotals },
  { id: 'INV-17', says: 'no booking and no fan exceeds the limits', faultsIn: limitsExceeded },
  { id: 'INV-18', says: 'no hold lives on after its end', faultsIn: holdsBeyondTheirEnd },
  { id: 'INV-19', says: 'every booking is decided and fits together', faultsIn: undecidedBookings },
  { id: 'INV-20', says: 'every draw follows from what was published', faultsIn: drawsThatDoNotFollow },
  { id: 'INV-21', says: 'the marks of every line are in order', faultsIn: marksOutOfOrder },
  { id: 'INV-22', says: 'the unique indexes that guard this are there', faultsIn: missingGuards },
  { id: 'INV-23', says: 'no hold and no fan held longer than the sale grants', faultsIn: holdsLongerThanGranted },
  { id: 'INV-24', says: 'what is left of every block is claimed and counted for it', faultsIn: blocksUnlikeClaims },
  { id: 'INV-25', says: 'no mailbox, code or phase exceeds its limit', faultsIn: talliesUnlikeSums },
  { id: 'INV-26', says: 'the sandbox moved the money it was told to move', faultsIn: sandboxUnlikeOrders },
];

export type Finding = { readonly id: string; readonly says: string; readonly faults: readonly string[] };
export type AuditReport = {
  readonly findings: readonly Finding[];
  readonly looked: {
    readonly bookings: number;
    readonly claims: number;
    readonly tickets: number;
    readonly sales: number;
  };
};

export async function audit(mongo: Mongo): Promise<AuditReport> {
  const books = await readBooks(mongo);
  const { bookings, claims, tickets, sales } = books;
  return {
    findings: auditRules.map(({ id, says, faultsIn }) => ({ id, says, faults: faultsIn(books) })),
    looked: { bookings: bookings.length, claims: claims.length, tickets: tickets.length, sales: sales.length },
  };
}
