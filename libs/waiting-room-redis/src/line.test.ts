// The operations of the line together, on a real Redis.
import type { FanId, PhaseId, SaleId } from '@onsale/domain';
import { manualClock, testRedis } from '@onsale/testkit';
import { adoptSlot } from './adopt-slot/adopt-slot.ts';
import { callNext } from './call/call.ts';
import { checkIn } from './check-in/check-in.ts';
import { connectLine, type LineConnection } from './connect-line.ts';
import { freeSlot } from './free-slot/free-slot.ts';
import { freezeRoster } from './freeze/freeze.ts';
import { identityDigest } from './identity-digest.ts';
import { joinLine } from './join/join.ts';
import { keepPresent } from './keep-present/keep-present.ts';
import { type Leadership, leadSale, stopLeading } from './lead/lead.ts';
import { leaseIndexes } from './lease-indexes/lease-indexes.ts';
import { leaveLine } from './leave/leave.ts';
import { markGhosts } from './mark-ghosts/mark-ghosts.ts';
import { openPrequeue } from './open-prequeue/open-prequeue.ts';
import { presenceAt, presentUntil, readPresence } from './presence.ts';
import { readFacts } from './read-facts/read-facts.ts';
import { readLeft } from './read-left.ts';
import { readPlace } from './read-place/read-place.ts';
import { readRoster } from './read-roster.ts';
import { restoreLine } from './restore/restore.ts';
import { takeSlot } from './take-slot/take-slot.ts';

const redis = testRedis();
const clock = manualClock();
const saleId = 'sale-1' as SaleId;
const phaseId = 'general' as PhaseId;
let line: LineConnection;

beforeEach(async () => {
  await redis.clear();
  line = connectLine(redis.url, { clock });
  await line.ready();
});
afterEach(() => line.close());

const digestOf = (name: string) => identityDigest(saleId, name as FanId);
const present = presentUntil(0);
const nothing = { leased: 0, served: 0, servedForSure: 0, prequeue: null, draws: [] };

async function openLine(): Promise<void> {
  await restoreLine(line, { saleId, epoch: 1, ...nothing });
  await leaseIndexes(line, { saleId, epoch: 1, leased: 1000 });
}

async function join(...names: string[]): Promise<readonly { index: number; isNew: boolean }[]> {
  const outcome = await joinLine(line, { saleId, identities: names.map(digestOf), present });
  if (outcome.kind !== 'joined') throw new Error(outcome.kind);
  return outcome.places;
}

async function leader(holder = 'admitter-1'): Promise<Leadership> {
  const outcome = await leadSale(line, { saleId, holder, leaseMs: 3000 });
  if (outcome.kind !== 'leading') throw new Error(outcome.kind);
  return outcome.leadership;
}

async function call(
  count: number,
  { leadership, maxActive = 100 }: { leadership?: Leadership; maxActive?: number } = {},
) {
  return callNext(line, {
    saleId,
    leadership: leadership ?? (await leader()),
    count,
    maxActive,
    servedMax: 1000,
    callWindowMs: 30_000,
  });
}

const take = (number: number, passId = `pass-${number}`) =>
  takeSlot(line, { saleId, index: number - 1, number, passId, passMs: 60_000 });

test('nothing is done on a line that was not opened', async () => {
  const blank = { kind: 'blank' };
  expect(await joinLine(line, { saleId, identities: [digestOf('ann')], present })).toEqual(blank);
  expect(await readFacts(line, { saleId, passMs: 1 })).toEqual(blank);
  expect(await take(1)).toEqual(blank);
  expect(await call(1)).toEqual(blank);
});

test('each identity gets the next index once, however often and in whatever batch it joins', async () => {
  await openLine();
  expect(await join('ann', 'bob', 'ann')).toEqual([
    { index: 0, isNew: true },
    { index: 1, isNew: true },
    { index: 0, isNew: false },
  ]);
  expect(await join('bob', 'cid')).toEqual([
    { index: 1, isNew: false },
    { index: 2, isNew: true },
  ]);
});

test('INV-31: no index at or above the leased mark is given', async () => {
  await restoreLine(line, { saleId, epoch: 1, ...nothing });
  expect(await joinLine(line, { saleId, identities: [digestOf('ann')], present })).toEqual({
    kind: 'lease',
    joined: 0,
    epoch: 1,
  });
  await leaseIndexes(line, { saleId, epoch: 1, leased: 1 });
  expect(await join('ann')).toEqual([{ index: 0, isNew: true }]);
  expect(await joinLine(line, { saleId, identities: [digestOf('bob')], present })).toMatchObject({ kind: 'lease' });
});

test('a lease raised in another epoch is refused', async () => {
  await openLine();
  expect(await leaseIndexes(line, { saleId, epoch: 2, leased: 5000 })).toEqual({ kind: 'blank' });
});

test('freezing fixes the size of the roster for ever, and later joins line up behind', async () => {
  await openLine();
  expect(await openPrequeue(line, { saleId, phaseId })).toEqual({ kind: 'open', firstIndex: 0 });
  await join('ann', 'bob');
  expect(await freezeRoster(line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await join('cid')).toEqual([{ index: 2, isNew: true }]);
  expect(await freezeRoster(line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await openPrequeue(line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await freezeRoster(line, { saleId, phaseId: 'other' as PhaseId })).toEqual({ kind: 'not_open' });
});

test('the frozen roster can be read back in order of index', async () => {
  await openLine();
  await join('ann', 'bob', 'cid');
  const roster = await readRoster(line, { saleId, firstIndex: 1, size: 2 });
  expect(roster).toEqual(Buffer.concat([digestOf('bob'), digestOf('cid')]));
});

test('those in an open pre-queue cannot be called', async () => {
  await openLine();
  await openPrequeue(line, { saleId, phaseId });
  await join('ann', 'bob');
  expect(await call(5)).toMatchObject({ kind: 'called', count: 0, served: 0 });
  await freezeRoster(line, { saleId, phaseId });
  expect(await call(5)).toMatchObject({ kind: 'called', count: 2, servedBefore: 0, served: 2 });
});

test('INV-32: a call never makes inside and called more than most active', async () => {
  await openLine();
  await join('a', 'b', 'c', 'd', 'e');
  expect(await call(2, { maxActive: 3 })).toMatchObject({ count: 2, called: 2, active: 0 });
  await take(1);
  expect(await call(5, { maxActive: 3 })).toMatchObject({ count: 1, served: 3, called: 2, active: 1 });
  expect(await call(5, { maxActive: 3 })).toMatchObject({ count: 0, served: 3 });
  await freeSlot(line, { saleId, number: 1 });
  expect(await call(5, { maxActive: 3 })).toMatchObject({ count: 1, served: 4 });
  expect(await call(5, { maxActive: 1 })).toMatchObject({ count: 0, served: 4 });
});

test('a call stops at the mark that stands in the database', async () => {
  await openLine();
  await join('a', 'b', 'c');
  const mark = { saleId, leadership: await leader(), count: 3, maxActive: 100, callWindowMs: 30_000, servedMax: 2 };
  expect(await callNext(line, mark)).toMatchObject({ count: 2, served: 2 });
});

test('places that were left are passed over by a call', async () => {
  await openLine();
  await join('a', 'b', 'c');
  await leaveLine(line, { saleId, index: 1, number: 2, identity: digestOf('b') });
  expect(await call(2)).toMatchObject({ count: 2, served: 3, called: 2 });
  expect(await readPlace(line, { saleId, index: 1, number: 2 })).toMatchObject({ left: true, callExpiresAt: null });
  expect(await take(2)).toEqual({ kind: 'gone' });
  expect(await join('b')).toEqual([{ index: 3, isNew: true }]);
});

test('a called fan takes one slot and gets the same pass again while it lasts', async () => {
  await openLine();
  await join('a', 'b');
  expect(await take(1)).toEqual({ kind: 'not_called' });
  await call(1);
  const first = await take(1, 'p1');
  expect(first).toMatchObject({ kind: 'slot', passId: 'p1' });
  await clock.advance(1500);
  expect(await take(1, 'p2')).toEqual(first);
  expect(await readPlace(line, { saleId, index: 0, number: 1 })).toMatchObject({ callExpiresAt: null });
});

test('INV-33: of many who race for one pass exactly one is made', async () => {
  await openLine();
  await join('a');
  await call(1);
  const outcomes = await Promise.all(Array.from({ length: 64 }, (_, i) => take(1, `p${i}`)));
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  expect(await readFacts(line, { saleId, passMs: 60_000 })).toMatchObject({ active: 1, called: 0, admitted: 1 });
});

test('who does not come in within the call window has missed the call, and is counted once', async () => {
  await openLine();
  await join('a', 'b');
  await call(2);
  await take(1);
  await clock.advance(30_000);
  expect(await take(2)).toEqual({ kind: 'call_expired' });
  expect(await readFacts(line, { saleId, passMs: 60_000 })).toMatchObject({ called: 0, missed: 1, active: 1 });
  expect(await readFacts(line, { saleId, passMs: 60_000 })).toMatchObject({ missed: 1 });
});

test('a slot ends with its time, and its pass is not given again', async () => {
  await openLine();
  await join('a');
  await call(1);
  await take(1);
  await clock.advance(60_000);
  expect(await readFacts(line, { saleId, passMs: 60_000 })).toMatchObject({ active: 0 });
  expect(await take(1)).toEqual({ kind: 'call_expired' });
});

test('checking in says where the place stands, and never brings back one that was left', async () => {
  await openLine();
  await join('a', 'b');
  await call(1);
  const place = { saleId, index: 0, number: 1, present: presentUntil(clock.now() + 60_000), makesGood: true };
  expect(await checkIn(line, place)).toEqual({
    kind: 'place',
    epoch: 1,
    served: 1,
    left: false,
    callExpiresAt: clock.now() + 30_000,
    slotExpiresAt: null,
    back: false,
  });
  await leaveLine(line, { saleId, index: 1, number: 2, identity: digestOf('b') });
  expect(await checkIn(line, { ...place, index: 1, number: 2 })).toMatchObject({ left: true });
  expect(await call(5)).toMatchObject({ count: 0, served: 2 });
});

test('ghosts are passed over by a call, and called next when they are back', async () => {
  await openLine();
  await join('a', 'b', 'c', 'd');
  const seen = presentUntil(0).readUInt16BE();
  const marks = { saleId, chunk: 0, as: 'ghost' as const };
  expect(
    await markGhosts(line, {
      ...marks,
      entries: [
        { position: 0, seen },
        { position: 1, seen },
      ],
    }),
  ).toEqual({
    kind: 'marked',
    count: 2,
  });
  expect(await call(1)).toMatchObject({ count: 1, served: 3, called: 1 });
  const back = { saleId, index: 1, number: 2, present: presentUntil(clock.now() + 60_000), makesGood: true };
  expect(await checkIn(line, back)).toMatchObject({ back: true, callExpiresAt: null });
  expect(await checkIn(line, back)).toMatchObject({ back: true });
  expect(await readPlace(line, { saleId, index: 1, number: 2 })).toMatchObject({ back: true, served: 3 });
  expect(await call(1)).toMatchObject({ count: 1, served: 3, called: 2 });
  expect(await take(2)).toMatchObject({ kind: 'slot' });
  expect(await take(1)).toEqual({ kind: 'call_expired' });
});

test('a fan who was heard of since the look is not marked as a ghost', async () => {
  await openLine();
  await join('a', 'b');
  const seen = presentUntil(0).readUInt16BE();
  await checkIn(line, { saleId, index: 0, number: 1, present: presentUntil(clock.now() + 60_000), makesGood: true });
  const entries = [
    { position: 0, seen },
    { position: 1, seen },
    { position: 9, seen: 0 },
  ];
  expect(await markGhosts(line, { saleId, chunk: 0, as: 'ghost', entries })).toEqual({ kind: 'marked', count: 2 });
  const presence = await readPresence(line, saleId, 0);
  const at = (position: number) => presenceAt(presence.readUInt16BE(position * 2), clock.now()).kind;
  expect([at(0), at(1), at(5), at(9)]).toEqual(['present', 'gone', 'unheard', 'gone']);
});

test('presence ends with the silence that was forgiven, across the wrap of its clock', () => {
  for (const now of [1e12, 1e12 + 32766_000 - 3000, 1e12 + 5]) {
    const entry = presentUntil(now + 5000).readUInt16BE();
    expect(presenceAt(entry, now).kind).toBe('present');
    expect(presenceAt(entry, now + 5000).kind).toBe('present');
    expect(presenceAt(entry, now + 6001).kind).toBe('silent');
    expect(presenceAt(entry, now + 3600_000).kind).toBe('silent');
  }
});

test('open connections keep their fans present, but neither those who left nor those called', async () => {
  await openLine();
  await join('a', 'b', 'c', 'd');
  await call(1);
  await leaveLine(line, { saleId, index: 1, number: 2, identity: digestOf('b') });
  const seen = presentUntil(0).readUInt16BE();
  await markGhosts(line, { saleId, chunk: 0, as: 'ghost', entries: [{ position: 2, seen }] });
  const later = presentUntil(clock.now() + 60_000);
  expect(await keepPresent(line, { saleId, numbers: [1, 2, 3, 4], present: later })).toEqual({
    kind: 'kept',
    count: 2,
  });
  const presence = await readPresence(line, saleId, 0);
  const at = (position: number) => presenceAt(presence.readUInt16BE(position * 2), clock.now()).kind;
  expect([at(1), at(2), at(3)]).toEqual(['gone', 'present', 'present']);
});

test('those who left before the draw can be read back', async () => {
  await openLine();
  await join(...'abcdefghijklmnop');
  for (const [index, name] of [
    [3, 'd'],
    [9, 'j'],
    [15, 'p'],
  ] as const) {
    await leaveLine(line, { saleId, index, number: null, identity: digestOf(name) });
  }
  expect(await readLeft(line, { saleId, firstIndex: 0, size: 16 })).toEqual([3, 9, 15]);
  expect(await readLeft(line, { saleId, firstIndex: 4, size: 11 })).toEqual([9]);
});

test('who missed the call may come back once while it is remembered', async () => {
  await openLine();
  await join('a', 'b');
  await call(1);
  await clock.advance(30_000);
  await readFacts(line, { saleId, passMs: 60_000 });
  const back = { saleId, index: 0, number: 1, present: presentUntil(clock.now() + 60_000), makesGood: true };
  expect(await checkIn(line, back)).toMatchObject({ back: true });
  expect(await call(1)).toMatchObject({ count: 1, served: 1 });
  await clock.advance(30_000);
  await readFacts(line, { saleId, passMs: 60_000 });
  expect(await checkIn(line, back)).toMatchObject({ back: false });
});

test('INV-34: only the holder of the lease calls, and a paused former holder is fenced off', async () => {
  await openLine();
  await join('a', 'b');
  const old = await leader('admitter-1');
  expect(await leadSale(line, { saleId, holder: 'admitter-2', leaseMs: 3000 })).toEqual({ kind: 'following' });
  await clock.advance(3000);
  expect(await call(1, { leadership: old })).toEqual({ kind: 'fenced' });
  const fresh = await leader('admitter-2');
  expect(fresh.fence).toBe(old.fence + 1);
  expect(await call(1, { leadership: old })).toEqual({ kind: 'fenced' });
  expect(await call(1, { leadership: fresh })).toMatchObject({ count: 1 });
});

test('a leader that stops hands over at once', async () => {
  await openLine();
  await stopLeading(line, saleId, await leader('admitter-1'));
  expect((await leader('admitter-2')).holder).toBe('admitter-2');
});

test('a restored line counts on above the leased mark and calls again those who may not have heard', async () => {
  await openLine();
  await join('a', 'b', 'c');
  await redis.clear();
  const outcome = await restoreLine(line, {
    saleId,
    epoch: 2,
    leased: 1000,
    served: 3,
    servedForSure: 1,
    prequeue: null,
    draws: [{ phaseId, firstIndex: 0, size: 2 }],
  });
  expect(outcome).toEqual({ kind: 'restored', epoch: 2 });
  expect(await readFacts(line, { saleId, passMs: 1 })).toMatchObject({ joined: 1000, served: 3, called: 0, epoch: 2 });
  const present = presentUntil(clock.now() + 60_000);
  const back = (number: number) => checkIn(line, { saleId, index: number - 1, number, present, makesGood: false });
  expect(await back(1)).toMatchObject({ back: false });
  expect(await back(3)).toMatchObject({ back: true });
  expect(await call(5)).toMatchObject({ kind: 'called' });
  expect(await take(3)).toMatchObject({ kind: 'slot' });
  await freeSlot(line, { saleId, number: 3 });
  expect(await back(3)).toMatchObject({ back: false });
  expect(await freezeRoster(line, { saleId, phaseId })).toEqual({ kind: 'frozen', firstIndex: 0, size: 2 });
  expect(await restoreLine(line, { saleId, epoch: 3, ...nothing })).toEqual({ kind: 'open', epoch: 2 });
});

test('a pass that returns after a loss has its slot again, once', async () => {
  await openLine();
  await join('a', 'b');
  await call(2);
  await redis.clear();
  await restoreLine(line, { saleId, epoch: 2, ...nothing, leased: 1000, served: 2 });
  const expiresAt = Math.floor(clock.now() / 1000) + 60;
  const pass = { saleId, number: 1, passId: 'p1', issuedAt: expiresAt - 60, expiresAt };
  expect(await adoptSlot(line, pass)).toEqual({ kind: 'adopted' });
  expect(await adoptSlot(line, pass)).toEqual({ kind: 'known' });
  expect(await take(1, 'other')).toMatchObject({ kind: 'slot', passId: 'p1' });
  expect(await adoptSlot(line, { ...pass, number: 2, expiresAt: expiresAt - 90 })).toEqual({ kind: 'known' });
  expect(await readFacts(line, { saleId, passMs: 60_000 })).toMatchObject({ active: 1 });
});

test('a copy of the line from another run of the server is not counted on from', async () => {
  await openLine();
  await join('a', 'b');
  await redis.client.hset('wr1:{sale:sale-1}:state', 'run', 'an-older-run');
  expect(await joinLine(line, { saleId, identities: [digestOf('c')], present })).toEqual({ kind: 'blank' });
  await restoreLine(line, { saleId, epoch: 2, ...nothing, leased: 1000 });
  await leaseIndexes(line, { saleId, epoch: 2, leased: 2000 });
  expect(await join('c', 'a')).toEqual([
    { index: 1000, isNew: true },
    { index: 0, isNew: false },
  ]);
});
