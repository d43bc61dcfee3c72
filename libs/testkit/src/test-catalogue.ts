// A small catalogue for tests: one open sale with one performance of numbered seats and standing room.
import type { CategoryId, PerformanceId, PlanId, SaleId, SeatId } from '@onsale/domain';
import type { Db } from 'mongodb';

/** The categories of every test sale. */
export const STALLS = 'stalls' as CategoryId;
export const STANDING = 'standing' as CategoryId;

export type TestSale = { readonly saleId: SaleId; readonly performanceId: PerformanceId };

/** As it lies in the database; the shapes are those of the catalogue. */
type Stored = { _id: string; [field: string]: unknown };

const PHASE = 'general';
const HOUR_MS = 3_600_000;
const EUR = (amount: number) => ({ amount, currency: 'EUR' });

/** `name` keeps several sales of one database apart. Times are by this machine's clock, an hour to both sides of now. */
export async function insertTestSale(
  db: Db,
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
  const eventId = `event-${name}`;
  const now = Date.now();
  await db.collection<Stored>('seatingPlans').insertOne(planOf(planId, rows));
  await db.collection<Stored>('performances').insertOne({
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
  await db
    .collection<Stored>('sales')
    .insertOne(saleOf({ saleId, eventId, performanceId, name, seatsPerFan, holdSeconds }));
  await db.collection<Stored>('draws').insertOne({
    _id: `${saleId}:${PHASE}`,
    saleId,
    phaseId: PHASE,
    rule: 'test',
    commitment: '00',
    secret: '00',
    salt: '00',
    revealedAt: new Date(now - HOUR_MS),
  });
  return { saleId, performanceId };
}

function saleOf({
  saleId,
  eventId,
  performanceId,
  name,
  seatsPerFan,
  holdSeconds,
}: {
  readonly saleId: SaleId;
  readonly eventId: string;
  readonly performanceId: PerformanceId;
  readonly name: string;
  readonly seatsPerFan: number;
  readonly holdSeconds: number;
}): Stored {
  const now = Date.now();
  return {
    _id: saleId,
    eventId,
    name,
    currency: 'EUR',
    performanceIds: [performanceId],
    phases: [
      {
        id: PHASE,
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
    notice: null,
    manualCall: null,
    createdAt: new Date(now),
  };
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
