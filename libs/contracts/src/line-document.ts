// The line document: the same bytes for everybody who waits, once per tick. Absolute, never a delta, so that a missed
// one is harmless. docs/line-document.md defines each field and the rule by which a client computes its people-ahead.
import { z } from 'zod';
import { saleId, timestamp } from './scalars.ts';

export const salePhaseName = z.enum(['scheduled', 'prequeue', 'open', 'paused', 'sold_out', 'closed']);

export const lineDocument = z.strictObject({
  saleId,
  /** Rises with every change; a client ignores a document older than the one it has. */
  seq: z.int().min(0),
  /** Rises when the line was restored from its checkpoint; a client then fetches its place again. */
  epoch: z.int().min(1),
  phase: salePhaseName,
  /** The highest number called. */
  served: z.int().min(0),
  /** How many indexes have been given out. */
  joined: z.int().min(0),
  /**
   * Measured calls per minute, its relative uncertainty (0…1), and the share of the waiting that gives up in a minute;
   * null while nothing was measured.
   */
  ratePerMinute: z
    .strictObject({ mean: z.number().min(0), spread: z.number().min(0).max(1), leaving: z.number().min(0).optional() })
    .nullable(),
  /** Who is gone among the numbers after `served`: bits near the front, shares of growing blocks beyond. */
  ghosts: z.strictObject({
    front: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/)
      .max(56),
    blocks: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/)
      .max(160),
  }),
  stock: z.enum(['plenty', 'limited', 'few', 'none', 'unknown']),
  notice: z.string().max(140).nullable(),
  /** A fan fetches again after `share` of the own remaining wait, within [minSeconds, maxSeconds]. */
  refresh: z.strictObject({
    share: z.number().positive().max(1),
    minSeconds: z.number().positive(),
    maxSeconds: z.number().positive(),
  }),
  at: timestamp,
});
export type LineDocument = z.infer<typeof lineDocument>;
