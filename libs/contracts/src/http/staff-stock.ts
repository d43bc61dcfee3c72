// Staff routes for the stock of a performance: what is kept back and for whom, the rules of a booking, prices.
import { z } from 'zod';
import { categoryId, money, opaqueBlockId, performanceId, seatId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';
import { performanceView } from './shop.ts';
import { audience, STOCK_SEATS_MAX, seatingRules, stockToBlock } from './stock.ts';

export const newBlock = z.strictObject({
  /** What it is for. */
  label: z.string().trim().min(1).max(120),
  items: z.array(stockToBlock).min(1).max(20),
  /** Who may take of it; null: nobody. */
  audience: audience.nullable(),
  /** From then on it is everybody's. Null: a phase's with the end of the phase, any other when it is unblocked. */
  releaseAt: timestamp.nullable(),
});
export type NewBlock = z.infer<typeof newBlock>;

export const blockState = z.enum(['requested', 'active', 'released', 'refused']);
export const blockView = z.strictObject({
  id: opaqueBlockId,
  label: z.string(),
  audience: audience.nullable(),
  releaseAt: timestamp.nullable(),
  state: blockState.exclude(['requested']),
  /** What is still kept back. */
  left: z.array(z.strictObject({ categoryId, quantity: z.int() })),
  /** What was asked for and not free. */
  missing: z.strictObject({ seatIds: z.array(seatId), quantity: z.int() }),
  requestedBy: z.string(),
  decidedAt: timestamp,
});
export type BlockView = z.infer<typeof blockView>;

export const performanceChange = z.strictObject({
  /** New prices; what is held keeps the price it was held at. */
  prices: z
    .array(z.strictObject({ categoryId, price: money }))
    .min(1)
    .max(40)
    .optional(),
  rules: seatingRules.partial().strict().optional(),
});
export type PerformanceChange = z.infer<typeof performanceChange>;

const performanceParams = z.strictObject({ performanceId });
const blockParams = z.strictObject({ performanceId, blockId: opaqueBlockId });
const accepted = z.strictObject({ blockId: opaqueBlockId, state: blockState });
const staff = { app: 'console-api', credential: 'staff' } as const;
const errors = ['unauthenticated', 'forbidden', 'csrf_rejected', 'not_found'] as const;

export const staffStockRoutes = {
  createBlock: defineRoute({
    ...staff,
    id: 'createBlock',
    method: 'post',
    path: '/api/v1/organizer/performances/{performanceId}/blocks',
    requires: ['idempotency-key'],
    summary: 'Keep seats or places back, from everybody or for an audience; what is not free is told in `missing`.',
    params: performanceParams,
    body: newBlock,
    replies: { 202: accepted },
    errors: [
      ...errors,
      'idempotency_key_required',
      'idempotency_key_reused',
      'rule_violated',
      'sale_not_open',
      'unavailable',
    ],
  }),
  listBlocks: defineRoute({
    ...staff,
    id: 'listBlocks',
    method: 'get',
    path: '/api/v1/organizer/performances/{performanceId}/blocks',
    summary: 'What is kept back of a performance, and what was.',
    params: performanceParams,
    replies: { 200: z.strictObject({ blocks: z.array(blockView) }) },
    errors,
  }),
  getBlock: defineRoute({
    ...staff,
    id: 'getBlock',
    method: 'get',
    path: '/api/v1/organizer/performances/{performanceId}/blocks/{blockId}',
    summary: 'One block; 404 until it is decided.',
    params: blockParams,
    replies: { 200: blockView },
    errors,
  }),
  unblockStock: defineRoute({
    ...staff,
    id: 'unblockStock',
    method: 'delete',
    path: '/api/v1/organizer/performances/{performanceId}/blocks/{blockId}',
    summary: 'Give all that is left of a block to everybody.',
    params: blockParams,
    replies: { 202: accepted },
    errors: [...errors, 'unavailable'],
  }),
  unblockSeats: defineRoute({
    ...staff,
    id: 'unblockSeats',
    method: 'post',
    path: '/api/v1/organizer/performances/{performanceId}/blocks/{blockId}/unblock',
    summary: 'Give some seats of a block to everybody.',
    params: blockParams,
    body: z.strictObject({ seatIds: z.array(seatId).min(1).max(STOCK_SEATS_MAX) }),
    replies: { 202: accepted },
    errors: [...errors, 'unavailable'],
  }),
  changePerformance: defineRoute({
    ...staff,
    id: 'changePerformance',
    method: 'patch',
    path: '/api/v1/organizer/performances/{performanceId}',
    requires: ['if-match'],
    summary: 'Change prices and the rules of a booking while the sale runs.',
    params: performanceParams,
    body: performanceChange,
    replies: { 200: performanceView },
    errors: [...errors, 'if_match_required', 'precondition_failed', 'rule_violated'],
  }),
} as const;
