// How much one buyer may have: in one booking, and over all performances of the sale by fan, mailbox, code and phase.
import type { FanId, SaleId } from '../ids.ts';
import type { FanCode } from './block-record.ts';
import type { SaleTerms } from './booking-world.ts';
import { emailDigest } from './normalised-email.ts';

/** A number of seats that many bookings share: `key` names what they share. */
export type Tally = { readonly key: string; readonly most: number };

/** What a request counts into, besides its fan's own count: one for each limit the sale has. */
export function talliesOf(
  { limits, phase }: Pick<SaleTerms, 'limits' | 'phase'>,
  {
    saleId,
    fanId,
    email,
    code,
  }: { readonly saleId: SaleId; readonly fanId: FanId; readonly email: string; readonly code: FanCode | null },
): readonly Tally[] {
  const tallies: Tally[] = [];
  if (limits.seatsPerEmail !== undefined) {
    tallies.push({ key: tallyKey(saleId, `email:${emailDigest(email)}`), most: limits.seatsPerEmail });
  }
  if (limits.seatsPerCode !== undefined && code !== null) {
    tallies.push({ key: tallyKey(saleId, `code:${code.codeId}`), most: limits.seatsPerCode });
  }
  if (phase?.seatsPerFan !== undefined) {
    tallies.push({ key: tallyKey(saleId, `phase:${phase.id}:${fanId}`), most: phase.seatsPerFan });
  }
  return tallies;
}

/** Whether the request would be too much for any limit. */
export function breaksLimit(
  { limits }: Pick<SaleTerms, 'limits'>,
  {
    seats,
    ofFan,
    tallies,
  }: {
    readonly seats: number;
    /** What the fan has already. */
    readonly ofFan: number;
    readonly tallies: readonly (Tally & { readonly counted: number })[];
  },
): boolean {
  return (
    seats > limits.seatsPerBooking ||
    ofFan + seats > limits.seatsPerFan ||
    tallies.some(({ counted, most }) => counted + seats > most)
  );
}

function tallyKey(saleId: SaleId, of: string): string {
  return `${saleId}:${of}`;
}
