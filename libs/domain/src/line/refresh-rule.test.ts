import { REFRESH, refreshRule } from './refresh-rule.ts';

const facts = { phase: 'open', joined: 20_000, waiting: 20_000, secondsToSellOut: null } as const;

test('while stock is no matter the rule is the plain one', () => {
  expect(refreshRule(facts)).toEqual(REFRESH);
  expect(refreshRule({ ...facts, secondsToSellOut: 1e6 })).toEqual(REFRESH);
});

test('as the last seat comes nearer nobody sleeps longer than half of the time that is left', () => {
  expect(refreshRule({ ...facts, secondsToSellOut: 600 }).maxSeconds).toBe(300);
  expect(refreshRule({ ...facts, secondsToSellOut: 30 }).maxSeconds).toBe(15);
});

test('at the end twenty thousand hear of it within a second, a million within a minute', () => {
  expect(refreshRule({ ...facts, waiting: 20_000, secondsToSellOut: 0 }).maxSeconds).toBe(1);
  expect(refreshRule({ ...facts, waiting: 100_000, secondsToSellOut: 0 }).maxSeconds).toBe(5);
  expect(refreshRule({ ...facts, waiting: 1_000_000, secondsToSellOut: 0 }).maxSeconds).toBe(50);
});

test('in the pre-queue the period grows with the crowd', () => {
  expect(refreshRule({ ...facts, phase: 'prequeue' })).toEqual({ share: 0.1, minSeconds: 4, maxSeconds: 60 });
});
