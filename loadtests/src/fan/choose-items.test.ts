import type { AvailabilityView, PerformanceView } from '@onsale/contracts';
import { sibeliusHall } from '@onsale/venues';
import { seededRandom } from '../seeded-random.ts';
import { chooseItems } from './choose-items.ts';

const plan = sibeliusHall();
const seats = plan.sections.flatMap(({ rows }) => rows.flatMap((row) => row.seats));
const categories = ['premium', 'standard', 'value'].map((id) => ({ id, kind: 'reserved' }));
const hall = { plan, categories } as unknown as PerformanceView;
const club = { plan: null, categories: [{ id: 'standing', kind: 'general' }] } as unknown as PerformanceView;
const free = (counts: Record<string, number>, taken: string[] = []) =>
  ({
    categories: Object.entries(counts).map(([categoryId, n]) => ({ categoryId, capacity: n, free: n })),
    taken,
  }) as unknown as AvailabilityView;
const wish = (party: number, refusals = 0, stream = 1) => ({ party, refusals, random: seededRandom(1, stream) });

test('nothing free is nothing to ask for', () => {
  expect(chooseItems(club, free({ standing: 0 }), wish(2))).toBeNull();
});

test('general admission is asked for by number, and never for more than there are', () => {
  expect(chooseItems(club, free({ standing: 9 }), wish(2))).toEqual([{ categoryId: 'standing', quantity: 2 }]);
  expect(chooseItems(club, free({ standing: 1 }), wish(2))).toEqual([{ categoryId: 'standing', quantity: 1 }]);
});

test('in a hall some pick neighbours that look free, others take the best there is', () => {
  const taken = seats.slice(0, 600).map(({ id }) => id as string);
  const gone = new Set(taken);
  const kinds = new Set<string>();
  for (let stream = 0; stream < 40; stream++) {
    const [item] = chooseItems(hall, free({ standard: 300, value: 300 }, taken), wish(3, 0, stream)) ?? [];
    if (item === undefined) throw new Error('there are seats');
    kinds.add('seatIds' in item ? 'picked' : 'best');
    if (!('seatIds' in item)) continue;
    const numbers = item.seatIds.map((id) => Number(String(id).slice(2)));
    expect(numbers).toEqual([numbers[0], (numbers[0] ?? 0) + 1, (numbers[0] ?? 0) + 2]);
    expect(item.seatIds.every((id) => !gone.has(id))).toBe(true);
  }
  expect([...kinds].sort()).toEqual(['best', 'picked']);
});

test('a party that was refused again and again splits up, down to one', () => {
  const asked = [3, 4, 5, 9].map((refusals) => chooseItems(hall, free({ value: 50 }), wish(3, refusals)));
  expect(asked).toEqual([2, 1, 1, 1].map((quantity) => [{ categoryId: 'value', quantity, bestAvailable: true }]));
});
