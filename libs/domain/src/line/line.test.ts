import { FRONT_NUMBERS, ghostsAmong, NO_GHOSTS, packFront } from './ghosts.ts';
import { peopleAhead, waitRange } from './people-ahead.ts';
import { refreshAfterSeconds, silenceAllowedSeconds } from './schedule.ts';

const line = { served: 10, ghosts: NO_GHOSTS, ratePerMinute: { mean: 60, spread: 0.1 } };

test('nobody is ahead of the next number or of one that was called', () => {
  expect(peopleAhead(line, 11)).toBe(0);
  expect(peopleAhead(line, 3)).toBe(0);
  expect(peopleAhead(line, 111)).toBe(100);
});

test('ghosts near the front are counted one by one', () => {
  const isGhost = Array.from({ length: FRONT_NUMBERS }, (_, i) => i % 5 < 2);
  const ghosts = { front: packFront(isGhost), far: [] };
  expect(ghosts.front.length).toBeLessThanOrEqual(64);
  for (let numbers = 0; numbers <= FRONT_NUMBERS; numbers++) {
    expect(ghostsAmong(ghosts, 10, numbers)).toBe(isGhost.slice(0, numbers).filter(Boolean).length);
  }
});

test('the front is as short as its last ghost allows', () => {
  expect(packFront([false, false])).toBe('');
  expect(packFront([true, false])).toHaveLength(1);
  expect(peopleAhead({ ...line, ghosts: { front: packFront([true, false]), far: [] } }, 12)).toBe(0);
});

test('beyond the front the count follows straight lines between the knots', () => {
  const ghosts = {
    front: '',
    far: [[10 + FRONT_NUMBERS + 1000, 400] as const, [10 + FRONT_NUMBERS + 3000, 1000] as const],
  };
  expect(ghostsAmong(ghosts, 10, FRONT_NUMBERS + 500)).toBe(200);
  expect(ghostsAmong(ghosts, 10, FRONT_NUMBERS + 1000)).toBe(400);
  expect(ghostsAmong(ghosts, 10, FRONT_NUMBERS + 2000)).toBe(700);
  expect(ghostsAmong(ghosts, 10, FRONT_NUMBERS + 9000)).toBe(1000);
});

test('a wait is a range around the measured rate, and unknown while nothing was measured', () => {
  const wait = waitRange(line, 599);
  expect(wait).toEqual({ lowSeconds: 527, highSeconds: 684 });
  expect(waitRange({ ...line, ratePerMinute: null }, 5)).toBeNull();
});

test('those far back ask seldom, those near the front often, all within bounds and apart', () => {
  const rule = { share: 0.1, minSeconds: 2, maxSeconds: 60 };
  const wait = (lowSeconds: number) => ({ lowSeconds, highSeconds: lowSeconds * 2 });
  expect(refreshAfterSeconds(rule, { wait: wait(0), random: 0.5 })).toBeCloseTo(2);
  expect(refreshAfterSeconds(rule, { wait: wait(300), random: 0.5 })).toBeCloseTo(30);
  expect(refreshAfterSeconds(rule, { wait: wait(9000), random: 0.5 })).toBeCloseTo(60);
  expect(refreshAfterSeconds(rule, { wait: wait(300), random: 0 })).toBeCloseTo(27);
  expect(refreshAfterSeconds(rule, { wait: null, random: 0.5 })).toBeCloseTo(12);
  expect(silenceAllowedSeconds(rule, wait(300))).toBeGreaterThan(60);
});
