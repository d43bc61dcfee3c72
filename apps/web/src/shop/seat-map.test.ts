import type { SeatingPlan } from '@onsale/contracts';
import { type Category, seatMap, seatNear } from './seat-map.ts';

const seat = (id: string, x: number, y: number, categoryId = 'a') => ({ id, label: id, x, y, categoryId });
const plan = {
  width: 100,
  height: 40,
  focus: { x: 50, y: 0 },
  sections: [
    {
      id: 's',
      name: 'Stalls',
      rows: [
        { id: 'r1', label: '1', seats: [seat('1', 10, 10), seat('2', 12, 10), seat('3', 14, 10)] },
        { id: 'r2', label: '2', seats: [seat('4', 90, 35, 'b')] },
      ],
    },
  ],
} as unknown as SeatingPlan;
const categories = [{ id: 'a' }, { id: 'b' }] as unknown as Category[];
const map = seatMap(plan, categories);

test('each seat knows its words, its category and its neighbours’ distance', () => {
  expect(map.seats[3]).toMatchObject({ id: '4', row: '2', section: 'Stalls' });
  expect([...map.categoryOf]).toEqual([0, 0, 0, 1]);
  expect(map.unit).toBe(2);
  expect(map.byId.get('2')).toBe(1);
});

test('the seat under a finger is the nearest one within reach', () => {
  expect(seatNear(map, { x: 12.4, y: 10.3 }, 2)).toBe(1);
  expect(seatNear(map, { x: 88, y: 34 }, 4)).toBe(3);
  expect(seatNear(map, { x: 50, y: 20 }, 4)).toBeNull();
  expect(seatNear(map, { x: -3, y: -3 }, 4)).toBeNull();
});
