// A sale to be measured: standing room, or a hall of the size that is asked for.
import {
  connectMongo,
  draws,
  type Mongo,
  performances,
  prepareDatabase,
  sales,
  seatingPlans,
} from '@onsale/booking-mongo';
import type { CategoryId, EventId, PerformanceId, PhaseId, PlanId, SaleId, SeatId } from '@onsale/domain';

export type BenchSale = {
  readonly saleId: SaleId;
  readonly performanceId: PerformanceId;
  readonly categoryId: CategoryId;
};

const CATEGORY = 'any' as CategoryId;
const PHASE = 'general' as PhaseId;
const SEATS_OF_ROW = 40;
const ROWS_OF_SECTION = 25;
const DAY_MS = 86_400_000;
let made = 0;

export async function openBench(uri: string): Promise<Mongo> {
  const mongo = await connectMongo(uri);
  await prepareDatabase(mongo);
  return mongo;
}

export async function benchSale(
  mongo: Mongo,
  { kind, capacity }: { readonly kind: 'general' | 'reserved'; readonly capacity: number },
): Promise<BenchSale> {
  made += 1;
  const name = `bench-${made}`;
  const [saleId, performanceId, planId] = [name as SaleId, name as PerformanceId, name as PlanId];
  const eventId = name as EventId;
  const now = Date.now();
  const price = { amount: 5000, currency: 'EUR' };
  if (kind === 'reserved') await insertPlan(mongo, planId, capacity);
  await performances(mongo).create({
    _id: performanceId,
    eventId,
    saleId,
    name,
    startsAt: new Date(now + DAY_MS),
    planId: kind === 'reserved' ? planId : null,
    categories: [{ id: CATEGORY, name: 'Any', kind, price, color: '#333333', capacity }],
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
        id: PHASE,
        kind: 'general',
        prequeueOpensAt: new Date(now - DAY_MS),
        opensAt: new Date(now - DAY_MS),
        closesAt: new Date(now + DAY_MS),
        needsCode: false,
      },
    ],
    limits: { seatsPerBooking: 10, seatsPerFan: 10 },
    holdSeconds: 3600,
    callWindowSeconds: 60,
    passSeconds: 600,
    admission: {
      mode: 'manual',
      ratePerMinute: 0,
      maxActive: 0,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    },
    admissionVersion: 1,
    paused: false,
    draining: false,
    soldOut: false,
    closedByStaff: false,
    createdAt: new Date(now),
  });
  await draws(mongo).create({
    _id: `${saleId}:${PHASE}`,
    saleId,
    phaseId: PHASE,
    rule: 'none',
    commitment: '00',
    secret: '00',
    salt: '00',
    revealedAt: new Date(now),
  } as never);
  return { saleId, performanceId, categoryId: CATEGORY };
}

async function insertPlan(mongo: Mongo, planId: PlanId, capacity: number): Promise<void> {
  const plan = { _id: planId, name: 'bench', createdAt: new Date(), ...benchPlan(capacity) };
  await seatingPlans(mongo).collection.insertOne(plan as never);
}

/** Sections of 25 rows of 40 seats. */
export function benchPlan(capacity: number) {
  const rows = Math.ceil(capacity / SEATS_OF_ROW);
  const row = (r: number) => ({
    id: `r${r}`,
    label: `row ${r}`,
    seats: Array.from({ length: SEATS_OF_ROW }, (_, i) => ({
      id: `r${r}s${i}` as SeatId,
      label: `seat ${i}`,
      x: i,
      y: r + 1,
      categoryId: CATEGORY,
    })),
  });
  return {
    width: SEATS_OF_ROW,
    height: rows,
    focus: { x: SEATS_OF_ROW / 2, y: 0 },
    sections: Array.from({ length: Math.ceil(rows / ROWS_OF_SECTION) }, (_, s) => ({
      id: `s${s}`,
      name: `Section ${s}`,
      rows: Array.from({ length: Math.min(ROWS_OF_SECTION, rows - s * ROWS_OF_SECTION) }, (_, r) =>
        row(s * ROWS_OF_SECTION + r),
      ),
    })),
  };
}
