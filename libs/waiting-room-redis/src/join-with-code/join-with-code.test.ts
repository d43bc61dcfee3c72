import { manualClock, testRedis } from '@onsale/testkit';
import { leaseIndexes } from '../lease-indexes/lease-indexes.ts';
import { leaveLine } from '../leave/leave.ts';
import { loadCodeUses } from '../load-code-uses/load-code-uses.ts';
import { restoreLine } from '../restore/restore.ts';
import { digestOf, nothingLost, present, saleId, testLine } from '../test-line.ts';
import { joinWithCode } from './join-with-code.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });
const single = { setNumber: 2, serial: 250, usesMax: 1 };
const many = { setNumber: 3, serial: 0, usesMax: 5 };

beforeEach(async () => {
  await at.open();
  await loadCodeUses(at.line, { saleId, epoch: 1, used: [] });
});

const join = (name: string, code: typeof single | null) =>
  joinWithCode(at.line, { saleId, identity: digestOf(name), present, code });

test('INV-37: a code gives no more places than it is good for, however many race for it', async () => {
  const singles = await Promise.all(Array.from({ length: 64 }, (_, i) => join(`fan-${i}`, single)));
  expect(singles.filter(({ kind }) => kind === 'joined')).toHaveLength(1);
  const shared = await Promise.all(Array.from({ length: 64 }, (_, i) => join(`other-${i}`, many)));
  expect(shared.filter(({ kind }) => kind === 'joined')).toHaveLength(5);
  expect(shared.filter(({ kind }) => kind === 'used')).toHaveLength(59);
});

test('a fan who asks again has the same place and spends no second use', async () => {
  const first = await join('a', many);
  expect(first).toMatchObject({ kind: 'joined', index: 0, isNew: true, code: { setNumber: 3, serial: 0 }, uses: 1 });
  for (let i = 0; i < 20; i++) expect(await join('a', many)).toMatchObject({ index: 0, isNew: false, uses: 0 });
  expect(await join('b', many)).toMatchObject({ index: 1, uses: 2 });
  expect(await join('a', null)).toMatchObject({ index: 0, isNew: false, code: { setNumber: 3, serial: 0 } });
  expect(await join('c', null)).toEqual({ kind: 'used' });
});

test('who left may line up again with the code that was theirs alone, and nobody else may', async () => {
  await join('a', single);
  await leaveLine(at.line, { saleId, index: 0, number: 1, identity: digestOf('a'), version: 0 });
  expect(await join('b', single)).toEqual({ kind: 'used' });
  expect(await join('a', single)).toMatchObject({ kind: 'joined', index: 1, isNew: true });
});

test('with and without codes the same indexes are given, each once, and none above the lease', async () => {
  const [coded] = [await join('a', many)];
  const [plain] = await at.join('b');
  expect([coded, plain?.index]).toEqual([expect.objectContaining({ index: 0 }), 1]);
  const [again] = await at.join('a');
  expect(again).toEqual({ index: 0, isNew: false });
  await at.redis.client.hset('wr1:{sale:sale-1}:state', 'leased', 2);
  expect(await join('c', many)).toEqual({ kind: 'lease', joined: 2, epoch: 1 });
  await leaseIndexes(at.line, { saleId, epoch: 1, leased: 10 });
  expect(await join('c', many)).toMatchObject({ index: 2, uses: 2 });
});

test('a line that was opened anew takes no code before it knows which were used', async () => {
  await join('a', single);
  await join('b', many);
  await at.redis.clear();
  await restoreLine(at.line, { saleId, epoch: 2, ...nothingLost, leased: 1000 });
  await leaseIndexes(at.line, { saleId, epoch: 2, leased: 2000 });
  expect(await join('c', single)).toEqual({ kind: 'unknown', epoch: 2 });
  const used = [
    { ...single, uses: 1, usedBy: digestOf('a') },
    { ...many, uses: 5, usedBy: null },
    ...Array.from({ length: 2500 }, (_, serial) => ({ setNumber: 4, serial, uses: 1, usedBy: digestOf(`x${serial}`) })),
  ];
  expect(await loadCodeUses(at.line, { saleId, epoch: 1, used })).toBe('blank');
  expect(await loadCodeUses(at.line, { saleId, epoch: 2, used })).toBe('loaded');
  expect(await join('c', single)).toEqual({ kind: 'used' });
  expect(await join('c', many)).toEqual({ kind: 'used' });
  expect(await join('c', { setNumber: 4, serial: 2499, usesMax: 1 })).toEqual({ kind: 'used' });
  expect(await join('a', single)).toMatchObject({ kind: 'joined', index: 1000, isNew: true });
});
