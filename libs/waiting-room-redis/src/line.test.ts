// The operations of the line together, on a real Redis.
import type { PhaseId } from '@onsale/domain';
import { manualClock, testRedis } from '@onsale/testkit';
import { callNext } from './call/call.ts';
import { checkIn } from './check-in/check-in.ts';
import { freeSlot } from './free-slot/free-slot.ts';
import { freezeRoster } from './freeze/freeze.ts';
import { joinLine } from './join/join.ts';
import { leadSale, stopLeading } from './lead/lead.ts';
import { leaseIndexes } from './lease-indexes/lease-indexes.ts';
import { leaveLine } from './leave/leave.ts';
import { openPrequeue } from './open-prequeue/open-prequeue.ts';
import { presentUntil } from './presence.ts';
import { readFacts } from './read-facts/read-facts.ts';
import { readPlace } from './read-place/read-place.ts';
import { readRoster } from './read-roster.ts';
import { restoreLine } from './restore/restore.ts';
import { digestOf, nothingLost, present, saleId, testLine } from './test-line.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });
const phaseId = 'general' as PhaseId;

test('nothing is done on a line that was not opened', async () => {
  const blank = { kind: 'blank' };
  expect(await joinLine(at.line, { saleId, identities: [digestOf('ann')], present })).toEqual(blank);
  expect(await readFacts(at.line, { saleId, passMs: 1 })).toEqual(blank);
  expect(await at.take(1)).toEqual(blank);
  expect(await at.call(1)).toEqual(blank);
});

test('each identity gets the next index once, however often and in whatever batch it joins', async () => {
  await at.open();
  expect(await at.join('ann', 'bob', 'ann')).toEqual([
    { index: 0, isNew: true },
    { index: 1, isNew: true },
    { index: 0, isNew: false },
  ]);
  expect(await at.join('bob', 'cid')).toEqual([
    { index: 1, isNew: false },
    { index: 2, isNew: true },
  ]);
});

test('INV-31: no index at or above the leased mark is given', async () => {
  await restoreLine(at.line, { saleId, epoch: 1, ...nothingLost });
  expect(await joinLine(at.line, { saleId, identities: [digestOf('ann')], present })).toEqual({
    kind: 'lease',
    joined: 0,
    epoch: 1,
  });
  await leaseIndexes(at.line, { saleId, epoch: 1, leased: 1 });
  expect(await at.join('ann')).toEqual([{ index: 0, isNew: true }]);
  expect(await joinLine(at.line, { saleId, identities: [digestOf('bob')], present })).toMatchObject({ kind: 'lease' });
});

test('a lease raised in another epoch is refused', async () => {
  await at.open();
  expect(await leaseIndexes(at.line, { saleId, epoch: 2, leased: 5000 })).toEqual({ kind: 'blank' });
});

test('freezing fixes the size of the roster for ever, and later joins line up behind', async () => {
  await at.open();
  expect(await openPrequeue(at.line, { saleId, phaseId })).toEqual({ kind: 'open', firstIndex: 0 });
  await at.join('ann', 'bob');
  expect(await freezeRoster(at.line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await at.join('cid')).toEqual([{ index: 2, isNew: true }]);
  expect(await freezeRoster(at.line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await openPrequeue(at.line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await freezeRoster(at.line, { saleId, phaseId: 'other' as PhaseId })).toEqual({ kind: 'not_open' });
});

test('the frozen roster can be read back in order of index', async () => {
  await at.open();
  await at.join('ann', 'bob', 'cid');
  const roster = await readRoster(at.line, { saleId, firstIndex: 1, size: 2 });
  expect(roster).toEqual(Buffer.concat([digestOf('bob'), digestOf('cid')]));
});

test('those in an open pre-queue cannot be called', async () => {
  await at.open();
  await openPrequeue(at.line, { saleId, phaseId });
  await at.join('ann', 'bob');
  expect(await at.call(5)).toMatchObject({ kind: 'called', count: 0, served: 0 });
  await freezeRoster(at.line, { saleId, phaseId });
  expect(await at.call(5)).toMatchObject({ kind: 'called', count: 2, servedBefore: 0, served: 2 });
});

test('INV-32: a call never makes inside and called more than most active', async () => {
  await at.open();
  await at.join('a', 'b', 'c', 'd', 'e');
  expect(await at.call(2, { maxActive: 3 })).toMatchObject({ count: 2, called: 2, active: 0 });
  await at.take(1);
  expect(await at.call(5, { maxActive: 3 })).toMatchObject({ count: 1, served: 3, called: 2, active: 1 });
  expect(await at.call(5, { maxActive: 3 })).toMatchObject({ count: 0, served: 3 });
  await freeSlot(at.line, { saleId, number: 1 });
  expect(await at.call(5, { maxActive: 3 })).toMatchObject({ count: 1, served: 4 });
  expect(await at.call(5, { maxActive: 1 })).toMatchObject({ count: 0, served: 4 });
});

test('a call stops at the mark that stands in the database', async () => {
  await at.open();
  await at.join('a', 'b', 'c');
  const mark = { saleId, leadership: await at.leader(), count: 3, maxActive: 100, callWindowMs: 30_000, servedMax: 2 };
  expect(await callNext(at.line, mark)).toMatchObject({ count: 2, served: 2 });
});

test('places that were left are passed over by a call', async () => {
  await at.open();
  await at.join('a', 'b', 'c');
  await leaveLine(at.line, { saleId, index: 1, number: 2, identity: digestOf('b'), version: 0 });
  expect(await at.call(2)).toMatchObject({ count: 2, served: 3, called: 2 });
  expect(await readPlace(at.line, { saleId, index: 1, number: 2 })).toMatchObject({ left: true, callExpiresAt: null });
  expect(await at.take(2)).toEqual({ kind: 'gone' });
  expect(await at.join('b')).toEqual([{ index: 3, isNew: true }]);
});

test('a called fan takes one slot and gets the same pass again while it lasts', async () => {
  await at.open();
  await at.join('a', 'b');
  expect(await at.take(1)).toEqual({ kind: 'not_called' });
  await at.call(1);
  const first = await at.take(1, 'p1');
  expect(first).toMatchObject({ kind: 'slot', passId: 'p1' });
  await at.clock.advance(1500);
  expect(await at.take(1, 'p2')).toEqual(first);
  expect(await readPlace(at.line, { saleId, index: 0, number: 1 })).toMatchObject({ callExpiresAt: null });
});

test('INV-33: of many who race for one pass exactly one is made', async () => {
  await at.open();
  await at.join('a');
  await at.call(1);
  const outcomes = await Promise.all(Array.from({ length: 64 }, (_, i) => at.take(1, `p${i}`)));
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  expect(await readFacts(at.line, { saleId, passMs: 60_000 })).toMatchObject({ active: 1, called: 0, admitted: 1 });
});

test('who does not come in within the call window has missed the call, and is counted once', async () => {
  await at.open();
  await at.join('a', 'b');
  await at.call(2);
  await at.take(1);
  await at.clock.advance(30_000);
  expect(await at.take(2)).toEqual({ kind: 'call_expired' });
  expect(await readFacts(at.line, { saleId, passMs: 60_000 })).toMatchObject({ called: 0, missed: 1, active: 1 });
  expect(await readFacts(at.line, { saleId, passMs: 60_000 })).toMatchObject({ missed: 1 });
});

test('a slot ends with its time, and its pass is not given again', async () => {
  await at.open();
  await at.join('a');
  await at.call(1);
  await at.take(1);
  await at.clock.advance(60_000);
  expect(await readFacts(at.line, { saleId, passMs: 60_000 })).toMatchObject({ active: 0 });
  expect(await at.take(1)).toEqual({ kind: 'call_expired' });
});

test('checking in says where the place stands, and never brings back one that was left', async () => {
  await at.open();
  await at.join('a', 'b');
  await at.call(1);
  const place = {
    saleId,
    index: 0,
    number: 1,
    present: presentUntil(at.clock.now() + 60_000),
    makesGood: true,
    version: 0,
  };
  expect(await checkIn(at.line, place)).toEqual({
    kind: 'place',
    epoch: 1,
    served: 1,
    left: false,
    callExpiresAt: at.clock.now() + 30_000,
    slotExpiresAt: null,
    back: false,
    version: 0,
    deferredUntil: null,
    deferrals: 0,
  });
  await leaveLine(at.line, { saleId, index: 1, number: 2, identity: digestOf('b'), version: 0 });
  expect(await checkIn(at.line, { ...place, index: 1, number: 2 })).toMatchObject({ left: true });
  expect(await at.call(5)).toMatchObject({ count: 0, served: 2 });
});

test('INV-34: only the holder of the lease calls, and a paused former holder is fenced off', async () => {
  await at.open();
  await at.join('a', 'b');
  const old = await at.leader('admitter-1');
  expect(await leadSale(at.line, { saleId, holder: 'admitter-2', leaseMs: 3000 })).toEqual({ kind: 'following' });
  await at.clock.advance(3000);
  expect(await at.call(1, { leadership: old })).toEqual({ kind: 'fenced' });
  const fresh = await at.leader('admitter-2');
  expect(fresh.fence).toBe(old.fence + 1);
  expect(await at.call(1, { leadership: old })).toEqual({ kind: 'fenced' });
  expect(await at.call(1, { leadership: fresh })).toMatchObject({ count: 1 });
});

test('a leader that stops hands over at once', async () => {
  await at.open();
  await stopLeading(at.line, saleId, await at.leader('admitter-1'));
  expect((await at.leader('admitter-2')).holder).toBe('admitter-2');
});
