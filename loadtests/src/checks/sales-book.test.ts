import type { AvailabilityView, TicketView } from '@onsale/contracts';
import { CrowdBook } from '../crowd-book.ts';
import { SalesBook } from './sales-book.ts';

const ticket = (id: string, seatId: string | null): TicketView =>
  ({ id, seatId, bookingId: `of-${id}`, performanceId: 'perf', categoryId: 'a' }) as TicketView;
const availability = (capacity: number, free: number): AvailabilityView =>
  ({ categories: [{ categoryId: 'a', capacity, free }] }) as AvailabilityView;

let book: CrowdBook;
let sales: SalesBook;
beforeEach(() => {
  book = new CrowdBook();
  sales = new SalesBook(book);
});
const violated = () => [...book.violations.keys()];

test('a house sold out once is in order', () => {
  sales.noteTickets([ticket('1', 's-1'), ticket('2', 's-2'), ticket('3', null)]);
  sales.noteTickets([ticket('1', 's-1')]);
  sales.noteTurnedAway();
  sales.checkAgainst(availability(3, 0), { ownSale: true });
  expect(violated()).toEqual([]);
  expect(sales.sold).toBe(3);
});

test('a seat on two tickets is seen', () => {
  sales.noteTickets([ticket('1', 's-1'), ticket('2', 's-1')]);
  expect(violated()).toEqual(['a seat was sold twice']);
});

test('more tickets than there were, and tickets that nobody counted, are seen', () => {
  sales.noteTickets([ticket('1', null), ticket('2', null)]);
  sales.checkAgainst(availability(1, 0), { ownSale: false });
  expect(book.violations.get('a category was oversold')?.count).toBe(1);
  sales.checkAgainst(availability(3, 2), { ownSale: true });
  expect(book.violations.get('a category was oversold')?.count).toBe(2);
});

test('stock left while fans were turned away is seen, and without demand it is not', () => {
  sales.noteTickets([ticket('1', null)]);
  sales.checkAgainst(availability(2, 1), { ownSale: true });
  expect(violated()).toEqual([]);
  sales.noteTurnedAway();
  sales.checkAgainst(availability(2, 1), { ownSale: true });
  expect(violated()).toEqual(['stock was left while fans were turned away']);
});
