// A small catalogue for tests: one open sale with one performance of numbered seats and standing room.
import type { CategoryId, EventId, PerformanceId, PhaseId, PlanId, SaleId, SeatId } from '@onsale/domain';
import { performances } from '../catalogue/performances.ts';
import { sales } from '../catalogue/sales.ts';
import { seatingPlans } from '../catalogue/seating-plans.ts';
import type { Mongo } from '../connect-mongo.ts';
import { draws } from '../line/draws.ts';

export const STALLS = 'stalls' as CategoryId;
export const STANDING = 'standing' as CategoryId;

export type TestSale = { readonly saleId: SaleId; readonly performanceId: PerformanceId };

const HOUR_MS = 3_600_000;
const EUR = (amount: number) => ({ amount, currency: 'EUR' });

/** `name` keeps several sales of one database apart. Times are by this machine's clock, an hour to both sides of now. */
export async function insertTestSale(
  mongo: Mongo,
  {
    name = 'test',
    rows = [10, 10],
    standing = 20,
    seatsPerFan = 8,
    holdSeconds = 600,
  }: {
    readonly name?: string;
    readonly rows?: readonly number[];
    readonly standing?: number;
    readonly seatsPerFan?: number;
    readonly holdSeconds?: number;
  } = {},
): Promise<TestSale> {
  const saleId = `sale-${name}` as SaleId;
  const performanceId = `perf-${name}` as PerformanceId;
  const planId = `plan-${name}` as PlanId;
  const phaseId = 'general' as PhaseId;
  const eventId = `event-${name}` as EventId;
  const now = Date.now();
  await seatingPlans(mongo).create(planOf(planId, rows));
  await performances(mongo).create({
    _id: performanceId,
    eventId,
    saleId,
    name,
    startsAt: new Date(now + 100 * HOUR_MS),
    planId,
    categories: [
      {
        id: STALLS,
        name: 'Stalls',
        kind: 'reserved',
        price: EUR(4500),
        color: '#335577',
        capacity: rows.reduce((sum, length) => sum + length, 0),
      },
      { id: STANDING, name: 'Standing', kind: 'general', price: EUR(2500), color: '#775533', capacity: standing },
    ],
    version: 1,
  });
  await sales(mongo).create({
    _id: saleId,
    eventId,
    name,
    currency: 'EUR',
    performanceIds: [performanceId],
    phases: [
      {
        id: phaseId,
        kind: 'general',
        prequeueOpensAt: new Date(now - 2 * HOUR_MS),
        opensAt: new Date(now - HOUR_MS),
        closesAt: new Date(now + HOUR_MS),
        needsCode: false,
      },
    ],
    limits: { seatsPerBooking: 6, seatsPerFan },
    holdSeconds,
    callWindowSeconds: 120,
    passSeconds: 900,
    admission: {
      mode: 'automatic',
      ratePerMinute: 600,
      maxActive: 100,
      floor: 0,
      ceiling: 600,
      noShowCompensation: true,
      stockAware: true,
      autoSlow: true,
    },
    admissionVersion: 1,
    paused: false,
    draining: false,
    soldOut: false,
    closedByStaff: false,
    createdAt: new Date(now),
  });
  await draws(mongo).create({
    _id: `${saleId}:${phaseId}`,
    saleId,
    phaseId,
    rule: 'test',
    commitment: '00',
    secret: '00',
    salt: '00',
    revealedAt: new Date(now - HOUR_MS),
  });
  return { saleId, performanceId };
}

/** Rows A, B, C … with seats A1, A2 …; the stage before row A. */
function planOf(planId: PlanId, rows: readonly number[]) {
  return {
    _id: planId,
    name: 'test hall',
    width: Math.max(...rows) + 1,
    height: rows.length + 1,
    focus: { x: (Math.max(...rows) + 1) / 2, y: 0 },
    sections: [
      {
        id: 'main',
        name: 'Stalls',
        rows: rows.map((length, r) => ({
          id: `r${r}`,
          label: `row ${rowName(r)}`,
          seats: Array.from({ length }, (_, i) => ({
            id: `${rowName(r)}${i + 1}` as SeatId,
            label: `seat ${i + 1}`,
            x: i + 1,
            y: r + 1,
            categoryId: STALLS,
          })),
        })),
      },
    ],
    createdAt: new Date(),
  };
}

/** A … Z, then R26-, R27- … for large halls. */
function rowName(r: number): string {
  return r < 26 ? String.fromCharCode(65 + r) : `R${r}-`;
}
