import { secondsToSellOut } from './sell-out.ts';

const facts = { free: 300, flow: [], now: 60_000, ratePerMinute: 600, perFan: 2, seeking: 0 };

test('at first the rate that is set says how soon, then what was seen, and half as fast again', () => {
  expect(secondsToSellOut(facts)).toBe(15);
  expect(secondsToSellOut({ ...facts, flow: [{ at: 0, free: 420 }] })).toBeCloseTo(100);
  expect(secondsToSellOut({ ...facts, flow: [{ at: 50_000, free: 420 }] })).toBe(15);
});

test('nothing free may end at any moment; where nothing goes there is no end in sight', () => {
  expect(secondsToSellOut({ ...facts, free: 0 })).toBe(0);
  expect(secondsToSellOut({ ...facts, ratePerMinute: 0, flow: [{ at: 0, free: 300 }] })).toBeNull();
});

test('what those inside or called want may be gone at once, however slowly seats went', () => {
  const slow = { ...facts, flow: [{ at: 0, free: 301 }] };
  expect(secondsToSellOut({ ...slow, seeking: 149 })).toBeGreaterThan(60);
  expect(secondsToSellOut({ ...slow, seeking: 150 })).toBe(0);
});
