import { bookingCommandExamples, partitionOf } from '@onsale/contracts';
import type { BookingId } from '@onsale/domain';
import type { WaitingRequest } from '@onsale/shop-redis';
import { findStuckRequests } from './find-stuck-requests.ts';

const NOW = 1_000_000;
const PARTITIONS = 2;
const mine = partitionOf(bookingCommandExamples.reserve.performanceId, PARTITIONS);

type Situation = {
  waiting?: number;
  consumers?: number;
  silent?: readonly number[];
  ageMs?: number;
  decided?: boolean;
};

function shop(over: Situation = {}) {
  const { waiting = 0, consumers = 1, silent = [], ageMs = 20_000, decided = false } = over;
  const id = 'bk-1' as BookingId;
  const noted: WaitingRequest[] = [
    { bookingId: id, since: NOW - ageMs, command: JSON.stringify(bookingCommandExamples.reserve) },
  ];
  const did: string[] = [];
  const quiet = { waiting: 0, consumers: 1 };
  return {
    did,
    look: () =>
      findStuckRequests({
        readWaiting: async ({ before }) => noted.filter(({ since }) => since <= before),
        decidedAmong: async (ids) => new Set(decided ? ids : []),
        forget: async (ids) => void did.push(...ids.map((one) => `forget ${one}`)),
        waitAnew: async ({ bookingId }) => void did.push(`anew ${bookingId}`),
        readDepths: async () => ({
          partitions: Array.from({ length: PARTITIONS }, (_, at) => (at === mine ? { waiting, consumers } : quiet)),
          deadLetters: 0,
        }),
        readSilent: async () => new Set(silent),
        publish: async ({ commandId }) => void did.push(`publish ${commandId}`),
        now: () => NOW,
      }),
  };
}

test('a request that was decided is forgotten, and a young one is left in peace', async () => {
  const decided = shop({ decided: true });
  expect(await decided.look()).toEqual({ byReason: expect.anything(), oldestMs: 0, republished: 0 });
  expect(decided.did).toEqual(['forget bk-1']);
  const young = shop({ ageMs: 10_000 });
  await young.look();
  expect(young.did).toEqual([]);
});

test.each([
  ['backlog', { waiting: 7 }],
  ['no_worker', { waiting: 7, consumers: 0 }],
  ['no_worker', { consumers: 0, silent: [mine] }],
  ['worker_silent', { silent: [mine] }],
  ['worker_silent', { waiting: 7, silent: [mine] }],
  ['not_in_its_queue', { silent: [(mine + 1) % PARTITIONS] }],
] as const)('a stuck request is told with its reason: %s', async (reason, over) => {
  const { look, did } = shop(over);
  const found = await look();
  expect(found.byReason[reason]).toBe(1);
  expect(found.oldestMs).toBe(20_000);
  expect(did).toEqual([]);
});

test('a command that nothing explains is published again after a minute, once a minute', async () => {
  const lost = shop({ ageMs: 60_000 });
  expect((await lost.look()).republished).toBe(1);
  expect(lost.did).toEqual(['publish cmd-1', 'anew bk-1']);
  for (const known of [{ waiting: 1 }, { silent: [mine] }]) {
    expect((await shop({ ageMs: 60_000, ...known }).look()).republished).toBe(0);
  }
});
