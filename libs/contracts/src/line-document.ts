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
  /** Fans who counted as gone and came back while they waited, since the line was opened: why a position may jump up. */
  back: z.int().min(0).optional(),
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
      .max(68),
    blocks: z
      .string()
      .regex(/^[A-Za-z0-9_-]*$/)
      .max(120),
  }),
  stock: z.enum(['plenty', 'limited', 'few', 'none', 'unknown']),
  /** Seats [free, held and not paid, fans inside or called who still seek, seats a called fan takes or null]. */
  seats: z.tuple([z.int().min(0), z.int().min(0), z.int().min(0), z.number().min(0).nullable()]).optional(),
  /** Cut, and ended with an ellipsis, where the whole would make the document too long: the sale has it in full. */
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

/** So small that one packet carries it, however long the line. */
export const LINE_DOCUMENT_BYTES_MAX = 512;
const ELLIPSIS = '…';

/** The document, with the notice cut to what there is room for; what still is too long goes without its seats. */
export function fitLineDocument(document: LineDocument): LineDocument {
  if (bytesOf(document) <= LINE_DOCUMENT_BYTES_MAX) return document;
  const letters = [...(document.notice ?? '')];
  for (let kept = letters.length - 1; kept >= 0; kept--) {
    const shorter = { ...document, notice: letters.slice(0, kept).join('').trimEnd() + ELLIPSIS };
    if (bytesOf(shorter) <= LINE_DOCUMENT_BYTES_MAX) return shorter;
  }
  const { seats, ...rest } = document;
  return seats === undefined ? rest : fitLineDocument(rest);
}

function bytesOf(document: LineDocument): number {
  return new TextEncoder().encode(JSON.stringify(document)).length;
}
