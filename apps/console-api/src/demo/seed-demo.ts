// The demo: one evening in Sibelius Hall with numbered seats, one in its foyer without, and one sale of both whose
// pre-queue is open already. Made by the same use cases an organizer's requests go through.
import { hasEvents, type Mongo } from '@onsale/booking-mongo';
import type { CategoryId, SaleId } from '@onsale/domain';
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

/** Makes the demo when the database holds no event; null when it does, or when another process is making it. */
export async function seedDemo(
  { mongo, clock }: { readonly mongo: Mongo; readonly clock: Clock },
  { scheduledSeconds, prequeueSeconds }: { readonly scheduledSeconds: number; readonly prequeueSeconds: number },
): Promise<SaleId | null> {
  if (await hasEvents(mongo)) return null;
  const deps = { mongo };
  const at = new Date(clock.now());
  const actor = { staffId: null, address: 'demo', at };
  const after = (ms: number) => new Date(at.getTime() + ms).toISOString();
  const eventId = await createEvent(deps, { event: demoEvent, actor }).catch(nullIfTaken);
  if (eventId === null) return null;
  const planId = await createPlan(deps, { name: 'Sibelius Hall', plan: withAccessiblePlaces(sibeliusHall()), actor });
  const concert = await createPerformance(deps, {
    input: { eventId, planId, name: 'Symphony evening', startsAt: after(60 * DAY_MS), categories: concertCategories },
    actor,
  });
  const foyer = await createPerformance(deps, {
    input: {
      eventId,
      planId: null,
      name: 'Late night in the foyer',
      startsAt: after(61 * DAY_MS),
      categories: foyerCategories,
    },
    actor,
  });
  const sale = await createSale(deps, {
    input: {
      ...saleTerms,
      eventId,
      performanceIds: [concert.id, foyer.id],
      phases: [
        {
          kind: 'general',
          needsCode: false,
          prequeueOpensAt: after(scheduledSeconds * 1000),
          opensAt: after((scheduledSeconds + prequeueSeconds) * 1000),
          closesAt: after(14 * DAY_MS),
        },
      ],
    },
    actor,
  });
  return sale.id;
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
  venue: { name: 'Sibelius Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' },
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
