import { type AdmissionFacts, type AdmissionSettings, howManyToCall } from './how-many-to-call.ts';

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
  manualCalls: 0,
};
const decide = (changed: Partial<AdmissionFacts>, set: Partial<AdmissionSettings> = {}) =>
  howManyToCall({ ...facts, ...changed }, { ...settings, ...set });

test('the rate is kept over uneven ticks, without saving up a rush', () => {
  expect(decide({})).toEqual({ count: 5, credit: 0, reason: 'The rate of 600 per minute allows 5 now.' });
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
  expect(decide({ active: 92, called: 8 })).toEqual({
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
  expect(decide({ ...changed, manualCalls: 3 })).toEqual({ count: 0, credit: 0, reason });
});
