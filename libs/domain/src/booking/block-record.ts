// Stock that is kept back: from everybody (staff's own seats, a camera stand), or for an audience (an allocation). What
// an audience takes out of it and gives back returns to it while it lives; what is left at its end is everybody's.
import type { BlockId, CategoryId, CodeId, CodeSetId, PerformanceId, PhaseId, SaleId, SeatId } from '../ids.ts';

export type Audience =
  | { readonly kind: 'phase'; readonly phaseId: PhaseId }
  | { readonly kind: 'code_set'; readonly codeSetId: CodeSetId }
  | { readonly kind: 'code'; readonly codeId: CodeId }
  | { readonly kind: 'channel'; readonly channel: string };

/** active → released. A block that found nothing free is refused. */
export type BlockRecord = {
  readonly id: BlockId;
  readonly saleId: SaleId | null;
  readonly performanceId: PerformanceId;
  /** What it is for, in the words of who made it. */
  readonly label: string;
  /** Null: nobody. */
  readonly audience: Audience | null;
  /** From then on it is open to everybody; milliseconds by the database's clock. */
  readonly releaseAt: number | null;
  readonly state: 'active' | 'released' | 'refused';
  /** What is still kept back, by category. */
  readonly left: Readonly<Record<CategoryId, number>>;
  /** What was asked for and not free: these seats, and so many without a seat. */
  readonly missing: { readonly seatIds: readonly SeatId[]; readonly quantity: number };
  readonly requestedBy: string;
  readonly decidedAt: number;
};

/** Who asks, as far as allocations care. */
export type Buyer = {
  readonly now: number;
  /** The phase of the sale that runs now, and those that are over. */
  readonly phaseId: PhaseId | null;
  readonly endedPhases: readonly PhaseId[];
  readonly code: FanCode | null;
  readonly channel: string;
};

/** The access code a fan came with. */
export type FanCode = { readonly codeSetId: CodeSetId; readonly codeId: CodeId };

/** Where bookings come from unless something else is said: the web shop. */
export const SHOP_CHANNEL = 'shop';

/** Nobody in particular: what is open to this buyer is open to all. */
export function anybody(at: Pick<Buyer, 'now' | 'phaseId' | 'endedPhases'>): Buyer {
  return { ...at, code: null, channel: '' };
}

/** Whether the buyer may take stock out of the block now. */
export function isOpenTo({ state, audience, releaseAt }: BlockRecord, buyer: Buyer): boolean {
  if (state !== 'active') return false;
  if (releaseAt !== null && buyer.now >= releaseAt) return true;
  if (audience === null) return false;
  switch (audience.kind) {
    case 'phase':
      // Unless another time was set, what a phase leaves is everybody's when it is over.
      return buyer.phaseId === audience.phaseId || (releaseAt === null && buyer.endedPhases.includes(audience.phaseId));
    case 'code_set':
      return buyer.code?.codeSetId === audience.codeSetId;
    case 'code':
      return buyer.code?.codeId === audience.codeId;
    case 'channel':
      return buyer.channel === audience.channel;
  }
}

/** The same for the same audience, and for no other. */
export function audienceKey(audience: Audience): string {
  return JSON.stringify(Object.entries(audience).sort());
}
