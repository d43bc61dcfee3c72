import { effectOfRate } from './rate-effect.ts';

test('a wished rate tells how many more are called a minute, and when the line is empty at the earliest', () => {
  const now = { rate: 100, waiting: 600, atMs: 1_000_000 };
  expect(effectOfRate(150, now)).toEqual({ more: 50, emptyAtMs: 1_000_000 + 4 * 60_000 });
  expect(effectOfRate(60, now)).toEqual({ more: -40, emptyAtMs: 1_000_000 + 10 * 60_000 });
});

test('no time is told when nobody would be called or nobody waits', () => {
  expect(effectOfRate(0, { rate: 100, waiting: 600, atMs: 0 })).toEqual({ more: -100, emptyAtMs: null });
  expect(effectOfRate(50, { rate: 100, waiting: 0, atMs: 0 })).toEqual({ more: -50, emptyAtMs: null });
});
