import {
  type AdmissionFacts,
  type AdmissionSettings,
  howManyToCall,
  whatAutomaticWouldDo,
} from './how-many-to-call.ts';
import { FULL_PACE, type Pace } from './pace.ts';

const settings: AdmissionSettings = {
  mode: 'automatic',
  ratePerMinute: 600,
  maxActive: 100,
  floor: 0,
  ceiling: 0,
  noShowCompensation: false,
  stockAware: true,
  autoSlow: false,
};
const facts: AdmissionFacts = {
  phase: 'open',
  draining: false,
  waiting: 1000,
  restoredSecondsAgo: null,
  called: 0,
  active: 0,
  choosing: 0,
  stock: { free: 500, openHolds: 0, sold: 0 },
  basket: 1,
  noShowRate: null,
  credit: 0,
  secondsSinceLast: 0.5,
  shopDelayMs: null,
  pace: FULL_PACE,
  roomOn: true,
  manualCalls: 0,
};
const decide = (changed: Partial<AdmissionFacts>, set: Partial<AdmissionSettings> = {}) =>
  howManyToCall({ ...facts, ...changed }, { ...settings, ...set });

test('the rate is kept over uneven ticks, without saving up a rush', () => {
  expect(decide({})).toMatchObject({ count: 5, credit: 0, reason: 'The rate of 600 per minute allows 5 now.' });
  expect(decide({ secondsSinceLast: 0.25 })).toMatchObject({ count: 2, credit: 0.5 });
  expect(decide({ secondsSinceLast: 3600 }).count).toBe(20);
});

test('a slow rate still calls one when its time has come', () => {
  let credit = 0;
  let called = 0;
  for (let tick = 0; tick < 240; tick++) {
    const decision = decide({ credit, secondsSinceLast: 0.5 }, { ratePerMinute: 3 });
    credit = decision.credit;
    called += decision.count;
  }
  expect(called).toBe(6);
});

test('the shop never holds more than most active, those called counted in', () => {
  expect(decide({ active: 90, called: 8 })).toMatchObject({ count: 2 });
  expect(decide({ active: 92, called: 8 })).toMatchObject({
    count: 0,
    credit: 5,
    reason: 'The shop is full: 92 inside and 8 called of 100.',
  });
});

test('without a free seat but with open holds nobody is called, and with none left the sale waits for sold out', () => {
  const decision = decide({ stock: { free: 0, openHolds: 12, sold: 488 } });
  expect(decision).toMatchObject({ count: 0, reason: 'No seat is free; 12 are held and may come back.' });
});

test('the last seats are offered to a few more than could take them', () => {
  expect(decide({ stock: { free: 4, openHolds: 0, sold: 496 }, basket: 2 })).toMatchObject({ count: 3 });
  expect(decide({ stock: { free: 4, openHolds: 0, sold: 496 }, basket: 2, called: 2, choosing: 1 })).toMatchObject({
    count: 0,
    reason: '4 seats are free for 2 called and 1 who still choose.',
  });
  expect(decide({ stock: { free: 4, openHolds: 2, sold: 494 }, basket: 2, called: 2, choosing: 1 })).toMatchObject({
    count: 1,
  });
  expect(decide({ stock: null }).count).toBe(5);
});

test('no-shows are made up for inside the ceiling', () => {
  expect(decide({ noShowRate: 0.5 }, { noShowCompensation: true }).count).toBe(10);
  expect(decide({ noShowRate: 0.5 }, { noShowCompensation: true, ceiling: 720 }).count).toBe(6);
  expect(decide({}, { ratePerMinute: 0, floor: 240 }).count).toBe(2);
});

test('an operator calls by hand in either mode, but never past most active', () => {
  expect(decide({ manualCalls: 7 }, { mode: 'manual' })).toMatchObject({ count: 7 });
  expect(decide({ manualCalls: 70, active: 60 }, { mode: 'manual' })).toMatchObject({ count: 40 });
  expect(decide({}, { mode: 'manual' })).toMatchObject({ count: 0 });
});

test.each([
  [{ phase: 'paused' }, 'Paused by an operator.'],
  [{ phase: 'sold_out' }, 'Sold out.'],
  [{ phase: 'prequeue' }, 'The sale is not open (prequeue).'],
  [{ draining: true }, 'Draining: those inside finish, nobody new is called.'],
  [{ waiting: 0 }, 'Nobody is waiting.'],
  [{ restoredSecondsAgo: 2 }, 'The line was just restored: fans are given time to show their places.'],
] as const)('nobody is called when %j, not even by hand', (changed, reason) => {
  expect(decide({ ...changed, manualCalls: 3 })).toMatchObject({ count: 0, credit: 0, reason });
});

/** Ticks of half a second while the shop takes `delayMs`; the decisions' rate and how they end. */
function paced(
  pace: Pace,
  { delayMs, ticks, ...set }: { delayMs: number | null; ticks: number } & Partial<AdmissionSettings>,
) {
  let now = pace;
  let decision = decide({});
  let called = 0;
  for (let tick = 0; tick < ticks; tick++) {
    decision = decide({ shopDelayMs: delayMs, pace: now, credit: decision.credit }, { autoSlow: true, ...set });
    now = decision.pace;
    called += decision.count;
  }
  return { pace: now, called, reason: decision.reason };
}

test('a slow shop is slowed for by steps that get time to work, never below the floor, and forgiven little by little', () => {
  const slow = paced(FULL_PACE, { delayMs: 1800, ticks: 8 });
  expect(slow.pace.share).toBeCloseTo(0.7 * 0.7);
  expect(slow.reason).toBe(
    'A booking takes 1800 ms (target 1000 ms): slowed to 294 of 600 per minute, which allows 2 now.',
  );
  expect(paced(FULL_PACE, { delayMs: 9000, ticks: 1 }).pace.share).toBe(0.5);
  expect(paced(FULL_PACE, { delayMs: 60_000, ticks: 1000 }).pace.share).toBe(0.05);
  expect(paced(FULL_PACE, { delayMs: 60_000, ticks: 1000, floor: 120 }).pace.share).toBe(0.2);
  expect(paced(slow.pace, { delayMs: 900, ticks: 100 }).pace.share).toBe(slow.pace.share);
  const better = paced(slow.pace, { delayMs: 300, ticks: 20 });
  expect(better.pace.share).toBeCloseTo(slow.pace.share + 0.2);
  expect(paced(better.pace, { delayMs: null, ticks: 200 }).pace.share).toBe(1);
  expect(paced(FULL_PACE, { delayMs: 1800, ticks: 10, delayTargetMs: 2500 }).pace.share).toBe(1);
});

test('a new rate counts at once, at the pace the shop bears', () => {
  const { pace } = paced(FULL_PACE, { delayMs: 1800, ticks: 1 });
  expect(
    decide({ pace, shopDelayMs: 900, secondsSinceLast: 1 }, { autoSlow: true, ratePerMinute: 1200 }),
  ).toMatchObject({ count: 14 });
  expect(decide({ pace, shopDelayMs: 9000 }).pace).toEqual(FULL_PACE);
});

test('a queue that follows the calls is held near the target', () => {
  // A shop that decides 6 bookings a second; the set rate would bring 10.
  let [queue, pace, credit] = [0, FULL_PACE, 0];
  const delays: number[] = [];
  for (let tick = 0; tick < 1200; tick++) {
    const shopDelayMs = (queue / 6) * 1000 + 50;
    const decision = decide({ shopDelayMs, pace, credit, active: 0 }, { autoSlow: true, maxActive: 100_000 });
    ({ pace, credit } = decision);
    queue = Math.max(0, queue + decision.count - 3);
    if (tick > 200) delays.push(shopDelayMs);
  }
  expect(Math.max(...delays)).toBeLessThan(4000);
  expect(delays.reduce((sum, delay) => sum + delay, 0) / delays.length).toBeLessThan(1500);
});

test('shadow mode says what automatic control would do beside what is done', () => {
  const manual = { ...settings, mode: 'manual' as const };
  expect(howManyToCall(facts, manual)).toMatchObject({ count: 0, reason: 'Manual mode: an operator calls by hand.' });
  expect(whatAutomaticWouldDo({ ...facts, manualCalls: 9 }, manual)).toMatchObject({
    count: 5,
    reason: 'The rate of 600 per minute allows 5 now.',
  });
  expect(whatAutomaticWouldDo({ ...facts, shopDelayMs: 2500, secondsSinceLast: 1 }, settings)).toMatchObject({
    count: 7,
    reason: 'A booking takes 2500 ms (target 1000 ms): slowed to 420 of 600 per minute, which allows 7 now.',
  });
  expect(whatAutomaticWouldDo(facts, { ...settings, autoSlow: true, noShowCompensation: true })).toBeNull();
});

test('with the waiting room off nobody is kept by rate or hand, only by a full shop', () => {
  const off = { roomOn: false, waiting: 40 };
  const slow = { ratePerMinute: 1 };
  expect(decide(off, slow)).toMatchObject({ count: 40, reason: 'The waiting room is off: everybody is let in.' });
  expect(decide(off, { ...slow, mode: 'manual' }).count).toBe(40);
  expect(decide({ ...off, active: 90 }, slow).count).toBe(10);
  expect(decide({ ...off, phase: 'paused' }, slow).count).toBe(0);
});
