// A draft as it begins: usual values that an organizer changes, and nothing that is on sale already.
import type { EventView, SaleDraftBody } from '@onsale/contracts';

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;

export function freePerformances({ performances, sales }: Pick<EventView, 'performances' | 'sales'>) {
  const sold = new Set(sales.flatMap(({ performanceIds }) => performanceIds));
  return performances.filter(({ id }) => !sold.has(id));
}

export function newPlan(event: EventView, now: number): SaleDraftBody {
  const free = freePerformances(event);
  const first = Math.min(...free.map(({ startsAt }) => Date.parse(startsAt)));
  return {
    eventId: event.id,
    name: 'General sale',
    performanceIds: free.map(({ id }) => id),
    currency: free[0]?.prices[0]?.currency ?? 'EUR',
    phases: [newPhase(now + 7 * DAY_MS, first)],
    limits: { seatsPerBooking: 4, seatsPerFan: 8 },
    holdSeconds: 600,
    callWindowSeconds: 300,
    passSeconds: 1_200,
    admission: {
      mode: 'automatic',
      ratePerMinute: 60,
      maxActive: 200,
      floor: 10,
      ceiling: 600,
      noShowCompensation: true,
      stockAware: true,
      autoSlow: true,
    },
    codeSets: [],
    allocations: [],
  };
}

type Phase = SaleDraftBody['phases'][number];

/** On a full hour; the pre-queue an hour before, the closing as late as the first performance allows. */
export function newPhase(around: number, latest: number): Phase {
  const opensAt = Math.ceil(around / HOUR_MS) * HOUR_MS;
  const closesAt = Math.max(opensAt + HOUR_MS, Math.min(opensAt + 30 * DAY_MS, latest - HOUR_MS));
  return {
    kind: 'general',
    needsCode: false,
    prequeueOpensAt: timestamp(opensAt - HOUR_MS),
    opensAt: timestamp(opensAt),
    closesAt: timestamp(closesAt),
  };
}

const timestamp = (at: number) => new Date(at).toISOString();

/** So many codes for a phase, in one set; 0 takes the set away. */
export function withCodes(plan: SaleDraftBody, phase: number, count: number): SaleDraftBody['codeSets'] {
  const others = plan.codeSets.filter(({ phases }) => !(phases.length === 1 && phases[0] === phase));
  if (!(count >= 1)) return others;
  const known = plan.codeSets.find(({ phases }) => phases.length === 1 && phases[0] === phase);
  const set = known ?? { name: `Phase ${phase + 1}`, usesMax: 1, phases: [phase], count };
  return [...others, { ...set, count }];
}

export function codesOf(plan: SaleDraftBody, phase: number): number {
  return plan.codeSets.find(({ phases }) => phases.length === 1 && phases[0] === phase)?.count ?? 0;
}

/** A phase goes, and what was for it alone; later phases move up by one. */
export function withoutPhase(plan: SaleDraftBody, gone: number): SaleDraftBody {
  const moved = (index: number) => (index > gone ? index - 1 : index);
  const codeSets = plan.codeSets
    .filter(({ phases }) => phases.length === 0 || phases.some((index) => index !== gone))
    .map((set) => ({ ...set, phases: set.phases.filter((index) => index !== gone).map(moved) }));
  return { ...plan, codeSets, phases: plan.phases.filter((_, index) => index !== gone) };
}
