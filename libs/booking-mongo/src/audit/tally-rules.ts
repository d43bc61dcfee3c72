// Limits that many bookings share: by mailbox, by code, by fan within a phase.
import type { Books, RawBooking, RawSale } from './books.ts';
import { taking } from './stock-rules.ts';

/** Every tally is the sum over its bookings and within its limit, and every booking is in the tallies it belongs to. */
export function talliesUnlikeSums(books: Books): string[] {
  const sales = new Map(books.sales.map((sale) => [sale._id, sale]));
  const sums = new Map<string, number>();
  for (const { items, tallies = [] } of taking(books)) {
    for (const key of tallies) sums.set(key, (sums.get(key) ?? 0) + items.length);
  }
  const counted = new Map(books.tallies.map(({ _id, seats }) => [_id, seats]));
  const wrong = [...new Set([...sums.keys(), ...counted.keys()])].flatMap((key) => {
    const has = sums.get(key) ?? 0;
    const most = limitOf(sales.get(key.slice(0, key.indexOf(':'))), key);
    if (has !== (counted.get(key) ?? 0)) return [`tally ${key}: ${has} seats, counted ${counted.get(key) ?? 0}`];
    return has > most ? [`tally ${key}: ${has} seats of ${most}`] : [];
  });
  return [...wrong, ...uncounted(books, sales)];
}

function limitOf(sale: RawSale | undefined, key: string): number {
  const [, kind, subject] = key.split(':');
  if (kind === 'email') return sale?.limits.seatsPerEmail ?? Number.POSITIVE_INFINITY;
  if (kind === 'code') return sale?.limits.seatsPerCode ?? Number.POSITIVE_INFINITY;
  return sale?.phases.find(({ id }) => id === subject)?.seatsPerFan ?? Number.POSITIVE_INFINITY;
}

/** Bookings outside a tally that counts others like them: the same address, or the same code. */
function uncounted(books: Books, sales: ReadonlyMap<string, RawSale>): string[] {
  const keyOfAddress = new Map<string, string>();
  return taking(books).flatMap((booking) => {
    const { _id, saleId, tallies = [], code, contact } = booking;
    const limits = sales.get(saleId)?.limits;
    const faults: string[] = [];
    if (limits?.seatsPerCode !== undefined && code && !tallies.includes(`${saleId}:code:${code.codeId}`)) {
      faults.push(`booking ${_id} is not counted for its code`);
    }
    if (limits?.seatsPerEmail === undefined) return faults;
    const key = emailKeyOf(booking);
    const address = `${saleId} ${contact.email.trim().toLowerCase()}`;
    if (key === undefined) faults.push(`booking ${_id} is not counted for its address`);
    else if ((keyOfAddress.get(address) ?? key) !== key) faults.push(`booking ${_id} is counted for another address`);
    if (key !== undefined) keyOfAddress.set(address, key);
    return faults;
  });
}

function emailKeyOf({ saleId, tallies = [] }: RawBooking): string | undefined {
  return tallies.find((key) => key.startsWith(`${saleId}:email:`));
}
