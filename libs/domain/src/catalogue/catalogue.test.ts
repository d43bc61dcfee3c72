import { performanceFaults } from './performance-faults.ts';
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
  });
});
