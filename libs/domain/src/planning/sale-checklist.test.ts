// Each mistake of a planned sale turns exactly its own check red or yellow; a sound plan is green.
import {
  isGreen,
  type PlannedPerformance,
  type PlannedSale,
  type SaleCheck,
  type SaleSurroundings,
  saleChecklist,
} from './sale-checklist.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2027-03-01T12:00:00Z');

/** Of a zone whose clock is put forward on 28 March and back on 31 October 2027, at 1:00 UTC, as in Helsinki. */
const offsetAt = (at: number) =>
  at >= Date.parse('2027-03-28T01:00:00Z') && at < Date.parse('2027-10-31T01:00:00Z') ? 180 : 120;

const performance: PlannedPerformance = {
  ...{ id: 'p', belongsToEvent: true, saleId: null, isCancelled: false },
  startsAt: NOW + 300 * DAY,
  categories: [
    { id: 'stalls', capacity: 2, price: { amount: 500, currency: 'EUR' } },
    { id: 'standing', capacity: 100, price: { amount: 300, currency: 'EUR' } },
  ],
  seats: new Map([
    ['1', 'stalls'],
    ['2', 'stalls'],
  ]),
};
const surroundings: SaleSurroundings = { performances: [performance], offsetAt, now: NOW };
const phase = (kind: 'presale' | 'general', from: number) => ({
  ...{ kind, needsCode: kind === 'presale' },
  ...{ prequeueOpensAt: NOW + from, opensAt: NOW + from + HOUR, closesAt: NOW + from + DAY },
});
const sale: PlannedSale = {
  currency: 'EUR',
  phases: [phase('presale', DAY), phase('general', 2 * DAY)],
  limits: { seatsPerBooking: 4, seatsPerFan: 8 },
  ...{ holdSeconds: 600, callWindowSeconds: 300, passSeconds: 1_200, identity: 'anonymous' },
  admission: { ratePerMinute: 60, maxActive: 100, floor: 10, ceiling: 600 },
  codeSets: [{ count: 200, usesMax: 1, phases: [0] }],
  allocations: [
    { performanceId: 'p', items: [{ seatIds: ['1'] }], audience: { kind: 'phase', index: 0 } },
    { performanceId: 'p', items: [{ categoryId: 'standing', quantity: 20 }], audience: { kind: 'code_set', index: 0 } },
  ],
};

test('a sound plan is green in every check', () => {
  const checklist = saleChecklist(sale, surroundings);
  expect(checklist.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect(isGreen(checklist)).toBe(true);
});

const [presale, general] = [phase('presale', DAY), phase('general', 2 * DAY)];
const phases = (first: object, second: object = {}) => ({
  phases: [
    { ...presale, ...first },
    { ...general, ...second },
  ],
});
const at = (text: string) => Date.parse(text);
const night = { prequeueOpensAt: at('2027-10-30T22:00:00Z'), closesAt: at('2027-10-31T20:00:00Z') };
const keeps = (items: PlannedSale['allocations'][number]['items'], index = 0) => ({
  allocations: [{ performanceId: 'p', items, audience: { kind: 'phase' as const, index } }],
});
const sells = (change: Partial<PlannedPerformance>) => ({ performances: [{ ...performance, ...change }] });

type Mistake = [string, SaleCheck, 'fault' | 'warning', string, Partial<PlannedSale>, Partial<SaleSurroundings>?];
const mistakes: readonly Mistake[] = [
  ['phases that overlap', 'phases', 'fault', 'phases.0.closesAt', phases({ closesAt: general.opensAt + 1 })],
  [
    'an opening before its pre-queue',
    'phases',
    'fault',
    'phases.0.opensAt',
    phases({ prequeueOpensAt: presale.opensAt + HOUR }),
  ],
  ['an opening in the past', 'phases', 'fault', 'phases.0.opensAt', {}, { now: presale.opensAt }],
  ['no phase', 'phases', 'fault', 'phases', { phases: [], codeSets: [], allocations: [] }],
  [
    'a short pre-queue',
    'prequeue',
    'warning',
    'phases.0.prequeueOpensAt',
    phases({ prequeueOpensAt: presale.opensAt - MINUTE }),
  ],
  [
    'an opening in the hour that comes twice',
    'clock',
    'fault',
    'phases.0.opensAt',
    { ...{ codeSets: [], allocations: [] }, phases: [{ ...general, ...night, opensAt: at('2027-10-31T01:30:00Z') }] },
  ],
  [
    'a clock put forward while fans gather',
    'clock',
    'warning',
    'phases.1.opensAt',
    phases(
      {},
      {
        prequeueOpensAt: at('2027-03-28T00:30:00Z'),
        opensAt: at('2027-03-28T05:00:00Z'),
        closesAt: at('2027-03-29T05:00:00Z'),
      },
    ),
  ],
  [
    'a performance that has begun',
    'performances',
    'fault',
    'phases.1.opensAt',
    {},
    sells({ startsAt: general.opensAt }),
  ],
  [
    'a phase that goes on after the beginning',
    'performances',
    'warning',
    'phases.1.closesAt',
    {},
    sells({ startsAt: general.closesAt - 1 }),
  ],
  ['a performance of another sale', 'performances', 'fault', 'performanceIds.0', {}, sells({ saleId: 'other' })],
  ['a cancelled performance', 'performances', 'fault', 'performanceIds.0', {}, sells({ isCancelled: true })],
  [
    'no stock',
    'stock',
    'fault',
    'performanceIds.0',
    { allocations: [] },
    sells({ categories: performance.categories.map((one) => ({ ...one, capacity: 0 })) }),
  ],
  ['no prices', 'prices', 'fault', 'performanceIds.0', { allocations: [] }, sells({ categories: [] })],
  [
    'a price of nothing',
    'prices',
    'warning',
    'performanceIds.0',
    {},
    sells({ categories: performance.categories.map((one) => ({ ...one, price: { amount: 0, currency: 'EUR' } })) }),
  ],
  ['a phase by code without codes', 'codes', 'fault', 'phases.0.needsCode', { codeSets: [], allocations: [] }],
  [
    'codes for a phase that is open to all',
    'codes',
    'warning',
    'codeSets.0.phases.1',
    { codeSets: [{ count: 1, usesMax: 1, phases: [0, 1] }] },
  ],
  [
    'codes for no phase',
    'codes',
    'fault',
    'codeSets.0.phases.1',
    { codeSets: [{ count: 1, usesMax: 1, phases: [0, 7] }] },
  ],
  ['a hold longer than a pass', 'times', 'fault', 'passSeconds', { passSeconds: 599 }],
  ['a hold longer than a phase', 'times', 'fault', 'holdSeconds', phases({ closesAt: presale.opensAt + 9 * MINUTE })],
  ['a hold of seconds', 'times', 'warning', 'holdSeconds', { holdSeconds: 30 }],
  [
    'a booking larger than a fan may have',
    'limits',
    'fault',
    'limits.seatsPerBooking',
    { limits: { seatsPerBooking: 9, seatsPerFan: 8 } },
  ],
  [
    'far more codes than seats',
    'limits',
    'warning',
    'codeSets.0.count',
    { codeSets: [{ count: 5_000, usesMax: 1, phases: [0] }] },
  ],
  [
    'a rate of nothing',
    'admission',
    'fault',
    'admission.ratePerMinute',
    { admission: { ...sale.admission, ratePerMinute: 0 } },
  ],
  ['nobody inside', 'admission', 'fault', 'admission.maxActive', { admission: { ...sale.admission, maxActive: 0 } }],
  [
    'an allocation over capacity',
    'allocations',
    'fault',
    'allocations.0.items.0.quantity',
    keeps([{ categoryId: 'standing', quantity: 101 }]),
  ],
  [
    'an allocation of seats and numbers over capacity',
    'allocations',
    'fault',
    'allocations.0.items.1.quantity',
    keeps([{ seatIds: ['1'] }, { categoryId: 'stalls', quantity: 2 }]),
  ],
  [
    'a seat kept back twice',
    'allocations',
    'fault',
    'allocations.0.items.0.seatIds.1',
    keeps([{ seatIds: ['1', '1'] }]),
  ],
  ['a seat nobody knows', 'allocations', 'fault', 'allocations.0.items.0.seatIds.0', keeps([{ seatIds: ['9'] }])],
  ['an allocation for no phase', 'allocations', 'fault', 'allocations.0.audience', keeps([{ seatIds: ['1'] }], 2)],
];

test.each(mistakes)('%s is found under "%s" as a %s', (_what, check, state, field, change, around = {}) => {
  const checklist = saleChecklist({ ...sale, ...change }, { ...surroundings, ...around });
  const red = checklist.filter((one) => one.state !== 'ok');
  expect(red.map((one) => [one.check, one.state])).toEqual([[check, state]]);
  expect(red[0]?.findings).toContainEqual({ field, message: expect.stringMatching(/\w \w/) });
  expect(isGreen(checklist)).toBe(state === 'warning');
});
