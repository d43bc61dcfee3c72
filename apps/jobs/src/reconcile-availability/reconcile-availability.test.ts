import type { CategoryId, PerformanceId, SeatId } from '@onsale/domain';
import type { Projection } from '@onsale/shop-redis';
import { availabilityReconciler } from './reconcile-availability.ts';

const performanceId = 'perf' as PerformanceId;
const STALLS = 'stalls' as CategoryId;
const state = (version: number, taken: readonly string[]): Projection => ({
  version,
  counts: new Map([[STALLS, { capacity: 9, held: taken.length, heldOfPool: 0, blocked: 0, free: 9 - taken.length }]]),
  taken: taken as SeatId[],
});

function house(truth: Projection, shown: Projection | null) {
  const now = { truth, shown };
  const mended: string[] = [];
  const run = availabilityReconciler({
    performancesOnSale: async () => [performanceId],
    readTruth: async () => now.truth,
    readTruthVersion: async () => now.truth.version,
    readProjection: async () => now.shown,
    readProjectionVersion: async () => now.shown?.version ?? null,
    replace: async (_id, from) => {
      now.shown = from;
      return 'replaced';
    },
    onMended: ({ kind }) => mended.push(kind),
  });
  return { now, mended, run };
}

test('a projection that is missing is made, but not before anything was sold', async () => {
  const { now, mended, run } = house(state(0, []), null);
  await run();
  expect(mended).toEqual([]);
  now.truth = state(1, ['A1']);
  await run();
  expect(mended).toEqual(['missing']);
  expect(now.shown).toEqual(now.truth);
});

test('one that is behind has until the next run to catch up by itself', async () => {
  const { now, mended, run } = house(state(2, ['A1', 'A2']), state(1, ['A1']));
  await run();
  expect(mended).toEqual([]);
  now.shown = state(2, ['A1', 'A2']);
  now.truth = state(3, ['A1', 'A2', 'A3']);
  await run();
  expect(mended).toEqual([]);
  await run();
  expect(mended).toEqual(['behind']);
  expect(now.shown).toEqual(now.truth);
});

test('contents that differ at the same version are found within some runs, and only then', async () => {
  const { now, mended, run } = house(state(5, ['A1']), state(5, ['A2']));
  for (let i = 0; i < 15; i++) await run();
  expect(mended).toEqual(['wrong']);
  expect(now.shown).toEqual(now.truth);
  for (let i = 0; i < 15; i++) await run();
  expect(mended).toEqual(['wrong']);
});
