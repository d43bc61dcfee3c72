import { seatingPlan } from '@onsale/contracts';
import { sibeliusHallRows } from './facts.ts';
import { sibeliusHallPlan } from './plan.ts';
import { sibeliusHall } from './read-plan.ts';

const seatsOf = (plan: ReturnType<typeof sibeliusHall>) =>
  plan.sections.flatMap((section) => section.rows.flatMap((row) => row.seats));

test('the plan file is what the facts give', () => {
  expect(sibeliusHall()).toEqual(seatingPlan.parse(sibeliusHallPlan()));
});

test('Sibelius Hall has exactly the seats 1 to 1,229, each once', () => {
  const numbers = seatsOf(sibeliusHall()).map(({ label }) => Number(label));
  expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 1229 }, (_, i) => i + 1));
  expect(new Set(seatsOf(sibeliusHall()).map(({ id }) => id)).size).toBe(1229);
});

test('every section has its rows and every row its seats', () => {
  const plan = sibeliusHall();
  expect(plan.sections.map(({ id, rows }) => [id, rows.length])).toEqual([
    ['box-left', 1],
    ['box-right', 1],
    ['stalls', 23],
    ['first-balcony', 4],
    ['organ-balcony', 2],
    ['second-balcony', 5],
  ]);
  const rows = new Map(plan.sections.flatMap((section) => section.rows.map((row) => [row.id, row.seats.length])));
  for (const { zone, row, first, last } of sibeliusHallRows) expect(rows.get(`${zone}-${row}`)).toBe(last - first + 1);
});

test('no two seats stand on each other and none outside the plan', () => {
  const plan = sibeliusHall();
  const seats = seatsOf(plan);
  let nearest = Number.POSITIVE_INFINITY;
  for (const [i, a] of seats.entries()) {
    for (const b of seats.slice(i + 1)) nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y));
    expect(a.x > 10 && a.x < plan.width - 10 && a.y > 10 && a.y < plan.height - 10).toBe(true);
  }
  expect(nearest).toBeGreaterThan(17);
});

test('there are three price categories and none is a handful of seats', () => {
  const counts = new Map<string, number>();
  for (const { categoryId } of seatsOf(sibeliusHall())) counts.set(categoryId, (counts.get(categoryId) ?? 0) + 1);
  expect(Object.fromEntries(counts)).toEqual({ premium: 400, standard: 356, value: 473 });
});
