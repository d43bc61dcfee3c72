// A line that was lost, on a real Redis.
import type { PhaseId } from '@onsale/domain';
import { manualClock, testRedis } from '@onsale/testkit';
import { adoptSlot } from './adopt-slot/adopt-slot.ts';
import { checkIn } from './check-in/check-in.ts';
import { freeSlot } from './free-slot/free-slot.ts';
import { freezeRoster } from './freeze/freeze.ts';
import { joinLine } from './join/join.ts';
import { leaseIndexes } from './lease-indexes/lease-indexes.ts';
import { openPrequeue } from './open-prequeue/open-prequeue.ts';
import { presentUntil } from './presence.ts';
import { readFacts } from './read-facts/read-facts.ts';
import { restoreLine } from './restore/restore.ts';
import { digestOf, nothingLost, present, saleId, testLine } from './test-line.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });
const phaseId = 'general' as PhaseId;

test('a restored line counts on above the leased mark and calls again those who may not have heard', async () => {
  await at.open();
  await at.join('a', 'b', 'c');
  await at.redis.clear();
  const outcome = await restoreLine(at.line, {
    saleId,
    epoch: 2,
    leased: 1000,
    served: 3,
    servedForSure: 1,
    prequeue: null,
    draws: [{ phaseId, firstIndex: 0, size: 2 }],
  });
  expect(outcome).toEqual({ kind: 'restored', epoch: 2 });
  expect(await readFacts(at.line, { saleId, passMs: 1 })).toMatchObject({
    joined: 1000,
    served: 3,
    called: 0,
    epoch: 2,
  });
  const present = presentUntil(at.clock.now() + 60_000);
  const back = (number: number) =>
    checkIn(at.line, { saleId, index: number - 1, number, present, makesGood: false, version: 0 });
  expect(await back(1)).toMatchObject({ back: false });
  expect(await back(3)).toMatchObject({ back: true });
  expect(await at.call(5)).toMatchObject({ kind: 'called' });
  expect(await at.take(3)).toMatchObject({ kind: 'slot' });
  await freeSlot(at.line, { saleId, number: 3 });
  expect(await back(3)).toMatchObject({ back: false });
  expect(await freezeRoster(at.line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await restoreLine(at.line, { saleId, epoch: 3, ...nothingLost })).toEqual({ kind: 'open', epoch: 2 });
});

test('a pass that returns after a loss has its slot again, once', async () => {
  await at.open();
  await at.join('a', 'b');
  await at.call(2);
  await at.redis.clear();
  await restoreLine(at.line, { saleId, epoch: 2, ...nothingLost, leased: 1000, served: 2 });
  const expiresAt = Math.floor(at.clock.now() / 1000) + 60;
  const pass = { saleId, number: 1, passId: 'p1', issuedAt: expiresAt - 60, expiresAt };
  expect(await adoptSlot(at.line, pass)).toEqual({ kind: 'adopted' });
  expect(await adoptSlot(at.line, pass)).toEqual({ kind: 'known' });
  expect(await at.take(1, 'other')).toMatchObject({ kind: 'slot', passId: 'p1' });
  expect(await adoptSlot(at.line, { ...pass, number: 2, expiresAt: expiresAt - 90 })).toEqual({ kind: 'known' });
  expect(await readFacts(at.line, { saleId, passMs: 60_000 })).toMatchObject({ active: 1 });
});

test('a copy of the line from another run of the server is not counted on from', async () => {
  await at.open();
  await at.join('a', 'b');
  await at.redis.client.hset('wr1:{sale:sale-1}:state', 'run', 'an-older-run');
  expect(await joinLine(at.line, { saleId, identities: [digestOf('c')], present })).toEqual({ kind: 'blank' });
  await restoreLine(at.line, { saleId, epoch: 2, ...nothingLost, leased: 1000 });
  await leaseIndexes(at.line, { saleId, epoch: 2, leased: 2000 });
  expect(await at.join('c', 'a')).toEqual([
    { index: 1000, isNew: true },
    { index: 0, isNew: false },
  ]);
});

test('a pre-queue that was frozen just before the loss is not open again: its fans are called', async () => {
  await at.open();
  await openPrequeue(at.line, { saleId, phaseId });
  await at.join('a', 'b', 'c');
  expect(await freezeRoster(at.line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 3 });
  await at.redis.client.hset('wr1:{sale:sale-1}:state', 'run', 'an-older-run');
  // The database has not heard of the freeze yet.
  await restoreLine(at.line, {
    saleId,
    epoch: 2,
    ...nothingLost,
    leased: 1000,
    prequeue: { phaseId, firstIndex: 0 },
  });
  expect(await readFacts(at.line, { saleId, passMs: 1 })).toMatchObject({ firstUndrawnIndex: null });
  expect(await freezeRoster(at.line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 3 });
  expect(await at.call(2)).toMatchObject({ kind: 'called', count: 2 });
});

test('a roster that only the database knows is closed with what it knows', async () => {
  await at.open();
  await openPrequeue(at.line, { saleId, phaseId });
  await at.join('a', 'b', 'c');
  const fixed = { firstIndex: 0, size: 2 };
  expect(await freezeRoster(at.line, { saleId, phaseId, fixed })).toEqual({ kind: 'frozen', ...fixed });
  expect(await freezeRoster(at.line, { saleId, phaseId })).toEqual({ kind: 'frozen', ...fixed });
  expect(await readFacts(at.line, { saleId, passMs: 1 })).toMatchObject({ firstUndrawnIndex: null });
});
