import { manualClock, testRedis } from '@onsale/testkit';
import { keepSample, readSamples } from './sale-history.ts';
import { saleId, testLine } from './test-line.ts';

const stage = testLine({ redis: testRedis(), clock: manualClock(1_000) });

const figures = {
  waiting: 12,
  called: 3,
  active: 4,
  callsPerMinute: 58.5,
  targetPerMinute: 60,
  shopDelayMs: null,
  held: 2,
  sold: 0,
  free: null,
};

test('samples are read as they were kept, oldest first and from any moment on', async () => {
  const line = stage.line;
  expect(await readSamples(line, saleId, { afterMs: 0 })).toEqual([]);
  expect(await keepSample(line, saleId, { atMs: 5_000, figures })).toEqual({ kept: true });
  expect(await keepSample(line, saleId, { atMs: 10_000, figures: { ...figures, shopDelayMs: 120 } })).toEqual({
    kept: true,
  });
  const all = await readSamples(line, saleId, { afterMs: 0 });
  expect(all).toEqual([
    { at: new Date(5_000).toISOString(), ...figures },
    { at: new Date(10_000).toISOString(), ...figures, shopDelayMs: 120 },
  ]);
  expect(await readSamples(line, saleId, { afterMs: 5_000 })).toEqual(all.slice(1));
});

test('a moment that is not later than the last adds nothing, and no more than an hour is kept', async () => {
  const line = stage.line;
  await keepSample(line, saleId, { atMs: 5_000, figures });
  expect(await keepSample(line, saleId, { atMs: 5_000, figures })).toEqual({ kept: false });
  expect(await keepSample(line, saleId, { atMs: 4_000, figures })).toEqual({ kept: false });
  for (let i = 2; i <= 730; i++) await keepSample(line, saleId, { atMs: i * 5_000, figures });
  const kept = await readSamples(line, saleId, { afterMs: 0 });
  expect([kept.length, kept[0]?.at]).toEqual([720, new Date(11 * 5_000).toISOString()]);
});
