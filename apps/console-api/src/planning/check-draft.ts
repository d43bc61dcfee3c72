// The checklist of a draft as of now: what is missing, and, once nothing is, every check with what it found.
import { findEvent, findPerformance, findSeatingPlan, type Mongo } from '@onsale/booking-mongo';
import { type NewSale, newSale, type SaleDraftBody, type SaleDraftView } from '@onsale/contracts';
import {
  isGreen,
  type OffsetAt,
  type PerformanceId,
  type PlannedPerformance,
  saleChecklist,
  saleChecks,
} from '@onsale/domain';

export type DraftCheck = Pick<SaleDraftView, 'missing' | 'checklist' | 'isGreen'> & {
  /** What the draft becomes; null while something is missing. */
  readonly sale: NewSale | null;
};

export async function checkDraft(mongo: Mongo, plan: SaleDraftBody, now: number): Promise<DraftCheck> {
  const { codeSets, allocations, ...ofSale } = plan;
  const parsed = newSale.safeParse(ofSale);
  const event = await findEvent(mongo, plan.eventId);
  const missing = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
  if (event === null) missing.push('eventId');
  const performances = (await Promise.all(plan.performanceIds.map((id) => planned(mongo, id, plan.eventId)))).flat();
  plan.performanceIds.forEach((id, i) => {
    if (!performances.some((one) => one.id === id)) missing.push(`performanceIds.${i}`);
  });
  if (!parsed.success || event === null || missing.length > 0) {
    return { missing: [...new Set(missing)], checklist: [], isGreen: false, sale: null };
  }
  const entries = saleChecklist(
    {
      ...parsed.data,
      identity: parsed.data.identity ?? 'anonymous',
      phases: parsed.data.phases.map(({ prequeueOpensAt, opensAt, closesAt, ...phase }) => ({
        ...phase,
        prequeueOpensAt: Date.parse(prequeueOpensAt),
        opensAt: Date.parse(opensAt),
        closesAt: Date.parse(closesAt),
      })),
      codeSets,
      allocations: allocations.map(({ performanceId, items, audience }) => ({
        ...{ performanceId, items },
        audience: audience === null || audience.kind !== 'channel' ? audience : { kind: 'channel' as const, index: 0 },
      })),
    },
    { performances, offsetAt: offsetIn(event.venue.timeZone), now },
  );
  const checklist = entries.map(({ check, state, findings }) => ({
    ...{ check, title: saleChecks[check], state },
    findings: [...findings],
  }));
  return { missing: [], checklist, isGreen: isGreen(entries), sale: parsed.data };
}

async function planned(mongo: Mongo, id: PerformanceId, eventId: string): Promise<readonly PlannedPerformance[]> {
  const performance = await findPerformance(mongo, id);
  if (performance === null) return [];
  const { saleId, startsAt, cancelledAt, categories, planId } = performance;
  const plan = planId === null ? null : await findSeatingPlan(mongo, planId);
  const seats = (plan?.sections ?? []).flatMap(({ rows }) => rows.flatMap((row) => row.seats));
  return [
    {
      ...{ id, belongsToEvent: performance.eventId === eventId, saleId, startsAt: startsAt.getTime(), categories },
      isCancelled: cancelledAt != null,
      seats: new Map(seats.map((seat) => [seat.id, seat.categoryId])),
    },
  ];
}

/** Minutes ahead of UTC, by the time zone database of the runtime. */
function offsetIn(timeZone: string): OffsetAt {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}
