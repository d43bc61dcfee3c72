// A sale as an organizer sends it: timetable, limits, admission.
import { z } from 'zod';
import { currency, eventId, performanceId } from '../scalars.ts';
import { salePhaseWindow } from './fan.ts';
import { roomSettings } from './staff-doors.ts';
import { saleLimits } from './stock.ts';

export const admissionSettings = z.strictObject({
  mode: z.enum(['automatic', 'manual']),
  ratePerMinute: z.number().min(0).max(600_000),
  maxActive: z.int().min(0).max(1_000_000),
  floor: z.number().min(0),
  ceiling: z.number().min(0),
  noShowCompensation: z.boolean(),
  stockAware: z.boolean(),
  autoSlow: z.boolean(),
  /** For autoSlow: how long a booking may take, from the accepted request to its outcome; 1000 where it is not set. */
  delayTargetMs: z.int().min(100).max(60_000).optional(),
});
export type AdmissionSettings = z.infer<typeof admissionSettings>;
/** A public draw whose result, made after the roster is frozen, goes into the seed. */
export const publicDraw = z.strictObject({
  /** What, where and when, so that everybody finds the same result: it is shown before the pre-queue opens. */
  source: z.string().trim().min(1).max(300),
  /** How long after the freeze the result is waited for; then the draw is held without it, and says so. */
  waitSeconds: z.int().min(30).max(86_400),
});
export const newSale = z.strictObject({
  eventId,
  name: z.string().trim().min(1).max(160),
  performanceIds: z.array(performanceId).min(1).max(50),
  currency,
  phases: z
    .array(salePhaseWindow.omit({ id: true }).extend({ publicDraw: publicDraw.optional() }))
    .min(1)
    .max(10),
  limits: saleLimits,
  holdSeconds: z.int().min(5).max(3600),
  /** From the beginning of a hold to its latest end, extensions included; left out, twice a hold. */
  holdMaxSeconds: z.int().min(5).max(7200).optional(),
  callWindowSeconds: z.int().min(5).max(3600),
  passSeconds: z.int().min(30).max(14_400),
  admission: admissionSettings,
  /** Left out: everybody goes through the waiting room. */
  room: roomSettings.optional(),
  /** Left out: anonymous. `code` needs a code in every phase. */
  identity: z.enum(['anonymous', 'email', 'account', 'code']).optional(),
});
export type NewSale = z.infer<typeof newSale>;
