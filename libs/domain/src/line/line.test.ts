import {
  ghostsAmong as amongReader,
  FRONT_NUMBERS,
  type GhostDigest,
  NO_GHOSTS,
  packFront,
  readGhosts,
} from './ghosts.ts';
import { peopleAhead, waitRange } from './people-ahead.ts';
import {
  checkInAfterSeconds,
  isCheckInDue,
  liveAfterSeconds,
  quietAfterSeconds,
  refreshAfterSeconds,
  silenceAllowedSeconds,
} from './schedule.ts';

const ghostsAmong = (digest: GhostDigest, numbers: number, reach = 1e6) =>
  amongReader(readGhosts(digest, reach), numbers);
const line = { served: 10, joined: 1000, ghosts: NO_GHOSTS, ratePerMinute: { mean: 60, spread: 0.1 } };

test('nobody is ahead of the next number or of one that was called', () => {
  expect(peopleAhead(line, 11)).toBe(0);
  expect(peopleAhead(line, 3)).toBe(0);
  expect(peopleAhead(line, 111)).toBe(100);
});

test('ghosts near the front are counted one by one', () => {
  const isGhost = Array.from({ length: FRONT_NUMBERS }, (_, i) => i % 5 < 2);
  const ghosts = { front: packFront(isGhost), blocks: '' };
  expect(ghosts.front.length).toBeLessThanOrEqual(68);
  for (let numbers = 0; numbers <= FRONT_NUMBERS; numbers++) {
    expect(ghostsAmong(ghosts, numbers)).toBe(isGhost.slice(0, numbers).filter(Boolean).length);
  }
});

test('the front is as short as its last ghost allows', () => {
  expect(packFront([false, false])).toBe('');
  expect(packFront([true, false])).toHaveLength(1);
  expect(peopleAhead({ ...line, ghosts: { front: packFront([true, false]), blocks: '' } }, 12)).toBe(0);
});

test('beyond the front the count follows straight lines within the blocks', () => {
  const ghosts = { front: '', blocks: 'AgA_' };
  expect(ghostsAmong(ghosts, FRONT_NUMBERS + 32)).toBe(0);
  expect(ghostsAmong(ghosts, FRONT_NUMBERS + 48)).toBe(8);
  expect(ghostsAmong(ghosts, FRONT_NUMBERS + 64)).toBe(16);
  expect(ghostsAmong(ghosts, FRONT_NUMBERS + 96)).toBe(16);
  expect(ghostsAmong(ghosts, FRONT_NUMBERS + 128)).toBe(48);
  expect(ghostsAmong(ghosts, FRONT_NUMBERS + 9000)).toBe(48);
  // The last block ends with the line: all its ghosts stand in what there is of it.
  expect(ghostsAmong(ghosts, FRONT_NUMBERS + 112, FRONT_NUMBERS + 112)).toBe(32);
});

test('a wait is a range around the measured rate, and unknown while nothing was measured', () => {
  const wait = waitRange(line, 599);
  expect(wait).toEqual({ lowSeconds: 527, highSeconds: 684 });
  expect(waitRange({ ...line, ratePerMinute: null }, 5)).toBeNull();
});

test('those far back ask seldom, those near the front often, all within bounds and apart', () => {
  const rule = { share: 0.1, minSeconds: 2, maxSeconds: 60 };
  const wait = (lowSeconds: number) => ({ lowSeconds, highSeconds: lowSeconds });
  expect(refreshAfterSeconds(rule, { wait: wait(0), random: 0.5 })).toBeCloseTo(2);
  expect(refreshAfterSeconds(rule, { wait: wait(300), random: 0.5 })).toBeCloseTo(30);
  expect(refreshAfterSeconds(rule, { wait: wait(9000), random: 0.5 })).toBeCloseTo(60);
  expect(refreshAfterSeconds(rule, { wait: wait(300), random: 0 })).toBeCloseTo(27);
  expect(refreshAfterSeconds(rule, { wait: null, random: 0.5 })).toBeCloseTo(12);
});

test('a check-in takes the place of every second fetch, and two of them may be missed', () => {
  const rule = { share: 0.1, minSeconds: 2, maxSeconds: 60 };
  const wait = { lowSeconds: 300, highSeconds: 300 };
  expect(checkInAfterSeconds(rule, { wait, random: 0.5 })).toBeCloseTo(60);
  expect(silenceAllowedSeconds(rule, wait)).toBeGreaterThan(2 * checkInAfterSeconds(rule, { wait, random: 1 }));
  expect(silenceAllowedSeconds(rule, { lowSeconds: 0, highSeconds: 0 })).toBeGreaterThanOrEqual(12);
  // At a sale's end everybody fetches often; nobody checks in more often for it.
  expect(checkInAfterSeconds({ ...rule, maxSeconds: 3 }, { wait, random: 0.5 })).toBeCloseTo(60);
  expect(isCheckInDue({ dueIn: 30, nextBeat: 30 })).toBe(false);
  expect(isCheckInDue({ dueIn: 3, nextBeat: 30 })).toBe(true);
});

test('a socket is told as seldom as its fan would ask, but every second at the very front', () => {
  const rule = { share: 0.1, minSeconds: 2, maxSeconds: 60 };
  const wait = (seconds: number) => ({ lowSeconds: seconds, highSeconds: seconds });
  expect(liveAfterSeconds(rule, { wait: wait(3), random: 0.5 })).toBeCloseTo(1);
  expect(liveAfterSeconds(rule, { wait: wait(300), random: 0.5 })).toBeCloseTo(30);
  expect(quietAfterSeconds(rule, wait(3))).toBe(15);
  expect(quietAfterSeconds(rule, wait(300))).toBeGreaterThan(90);
});
