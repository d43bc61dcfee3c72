import type { AvailabilityEvent, AvailabilityView } from '@onsale/contracts';
import { availabilityOf, missedSome, withEvent } from './availability.ts';

const fan = { pass: '', categoryOf: () => 'a' };
const known = availabilityOf(
  {
    version: 3,
    categories: [{ categoryId: 'a', capacity: 10, free: 8 }],
    sections: [],
    taken: ['1', '2'],
    allocations: [],
  } as unknown as AvailabilityView,
  fan,
);
const event = (parts: object) => ({ version: 4, taken: [], released: [], ...parts }) as unknown as AvailabilityEvent;

test('an event takes and releases seats and moves the counts', () => {
  const next = withEvent(known, event({ taken: ['3', '4'], released: ['1'] }), fan);
  expect([...(next?.taken ?? [])]).toEqual(['2', '3', '4']);
  expect(next?.free.get('a')).toBe(7);
});

test('a seat that is taken already is not counted twice', () => {
  expect(withEvent(known, event({ taken: ['2'] }), fan)?.free.get('a')).toBe(8);
});

test('an old event is passed over', () => {
  expect(withEvent(known, event({ version: 3, taken: ['9'] }), fan)).toBeNull();
});

test('counts that come with an event stand, so that places without seats move as well', () => {
  expect(withEvent(known, event({ free: [{ categoryId: 'a', free: 5 }] }), fan)?.free.get('a')).toBe(5);
});

test('an event that begins from a newer version than is known tells that some were missed', () => {
  expect(missedSome(known, event({ since: 4 }))).toBe(true);
  expect(missedSome(known, event({ since: 3 }))).toBe(false);
  expect(missedSome(known, event({}))).toBe(false);
});
