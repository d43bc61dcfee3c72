// Staff routes by which an operator watches the whole: all sales, how one went in the last hour, the queues, the jobs, the
// locks, what was given up, and what should run more of.
import { z } from 'zod';
import { saleId, timestamp } from '../scalars.ts';
import { defineRoute } from './route.ts';

/** What the admitter saw of a sale at one moment, for charts. */
export const saleSample = z.strictObject({
  at: timestamp,
  /** Fans who can be called: those who are away are not among them. */
  waiting: z.int(),
  called: z.int(),
  active: z.int(),
  /** As measured over the last minutes. */
  callsPerMinute: z.number(),
  targetPerMinute: z.number(),
  shopDelayMs: z.number().nullable(),
  held: z.int().nullable(),
  sold: z.int().nullable(),
  free: z.int().nullable(),
});
export type SaleSample = z.infer<typeof saleSample>;

const saleHistory = z.strictObject({
  everySeconds: z.number(),
  /** Oldest first. */
  samples: z.array(saleSample),
});
export type SaleHistory = z.infer<typeof saleHistory>;

/** One sale among all: as much as tells which one needs a hand. */
export const saleAtAGlance = z.strictObject({
  saleId,
  paused: z.boolean(),
  draining: z.boolean(),
  halted: z.boolean(),
  /** False while no admitter leads its line: then its figures are old. */
  isLed: z.boolean(),
  waiting: z.int(),
  active: z.int(),
  maxActive: z.int(),
  callsPerMinute: z.number(),
  shopDelayMs: z.number().nullable(),
  sold: z.int(),
  capacity: z.int(),
  reason: z.string().nullable(),
});
export type SaleAtAGlance = z.infer<typeof saleAtAGlance>;

const partitionView = z.strictObject({
  partition: z.int(),
  waiting: z.int(),
  consumers: z.int(),
  /** The worker that owns it, and whether it was heard in the last seconds. */
  owner: z.string().nullable(),
  heard: z.boolean(),
});
const jobsView = z.strictObject({
  waiting: z.int(),
  active: z.int(),
  failed: z.int(),
  schedules: z.array(z.strictObject({ name: z.string(), everyMs: z.number(), nextAt: timestamp.nullable() })),
  lastFailures: z.array(z.strictObject({ name: z.string(), at: timestamp, reason: z.string() })),
});
export const systemView = z.strictObject({
  workers: z.int(),
  /** Null while the broker does not answer. */
  partitions: z.array(partitionView).nullable(),
  deadLetters: z.int(),
  /** Null while the Redis of the jobs does not answer. */
  jobs: jobsView.nullable(),
  /** Who leads which line, until when unless it says so again. */
  leaders: z.array(z.strictObject({ saleId, name: z.string(), holder: z.string(), until: timestamp })),
  recommendations: z.array(
    z.strictObject({ process: z.string(), more: z.int(), urgent: z.boolean(), why: z.string() }),
  ),
});
export type SystemView = z.infer<typeof systemView>;

const LETTERS_MAX = 200;
const deadLetter = z.strictObject({
  messageId: z.string(),
  reason: z.string().nullable(),
  origin: z.string().nullable(),
  /** What of the command could be read. */
  type: z.string().nullable(),
  bookingId: z.string().nullable(),
  performanceId: z.string().nullable(),
  acceptedAt: z.string().nullable(),
});
export type DeadLetterView = z.infer<typeof deadLetter>;

const staff = { app: 'console-api', credential: 'staff' } as const;
const everywhere = ['unauthenticated', 'forbidden'] as const;
const opsErrors = [...everywhere, 'not_found'] as const;

export const staffOpsRoutes = {
  getSaleHistory: defineRoute({
    ...staff,
    id: 'getSaleHistory',
    method: 'get',
    path: '/api/v1/ops/sales/{saleId}/history',
    summary: 'How the sale went in the last hour, in samples of some seconds; only those later than `after`.',
    params: z.strictObject({ saleId }),
    query: z.strictObject({ after: timestamp.optional() }),
    replies: { 200: saleHistory },
    errors: opsErrors,
  }),
  watchSales: defineRoute({
    ...staff,
    id: 'watchSales',
    method: 'get',
    path: '/api/v1/ops/sales',
    summary: 'Every sale that is not over, at a glance.',
    replies: { 200: z.strictObject({ sales: z.array(saleAtAGlance) }) },
    errors: everywhere,
  }),
  watchSystem: defineRoute({
    ...staff,
    id: 'watchSystem',
    method: 'get',
    path: '/api/v1/ops/queues',
    summary: 'Command queues, jobs, who holds which lock, and what should run more of.',
    replies: { 200: systemView },
    errors: everywhere,
  }),
  listDeadLetters: defineRoute({
    ...staff,
    id: 'listDeadLetters',
    method: 'get',
    path: '/api/v1/ops/dead-letters',
    summary: 'Commands that were given up, oldest first, with their reasons.',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(LETTERS_MAX).optional() }),
    replies: { 200: z.strictObject({ letters: z.array(deadLetter) }) },
    errors: [...everywhere, 'unavailable'],
  }),
  replayDeadLetters: defineRoute({
    ...staff,
    id: 'replayDeadLetters',
    method: 'post',
    path: '/api/v1/ops/dead-letters/replay',
    summary: 'Send the oldest dead letters back to their partitions, once their cause is mended.',
    body: z.strictObject({ count: z.int().min(1).max(LETTERS_MAX) }),
    replies: { 200: z.strictObject({ replayed: z.int() }) },
    errors: [...everywhere, 'csrf_rejected', 'unavailable'],
  }),
} as const;
