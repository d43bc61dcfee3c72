import { blockFaults } from './block-faults.ts';
import { performanceFaults, rulesFaults } from './performance-faults.ts';
import { planFaults } from './plan-faults.ts';
import { type SaleFactsToCheck, saleFaults } from './sale-faults.ts';

const seat = (id: string, x: number, categoryId = 'a') => ({ id, x, y: 10, categoryId });
const planOf = (...seats: ReturnType<typeof seat>[]) => ({
  width: 100,
  height: 100,
  sections: [{ id: 's', rows: [{ id: 'r', seats }] }],
});

describe('a seating plan', () => {
  test('is without fault when its seats are unique and lie inside', () => {
    expect(planFaults(planOf(seat('1', 10), seat('2', 20)))).toEqual([]);
  });

  test('names a seat that is there twice, one on top of another and one outside', () => {
    const faults = planFaults(planOf(seat('1', 10), seat('1', 20), seat('2', 10), seat('3', 101)));
    expect(faults.map(({ field }) => field)).toEqual([
      'plan.sections.0.rows.0.seats.1.id',
      'plan.sections.0.rows.0.seats.2',
      'plan.sections.0.rows.0.seats.3',
    ]);
  });

  test('needs a seat', () => {
    expect(planFaults(planOf())).toEqual([{ field: 'plan.sections', message: 'a plan needs at least one seat' }]);
  });

  test('tells twenty faults at most', () => {
    const seats = Array.from({ length: 50 }, () => seat('1', 10));
    expect(planFaults(planOf(...seats))).toHaveLength(20);
  });
});

describe('the categories of a performance', () => {
  const eur = { amount: 4500, currency: 'EUR' };
  const plan = planOf(seat('1', 10, 'a'), seat('2', 20, 'b'));

  test('cover the plan', () => {
    const categories = [
      { id: 'a', kind: 'reserved', price: eur },
      { id: 'b', kind: 'reserved', price: eur },
      { id: 'standing', kind: 'general', capacity: 5, price: eur },
    ] as const;
    expect(performanceFaults(categories, plan)).toEqual([]);
  });

  test('are refused when seats have no price, categories no seats, or a number is missing or too many', () => {
    const categories = [
      { id: 'a', kind: 'reserved', capacity: 1, price: eur },
      { id: 'c', kind: 'reserved', price: { amount: 4500, currency: 'SEK' }, fee: 4501 },
      { id: 'g', kind: 'general', price: eur },
      { id: 'g', kind: 'general', capacity: 1, price: eur },
    ] as const;
    expect(performanceFaults(categories, plan).map(({ field }) => field)).toEqual([
      'categories.0.capacity',
      'categories.1.price.currency',
      'categories.1.fee',
      'categories.1.id',
      'categories.2.capacity',
      'categories.3.id',
      'categories',
    ]);
  });
});

describe('a sale', () => {
  const sale: SaleFactsToCheck = {
    currency: 'EUR',
    phases: [{ prequeueOpensAt: 100, opensAt: 200, closesAt: 300 }],
    limits: { seatsPerBooking: 4, seatsPerFan: 4 },
    holdSeconds: 300,
    passSeconds: 900,
    admission: { floor: 1, ceiling: 100 },
    performances: [{ id: 'p', belongsToEvent: true, saleId: null, currencies: ['EUR'] }],
  };
  const fieldsOf = (change: Partial<SaleFactsToCheck>) =>
    saleFaults({ ...sale, ...change }, 100).map(({ field }) => field);

  test('is without fault when everything fits', () => {
    expect(saleFaults(sale, 100)).toEqual([]);
  });

  test('needs phases in order that open in the future', () => {
    expect(fieldsOf({ phases: [{ prequeueOpensAt: 250, opensAt: 200, closesAt: 200 }] })).toEqual([
      'phases.0.opensAt',
      'phases.0.closesAt',
    ]);
    expect(fieldsOf({ phases: [{ prequeueOpensAt: 10, opensAt: 100, closesAt: 200 }] })).toEqual(['phases.0.opensAt']);
    expect(
      fieldsOf({
        phases: [
          { prequeueOpensAt: 100, opensAt: 200, closesAt: 300 },
          { prequeueOpensAt: 150, opensAt: 400, closesAt: 500 },
        ],
      }),
    ).toEqual(['phases.1.prequeueOpensAt']);
  });

  test('sells performances of its event that nobody else sells, in its currency', () => {
    const performances = [{ id: 'p', belongsToEvent: false, saleId: 'other', currencies: ['SEK'] }];
    expect(fieldsOf({ performances })).toEqual(['performanceIds.0', 'performanceIds.0', 'performanceIds.0']);
  });

  test('has limits that agree with each other', () => {
    expect(
      fieldsOf({
        limits: { seatsPerBooking: 5, seatsPerFan: 4 },
        admission: { floor: 2, ceiling: 1 },
        passSeconds: 100,
      }),
    ).toEqual(['limits.seatsPerBooking', 'admission.floor', 'passSeconds']);
    expect(
      fieldsOf({
        limits: { seatsPerBooking: 4, seatsPerFan: 4, seatsPerEmail: 3, seatsPerCode: 3 },
        phases: [{ prequeueOpensAt: 100, opensAt: 200, closesAt: 300, seatsPerFan: 5 }],
      }),
    ).toEqual(['limits.seatsPerEmail', 'limits.seatsPerCode', 'phases.0.seatsPerFan']);
  });
});

describe('stock and the rules of a booking', () => {
  test('companion seats belong to an accessible seat of their section', () => {
    const kinds = (...of: ('accessible' | 'companion' | undefined)[]) =>
      planOf(...of.map((kind, i) => ({ ...seat(`${i}`, 10 * (i + 1)), kind })));
    expect(planFaults(kinds('companion', undefined)).map(({ field }) => field)).toEqual(['plan.sections.0']);
    expect(planFaults(kinds('companion', 'accessible'))).toEqual([]);
  });

  test('a block names seats, categories, phases and code sets that there are, no more than there is, and a time to come', () => {
    const surroundings = {
      seatIds: new Set(['s-1']),
      categories: [{ id: 'a', capacity: 5 }],
      phaseIds: ['presale'],
      codeSetIds: ['friends'],
      now: 1_000,
    };
    const right = { items: [{ seatIds: ['s-1'] }, { categoryId: 'a', quantity: 5 }], audience: null, releaseAt: 1_001 };
    expect(blockFaults(right, surroundings)).toEqual([]);
    expect(blockFaults({ ...right, audience: { kind: 'code_set', codeSetId: 'friends' } }, surroundings)).toEqual([]);
    const wrong = {
      items: [{ seatIds: ['s-1', 's-2'] }, { categoryId: 'b', quantity: 1 }, { categoryId: 'a', quantity: 6 }],
      audience: { kind: 'phase', phaseId: 'nothing' },
      releaseAt: 1_000,
    };
    expect(blockFaults(wrong, surroundings).map(({ field }) => field)).toEqual([
      'items.0.seatIds.1',
      'items.1.categoryId',
      'items.2.quantity',
      'audience.phaseId',
      'releaseAt',
    ]);
    const strangers = { ...right, audience: { kind: 'code_set', codeSetId: 'x' } };
    expect(blockFaults(strangers, surroundings)).toMatchObject([{ field: 'audience.codeSetId' }]);
  });

  test('accessible seats are released before the performance starts', () => {
    const rules = (releaseAt: number | null) => ({ accessible: { releaseAt } });
    expect(rulesFaults(rules(999), 1_000)).toEqual([]);
    expect(rulesFaults(rules(null), 1_000)).toEqual([]);
    expect(rulesFaults(rules(1_000), 1_000)).toMatchObject([{ field: 'rules.accessible.releaseAt' }]);
  });
});
