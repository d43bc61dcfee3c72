// Kept-back stock: what may be kept back, and for whom.
import { z } from 'zod';
import { categoryId, channel, codeId, codeSetId, phaseId, seatId } from '../scalars.ts';

/** Of one item: a whole tier of an arena. */
export const STOCK_SEATS_MAX = 5_000;

export const stockToBlock = z.union([
  z.strictObject({ seatIds: z.array(seatId).min(1).max(STOCK_SEATS_MAX) }),
  z.strictObject({ categoryId, quantity: z.int().min(1).max(1_000_000) }),
]);

/** Who may take out of an allocation. */
export const audience = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('phase'), phaseId }),
  z.strictObject({ kind: z.literal('code_set'), codeSetId }),
  z.strictObject({ kind: z.literal('code'), codeId }),
  z.strictObject({ kind: z.literal('channel'), channel }),
]);
