import { manualClock, testRedis } from '@onsale/testkit';
import { loadCodeUses } from '../load-code-uses/load-code-uses.ts';
import { readFacts } from '../read-facts/read-facts.ts';
import { restoreLine } from '../restore/restore.ts';
import { digestOf, nothingLost, PASS_MS, saleId, testLine } from '../test-line.ts';
import { letPast } from './bypass.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });
const code = { setNumber: 7, serial: 3 };

beforeEach(async () => {
  await at.open();
  await loadCodeUses(at.line, { saleId, epoch: 1, used: [] });
});

const past = (name: string, { serial = 3, maxActive = 100 } = {}) =>
  letPast(at.line, {
    saleId,
    identity: digestOf(name),
    code: { ...code, serial },
    passId: `p-${name}-${Math.random()}`,
    passMs: PASS_MS,
    maxActive,
  });

test('INV-39: a bypass link raced by 64 people lets in one, and asking again gives the same pass', async () => {
  const races = await Promise.all(Array.from({ length: 64 }, (_, i) => past(`guest-${i}`)));
  expect(races.filter(({ kind }) => kind === 'slot')).toHaveLength(1);
  expect(races.filter(({ kind }) => kind === 'used')).toHaveLength(63);
  const winner = races.findIndex(({ kind }) => kind === 'slot');
  expect(await past(`guest-${winner}`)).toEqual(races[winner]);
  await at.clock.advance(PASS_MS + 1000);
  expect(await past(`guest-${winner}`)).toEqual({ kind: 'used' });
});

test('who comes past takes a slot, so that a call makes no more than the most active, and waits when it is full', async () => {
  await at.join('a', 'b');
  expect(await past('guest')).toMatchObject({ kind: 'slot', number: 2_000_007_003 });
  expect(await at.call(5, { maxActive: 2 })).toMatchObject({ kind: 'called', count: 1 });
  expect(await past('second', { serial: 4, maxActive: 2 })).toEqual({ kind: 'full' });
  expect(await readFacts(at.line, { saleId, passMs: PASS_MS })).toMatchObject({ active: 1, called: 1 });
  await at.clock.advance(PASS_MS + 1000);
  expect(await past('second', { serial: 4, maxActive: 2 })).toMatchObject({ kind: 'slot' });
});

test('a line that was opened anew lets nobody past before it knows which links were used', async () => {
  await past('guest');
  await at.redis.clear();
  await restoreLine(at.line, { saleId, epoch: 2, ...nothingLost });
  expect(await past('thief')).toEqual({ kind: 'unknown', epoch: 2 });
  await loadCodeUses(at.line, { saleId, epoch: 2, used: [{ ...code, uses: 1, usedBy: digestOf('guest') }] });
  expect(await past('thief')).toEqual({ kind: 'used' });
});
