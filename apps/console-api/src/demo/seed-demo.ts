// The demo: one evening in Sibelius Hall with numbered seats, one in its foyer without, and one sale of both whose
// pre-queue is open already. Made by the same use cases an organizer's requests go through.
import { setTimeout as pause } from 'node:timers/promises';
import {
  type Actor,
  events,
  hasEvents,
  type Mongo,
  performances,
  sales,
  seatingPlans,
  takeMaking,
} from '@onsale/booking-mongo';
import type { CategoryId, EventId, SaleId } from '@onsale/domain';
import { type Clock, ProblemError } from '@onsale/runtime';
import { sibeliusHall } from '@onsale/venues';
import { createEvent } from '../organizer/create-event.ts';
import { createPerformance } from '../organizer/create-performance.ts';
import { createPlan } from '../organizer/create-plan.ts';
import { createSale } from '../organizer/create-sale.ts';
import { withAccessiblePlaces } from './accessible-places.ts';

const DAY_MS = 24 * 3600_000;
const STANDING_TICKETS = 500;

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const category = (
  id: string,
  name: string,
  { amount, fee, color }: { readonly amount: number; readonly fee: number; readonly color: string },
) => ({
  id: id as CategoryId,
  name,
  kind: 'reserved' as const,
  price: eur(amount),
  fee,
  color,
});

type SeedDeps = { readonly mongo: Mongo; readonly clock: Clock };
type DemoTimes = { readonly scheduledSeconds: number; readonly prequeueSeconds: number };

const HALL = 'Sibelius Hall';
/** Far longer than the making takes; one that died over it keeps it from the others for so long. */
const MAKING_MS = 30_000;
const LOOK_MS = 500;

/**
 * Makes the demo when the database holds no other event, and what is missing of it when a process died over it. Null when
 * it is there already. Of several processes one makes it; the others wait until it is made, or take over from the dead.
 */
export async function seedDemo(deps: SeedDeps, times: DemoTimes): Promise<SaleId | null> {
  const { mongo, clock } = deps;
  const at = new Date(clock.now());
  const actor = { staffId: null, address: 'demo', at };
  const begun = performance.now();
  for (;;) {
    const demo = await findDemo(mongo);
    if (demo === null && (await hasEvents(mongo))) return null;
    if (demo === null) await createEvent({ mongo }, { event: demoEvent, actor }).catch(nullIfTaken);
    else if (await sales(mongo).exists({ eventId: demo._id })) return null;
    const now = new Date(at.getTime() + performance.now() - begun);
    const eventId = await takeMaking(mongo, { slug: demoEvent.slug, now, forMs: MAKING_MS });
    if (eventId !== null) return makeRest(mongo, { eventId, actor, times });
    await pause(LOOK_MS);
  }
}

const findDemo = (mongo: Mongo) => events(mongo).findOne({ slug: demoEvent.slug }).lean();

/** Each thing is looked for first: whoever died may have made some of them. */
async function makeRest(
  mongo: Mongo,
  { eventId, actor, times }: { readonly eventId: EventId; readonly actor: Actor; readonly times: DemoTimes },
): Promise<SaleId> {
  const deps = { mongo };
  const after = (ms: number) => new Date(actor.at.getTime() + ms).toISOString();
  const performance = async (input: Omit<Parameters<typeof createPerformance>[1]['input'], 'eventId'>) => {
    const made = await performances(mongo).findOne({ eventId, name: input.name }).lean();
    return made?._id ?? (await createPerformance(deps, { input: { ...input, eventId }, actor })).id;
  };
  const hall = await seatingPlans(mongo).findOne({ name: HALL }, { _id: 1 }).lean();
  const planId =
    hall?._id ?? (await createPlan(deps, { name: HALL, plan: withAccessiblePlaces(sibeliusHall()), actor }));
  const concert = await performance({
    planId,
    name: 'Symphony evening',
    startsAt: after(60 * DAY_MS),
    categories: concertCategories,
  });
  const foyer = await performance({
    planId: null,
    name: 'Late night in the foyer',
    startsAt: after(61 * DAY_MS),
    categories: foyerCategories,
  });
  const phase = {
    kind: 'general' as const,
    needsCode: false,
    prequeueOpensAt: after(times.scheduledSeconds * 1000),
    opensAt: after((times.scheduledSeconds + times.prequeueSeconds) * 1000),
    closesAt: after(14 * DAY_MS),
  };
  const input = { ...saleTerms, eventId, performanceIds: [concert, foyer], phases: [phase] };
  return (await createSale(deps, { input, actor })).id;
}

/** The slug is unique: of two processes that start together one makes the demo. */
function nullIfTaken(error: unknown): null {
  if (error instanceof ProblemError && error.code === 'conflict') return null;
  throw error;
}

const demoEvent = {
  slug: 'winter-light',
  title: 'Winter Light: a symphony by the lake',
  description:
    'An evening of Nordic music in the wooden hall of Lahti, and a late night in its foyer. ' +
    'This is a demonstration: nothing is sold, no money moves.',
  venue: { name: HALL, city: 'Lahti', timeZone: 'Europe/Helsinki' },
};

const concertCategories = [
  category('premium', 'Premium', { amount: 8900, fee: 400, color: '#b8860b' }),
  category('standard', 'Standard', { amount: 6200, fee: 300, color: '#2a6f97' }),
  category('value', 'Value', { amount: 3900, fee: 200, color: '#4f7f3a' }),
];

const foyerCategories = [
  {
    id: 'standing' as CategoryId,
    name: 'Standing',
    kind: 'general' as const,
    price: eur(2500),
    fee: 150,
    color: '#8a4fa3',
    capacity: STANDING_TICKETS,
  },
];

const saleTerms = {
  name: 'General sale',
  currency: 'EUR',
  limits: { seatsPerBooking: 4, seatsPerFan: 8 },
  holdSeconds: 300,
  callWindowSeconds: 180,
  passSeconds: 900,
  admission: {
    mode: 'automatic' as const,
    ratePerMinute: 600,
    maxActive: 200,
    floor: 30,
    ceiling: 1200,
    noShowCompensation: true,
    stockAware: true,
    autoSlow: true,
  },
};
