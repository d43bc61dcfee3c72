// The crowd's own organizer: signs in and makes the event, the performance and the sale of the run.

import type { RouteDescription } from '@onsale/contracts';
import { CSRF_HEADER, type NewSale, type SeatingPlan, STAFF_COOKIE, staffRoutes } from '@onsale/contracts';
import type { CategoryId, EventId, PerformanceId, PlanId, SaleId } from '@onsale/domain';
import { sibeliusHall } from '@onsale/venues';
import type { Profile, SaleTerms } from '../profiles.ts';
import type { ApiClient, Call, Reply } from './api-client.ts';
import { arenaPlan } from './arena-plan.ts';

export type SaleOfRun = { readonly saleId: SaleId; readonly performanceIds: readonly PerformanceId[] };

export async function makeSale(
  api: ApiClient,
  {
    admin,
    profile,
    terms,
    label,
  }: {
    readonly admin: { readonly email: string; readonly password: string };
    readonly profile: Profile;
    readonly terms: SaleTerms;
    readonly label: string;
  },
): Promise<SaleOfRun> {
  const staff = await signIn(api, admin);
  const event = await staff(staffRoutes.createEvent, {
    slug: label,
    title: `Rehearsal ${label}`,
    description: 'Made by npm run crowd.',
    venue: { name: 'Rehearsal hall', city: 'Lahti', timeZone: 'Europe/Helsinki' },
  });
  const eventId = event.id as EventId;
  const plan = planOf(profile);
  const planId = plan === null ? null : ((await staff(staffRoutes.createPlan, { name: label, plan })).id as PlanId);
  const performance = await staff(staffRoutes.createPerformance, {
    eventId,
    name: 'Rehearsal',
    startsAt: new Date(Date.now() + 30 * 24 * 3600_000).toISOString(),
    planId,
    categories: categoriesOf(profile, plan),
  });
  const sale = await staff(staffRoutes.createSale, saleBody(eventId, performance.id, terms));
  return { saleId: sale.id, performanceIds: sale.performanceIds };
}

type Ask = <Route extends RouteDescription>(
  route: Route,
  body: unknown,
) => Promise<NonNullable<Extract<Reply<Route>, { kind: 'ok' }>['body']>>;

type Admin = { readonly email: string; readonly password: string };

/** What every request of a signed-in member carries. */
export async function staffHeaders(api: ApiClient, admin: Admin): Promise<Readonly<Record<string, string>>> {
  const reply = await api.call(staffRoutes.signIn, { body: admin });
  if (reply.kind !== 'ok') throw new Error(`cannot sign in as ${admin.email}`);
  const cookie = new RegExp(`${STAFF_COOKIE}=[^;]+`).exec(String(reply.headers['set-cookie']))?.[0] ?? '';
  return { cookie, [CSRF_HEADER]: reply.body.csrfToken };
}

async function signIn(api: ApiClient, admin: Admin): Promise<Ask> {
  const headers = await staffHeaders(api, admin);
  return async (route, body) => {
    const call: Call = { headers, body };
    const answer = await api.call(route, call);
    if (answer.kind !== 'ok' || answer.body === null || answer.body === undefined)
      throw new Error(`${route.id} was refused: ${JSON.stringify(answer)}`);
    return answer.body;
  };
}

function planOf({ hall }: Profile): SeatingPlan | null {
  if (hall === 'none') return null;
  return hall === 'arena' ? arenaPlan() : sibeliusHall();
}

function categoriesOf({ generalAdmission }: Profile, plan: SeatingPlan | null) {
  const seats = plan?.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats)) ?? [];
  const reserved = [...new Set(seats.map(({ categoryId }) => categoryId))].map((id, i) => ({
    id,
    name: id,
    kind: 'reserved' as const,
    price: { amount: 9000 - i * 2000, currency: 'EUR' },
    color: '#2a6f97',
  }));
  const general = {
    id: 'standing' as CategoryId,
    name: 'Standing',
    kind: 'general' as const,
    price: { amount: 2500, currency: 'EUR' },
    color: '#8a4fa3',
    capacity: generalAdmission,
  };
  return generalAdmission > 0 ? [...reserved, general] : reserved;
}

function saleBody(eventId: EventId, performanceId: PerformanceId, terms: SaleTerms): NewSale {
  const now = Date.now();
  const after = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  return {
    eventId,
    name: 'Rehearsal sale',
    performanceIds: [performanceId],
    currency: 'EUR',
    phases: [
      {
        kind: 'general',
        needsCode: false,
        prequeueOpensAt: after(0),
        opensAt: after(terms.prequeueSeconds),
        closesAt: after(6 * 3600),
      },
    ],
    limits: { seatsPerBooking: 4, seatsPerFan: 4 },
    holdSeconds: terms.holdSeconds,
    callWindowSeconds: terms.callWindowSeconds,
    passSeconds: terms.passSeconds,
    admission: {
      mode: 'automatic',
      ratePerMinute: terms.ratePerMinute,
      maxActive: terms.maxActive,
      floor: 60,
      ceiling: 0,
      noShowCompensation: true,
      stockAware: true,
      autoSlow: true,
    },
  };
}
