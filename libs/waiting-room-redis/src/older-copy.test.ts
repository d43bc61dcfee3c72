// An older copy of the line, loaded into a Redis that goes on running: the run is the same, so only figures tell.
import type { PhaseId } from '@onsale/domain';
import { manualClock, testRedis } from '@onsale/testkit';
import { callNext } from './call/call.ts';
import { freezeRoster } from './freeze/freeze.ts';
import { joinLine } from './join/join.ts';
import { joinWithCode } from './join-with-code/join-with-code.ts';
import { leaseIndexes } from './lease-indexes/lease-indexes.ts';
import { openPrequeue } from './open-prequeue/open-prequeue.ts';
import { type LineMarks, NO_MARKS, readFacts } from './read-facts/read-facts.ts';
import { restoreLine } from './restore/restore.ts';
import { CALL_WINDOW_MS, digestOf, nothingLost, PASS_MS, present, saleId, testLine } from './test-line.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });
const phaseId = 'general' as PhaseId;

/** All keys as they are now; returns how to come back to them. */
async function copyOfLine(): Promise<() => Promise<void>> {
  const { client } = at.redis;
  const keys = await client.keys('*');
  const dumps = await Promise.all(keys.map(async (key) => [key, await client.dumpBuffer(key)] as const));
  return async () => {
    await client.flushdb();
    for (const [key, dump] of dumps) if (dump !== null) await client.restore(key, 0, dump);
  };
}

const facts = (marks?: LineMarks) => readFacts(at.line, { saleId, passMs: PASS_MS, ...(marks && { marks }) });
const blank = { kind: 'blank' };

/** After it was closed, everybody finds it blank, and a restored line counts on from what was known. */
async function expectRestoredFrom(known: { joined: number; served: number }): Promise<void> {
  expect(await joinLine(at.line, { saleId, identities: [digestOf('zoe')], present })).toEqual(blank);
  expect(await facts()).toEqual(blank);
  await restoreLine(at.line, { saleId, epoch: 2, ...nothingLost });
  await leaseIndexes(at.line, { saleId, epoch: 2, leased: 2000 });
  expect(await facts()).toMatchObject({ kind: 'facts', epoch: 2, ...known });
  expect(await at.join('zoe')).toEqual([{ index: known.joined, isNew: true }]);
}

test('who joins knows how many had joined, and no index is given from an older copy', async () => {
  await at.open();
  await at.join('ann', 'bob');
  const comeBack = await copyOfLine();
  await at.join('cid', 'dan', 'eve');
  await comeBack();
  const eve = { saleId, identities: [digestOf('eve')], present };
  expect(await joinLine(at.line, { ...eve, joinedAtLeast: 5 })).toEqual(blank);
  await expectRestoredFrom({ joined: 5, served: 0 });
});

test('so does who joins with a code', async () => {
  await at.open();
  await at.join('ann');
  const comeBack = await copyOfLine();
  await at.join('bob', 'cid');
  await comeBack();
  const join = { saleId, identity: digestOf('cid'), present, code: { setNumber: 1, serial: 0, usesMax: 1 } };
  expect(await joinWithCode(at.line, { ...join, joinedAtLeast: 3 })).toEqual(blank);
  await expectRestoredFrom({ joined: 3, served: 0 });
});

test('nobody is called twice from an older copy', async () => {
  await at.open();
  await at.join('ann', 'bob', 'cid');
  await at.call(1);
  const comeBack = await copyOfLine();
  expect(await at.call(1)).toMatchObject({ served: 2 });
  await comeBack();
  const call = { saleId, leadership: await at.leader(), count: 1, maxActive: 100, servedMax: 1000 };
  expect(await callNext(at.line, { ...call, callWindowMs: CALL_WINDOW_MS, servedAtLeast: 2 })).toEqual(blank);
  await expectRestoredFrom({ joined: 3, served: 2 });
});

test('a roster is not frozen from an older copy', async () => {
  await at.open();
  await openPrequeue(at.line, { saleId, phaseId });
  const comeBack = await copyOfLine();
  await at.join('ann', 'bob');
  await comeBack();
  expect(await freezeRoster(at.line, { saleId, phaseId, joinedAtLeast: 2 })).toEqual(blank);
  await expectRestoredFrom({ joined: 2, served: 0 });
});

test('the leader tells an older copy by any figure that fell', async () => {
  await at.open();
  await at.join('ann', 'bob');
  await at.call(1);
  const seen = await facts();
  if (seen.kind !== 'facts') throw new Error(seen.kind);
  const { epoch, joined, leased, served, seq } = seen;
  const marks = { epoch, joined, leased, served, seq };
  const comeBack = await copyOfLine();
  for (const field of ['epoch', 'joined', 'leased', 'served', 'seq'] as const) {
    expect(await facts(marks)).toMatchObject({ kind: 'facts' });
    expect([field, await facts({ ...marks, [field]: marks[field] + 1 })]).toEqual([field, { kind: 'older' }]);
    expect(await facts()).toEqual(blank);
    await comeBack();
  }
  // The count of documents begins anew with each epoch.
  expect(await facts({ ...NO_MARKS, seq: 100 })).toMatchObject({ kind: 'facts' });
});
