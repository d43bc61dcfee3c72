// Staff routes by which an operator watches the whole: how a sale went in the last hour.
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
  /** Requests of all fans that our processes failed to answer since the sample before; null where nobody tells. */
  failures: z.int().nullable(),
});
export type SaleSample = z.infer<typeof saleSample>;

const saleHistory = z.strictObject({
  everySeconds: z.number(),
  /** Oldest first. */
  samples: z.array(saleSample),
});
export type SaleHistory = z.infer<typeof saleHistory>;

const staff = { app: 'console-api', credential: 'staff' } as const;
const opsErrors = ['unauthenticated', 'forbidden', 'not_found'] as const;

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
} as const;
