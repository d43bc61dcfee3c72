// Presence: who is passed over, who comes back.
import { manualClock, testRedis } from '@onsale/testkit';
import { checkIn } from './check-in/check-in.ts';
import { deferPlace } from './defer/defer.ts';
import { goAway } from './go-away/go-away.ts';
import { keepPresent } from './keep-present/keep-present.ts';
import { leaveLine } from './leave/leave.ts';
import { markGhosts } from './mark-ghosts/mark-ghosts.ts';
import { areAllPresent, PRESENCE_CHUNK, presenceAt, presentAt, presentUntil, readPresence } from './presence.ts';
import { readFacts } from './read-facts/read-facts.ts';
import { readLeft } from './read-left.ts';
import { readPlace } from './read-place/read-place.ts';
import { digestOf, saleId, testLine } from './test-line.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });

test('ghosts are passed over by a call, and called next when they are back', async () => {
  await at.open();
  await at.join('a', 'b', 'c', 'd');
  const seen = presentUntil(0).readUInt16BE();
  const marks = { saleId, chunk: 0, as: 'ghost' as const };
  expect(
    await markGhosts(at.line, {
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
  expect(await at.call(1)).toMatchObject({ count: 1, served: 3, called: 1 });
  const back = {
    saleId,
    index: 1,
    number: 2,
    present: presentUntil(at.clock.now() + 60_000),
    makesGood: true,
    version: 0,
  };
  expect(await checkIn(at.line, back)).toMatchObject({ back: true, callExpiresAt: null });
  expect(await checkIn(at.line, back)).toMatchObject({ back: true });
  expect(await readPlace(at.line, { saleId, index: 1, number: 2 })).toMatchObject({ back: true, served: 3 });
  expect(await at.call(1)).toMatchObject({ count: 1, served: 3, called: 2 });
  expect(await at.take(2)).toMatchObject({ kind: 'slot' });
  expect(await at.take(1)).toEqual({ kind: 'call_expired' });
});

test('a fan who was heard of since the look is not marked as a ghost', async () => {
  await at.open();
  await at.join('a', 'b');
  const seen = presentUntil(0).readUInt16BE();
  await checkIn(at.line, {
    saleId,
    index: 0,
    number: 1,
    present: presentUntil(at.clock.now() + 60_000),
    makesGood: true,
    version: 0,
  });
  const entries = [
    { position: 0, seen },
    { position: 1, seen },
    { position: 9, seen: 0 },
  ];
  expect(await markGhosts(at.line, { saleId, chunk: 0, as: 'ghost', entries })).toEqual({ kind: 'marked', count: 2 });
  const presence = await readPresence(at.line, saleId, { chunk: 0, from: 0, to: PRESENCE_CHUNK });
  const state = (position: number) => presenceAt(presence.readUInt16BE(position * 2), at.clock.now()).kind;
  expect([state(0), state(1), state(5), state(9)]).toEqual(['present', 'gone', 'unheard', 'gone']);
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
  await at.open();
  await at.join('a', 'b', 'c', 'd');
  await at.call(1);
  await leaveLine(at.line, { saleId, index: 1, number: 2, identity: digestOf('b'), version: 0 });
  const seen = presentUntil(0).readUInt16BE();
  await markGhosts(at.line, { saleId, chunk: 0, as: 'ghost', entries: [{ position: 2, seen }] });
  const later = presentUntil(at.clock.now() + 60_000);
  expect(await keepPresent(at.line, { saleId, numbers: [1, 2, 3, 4], present: later })).toEqual({
    kind: 'kept',
    count: 2,
  });
  const presence = await readPresence(at.line, saleId, { chunk: 0, from: 0, to: PRESENCE_CHUNK });
  const state = (position: number) => presenceAt(presence.readUInt16BE(position * 2), at.clock.now()).kind;
  expect([state(1), state(2), state(3)]).toEqual(['gone', 'present', 'present']);
});

test('those who left before the draw can be read back', async () => {
  await at.open();
  await at.join(...'abcdefghijklmnop');
  for (const [index, name] of [
    [3, 'd'],
    [9, 'j'],
    [15, 'p'],
  ] as const) {
    await leaveLine(at.line, { saleId, index, number: null, identity: digestOf(name), version: 0 });
  }
  expect(await readLeft(at.line, { saleId, firstIndex: 0, size: 16 })).toEqual([3, 9, 15]);
  expect(await readLeft(at.line, { saleId, firstIndex: 4, size: 11 })).toEqual([9]);
});

test('who missed the call may come back once while it is remembered', async () => {
  await at.open();
  await at.join('a', 'b');
  await at.call(1);
  await at.clock.advance(30_000);
  await readFacts(at.line, { saleId, passMs: 60_000 });
  const back = {
    saleId,
    index: 0,
    number: 1,
    present: presentUntil(at.clock.now() + 60_000),
    makesGood: true,
    version: 0,
  };
  expect(await checkIn(at.line, back)).toMatchObject({ back: true });
  expect(await at.call(1)).toMatchObject({ count: 1, served: 1 });
  await at.clock.advance(30_000);
  await readFacts(at.line, { saleId, passMs: 60_000 });
  expect(await checkIn(at.line, back)).toMatchObject({ back: false });
});

test('who closes the page is gone after a moment, is there again with the next check-in, and loses nothing', async () => {
  await at.open();
  await at.join('a', 'b', 'c', 'd', 'e');
  await at.call(1);
  const now = at.clock.now();
  const place = (number: number) => ({ saleId, index: number - 1, number, version: 0 });
  const hear = (number: number) =>
    checkIn(at.line, { ...place(number), present: presentUntil(now + 600_000), makesGood: false });
  for (const number of [2, 3, 4, 5]) await hear(number);
  await leaveLine(at.line, { ...place(4), identity: digestOf('d') });
  await deferPlace(at.line, { ...place(5), forMs: 60_000 });
  const away = async (number: number, version = 0) =>
    (await goAway(at.line, { ...place(number), present: presentUntil(now + 15_000), version })).kind;
  expect(await away(2)).toBe('away');
  expect([await away(1), await away(2), await away(4), await away(5)]).toEqual(Array(4).fill('nothing'));
  const states = async (when: number) => {
    const presence = await readPresence(at.line, saleId, { chunk: 0, from: 0, to: PRESENCE_CHUNK });
    return [2, 3].map((number) => presenceAt(presence.readUInt16BE((number - 1) * 2), when).kind);
  };
  expect(await states(now + 14_000)).toEqual(['present', 'present']);
  expect(await states(now + 17_000)).toEqual(['silent', 'present']);
  await hear(2); // a reload, or another tab
  expect(await states(now + 500_000)).toEqual(['present', 'present']);
  expect(await readPlace(at.line, { saleId, index: 1, number: 2 })).toMatchObject({ left: false });
  // The device a place moved away from says nothing about it.
  await hear(3);
  await checkIn(at.line, { ...place(3), present: presentUntil(now + 600_000), makesGood: false, version: 1 });
  expect(await away(3, 0)).toBe('moved');
  expect(await away(3, 1)).toBe('away');
});

test('the quick look says of every entry and at every place of the clock what the exact one says', () => {
  const WRAP = 0x7ffe;
  for (const second of [0, 1, 2, WRAP / 2 - 1, WRAP / 2, WRAP / 2 + 1, WRAP - 2, WRAP - 1, WRAP, 1_700_000_000]) {
    const now = second * 1000;
    const isPresent = presentAt(now);
    for (let entry = 0; entry <= 0xffff; entry++) {
      if (entry === WRAP + 1) continue; // is never written
      const said = presenceAt(entry, now).kind === 'present';
      if (isPresent(entry) !== said) throw new Error(`entry ${entry} at second ${second}: ${isPresent(entry)}`);
    }
  }
});

test('one who is not there, or of whom nothing was ever written, is noticed among all who are', () => {
  const now = 1_700_000_000_000;
  const entries = Buffer.concat(Array.from({ length: 100 }, () => presentUntil(now + 60_000)));
  expect(areAllPresent(entries, 100, now)).toBe(true);
  expect(areAllPresent(entries, 101, now)).toBe(false);
  for (const other of [
    presentUntil(now - 60_000),
    Buffer.from([0, 0]),
    Buffer.from([0x80, 0]),
    Buffer.from([0xff, 0xff]),
  ]) {
    for (const position of [0, 50, 99]) {
      const some = Buffer.from(entries);
      other.copy(some, position * 2);
      expect(areAllPresent(some, 100, now)).toBe(false);
    }
  }
});
