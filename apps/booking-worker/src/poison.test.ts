// What keeps failing must not keep others from being decided: each kind of failure, on a real broker and database.
import { bookings, claims, counts } from '@onsale/booking-mongo';
import { type BookingCommand, DEAD_QUEUE, DEAD_REASON_HEADER } from '@onsale/contracts';
import type { BookingId, SeatId } from '@onsale/domain';
import { replayDeadLetters } from '@onsale/messaging-rabbitmq';
import { insertTestSale, STANDING, type TestSale, waitFor } from '@onsale/testkit';
import { release, reserve, testWorkers, type WantedItems } from './test-worker.ts';

const PATIENCE_MS = 30_000; // on a machine that does other work as well
const workers = testWorkers({ partitions: 1 });
const { database, rabbit, startWorker, publish } = workers;

const seats = (...ids: string[]): WantedItems => [{ seatIds: ids as SeatId[] }];
const standing = (quantity: number): WantedItems => [{ categoryId: STANDING, quantity }];

type Stored = { _id: string; [field: string]: unknown };

beforeEach(async () => {
  await rabbit.channel.purgeQueue(DEAD_QUEUE);
});

/** All lie in the queue before the worker comes, so that they make one batch. */
async function decideAsOneBatch(commands: readonly BookingCommand[]): Promise<void> {
  for (const command of commands) await publish(command);
  await startWorker();
}

async function deadLetter(): Promise<{ readonly messageId: string; readonly reason: string }> {
  return waitFor(async () => {
    const letter = await rabbit.channel.get(DEAD_QUEUE);
    if (letter === false) return null;
    rabbit.channel.nack(letter, false, true);
    const { messageId, headers } = letter.properties;
    return { messageId: String(messageId), reason: String(headers?.[DEAD_REASON_HEADER]) };
  }, PATIENCE_MS);
}

async function deadLetters(): Promise<number> {
  return (await rabbit.channel.checkQueue(DEAD_QUEUE)).messageCount;
}

const stateOf = async (name: string) =>
  (
    await bookings(workers.mongo)
      .findById(`bk_${name}` as BookingId)
      .lean()
  )?.state;

const heldOf = ({ performanceId }: TestSale) =>
  bookings(workers.mongo).countDocuments({ performanceId, state: 'held' });

async function replayAndWait(name: string, state: string): Promise<void> {
  expect(await replayDeadLetters(rabbit.url, 10)).toBe(1);
  await waitFor(async () => (await stateOf(name)) === state, PATIENCE_MS);
  expect(await deadLetters()).toBe(0);
}

test('a booking that cannot be read: its command is buried with the reason, and comes to its end after it is mended', async () => {
  const sale = await insertTestSale(database.db, { name: 'poison' });
  const broken = { ...sale, _id: 'bk_broken', fanId: 'fan-broken', state: 'held', items: null };
  await database.db
    .collection<Stored>('bookings')
    .insertOne({ ...broken, decidedAt: new Date(), holdExpiresAt: null, alternatives: [] });
  const wishes = Array.from({ length: 10 }, (_, i) => reserve(sale, `p-${i}`, standing(1)));
  await decideAsOneBatch([...wishes.slice(0, 5), release(sale, 'broken'), ...wishes.slice(5)]);
  expect(await deadLetter()).toEqual({ messageId: 'release-broken', reason: expect.stringMatching(/^TypeError/) });
  await waitFor(async () => (await heldOf(sale)) === 11, PATIENCE_MS);
  expect(await deadLetters()).toBe(1);
  await database.db.collection<Stored>('bookings').updateOne({ _id: 'bk_broken' }, { $set: { items: [] } });
  await replayAndWait('broken', 'released');
});

test('a command that the rules cannot decide is buried, and what stands around it in the batch is decided', async () => {
  const sale = await insertTestSale(database.db, { name: 'odd' });
  const odd = { ...sale, _id: 'bk_odd', fanId: 'fan-odd', state: 'held', items: [{ seatId: 'A1' }], total: null };
  // It can be read, but its item belongs to no category, so that no count can take it back.
  await database.db
    .collection<Stored>('bookings')
    .insertOne({ ...odd, decidedAt: new Date(), holdExpiresAt: null, alternatives: [] });
  await decideAsOneBatch([
    reserve(sale, 'o-1', seats('B1', 'B2')),
    release(sale, 'odd'),
    reserve(sale, 'o-2', seats('B5', 'B6')),
  ]);
  expect(await deadLetter()).toEqual({
    messageId: 'release-odd',
    reason: expect.stringMatching(/^RangeError: no count/),
  });
  expect([await stateOf('o-1'), await stateOf('o-2')]).toEqual(['held', 'held']);
  expect(await deadLetters()).toBe(1);
});

test('a claim of nobody refuses a seat: the write names its command, and after the claim is gone it is replayed', async () => {
  const sale = await insertTestSale(database.db, { name: 'stray' });
  const stray = `${sale.performanceId}:A3`;
  await database.db.collection<Stored>('claims').insertOne({ ...sale, _id: stray, seatId: 'A3' });
  await decideAsOneBatch([
    reserve(sale, 's-1', seats('A1', 'A2')),
    reserve(sale, 's-2', seats('A3', 'A4')),
    reserve(sale, 's-3', seats('B1', 'B2')),
    release(sale, 's-1'),
  ]);
  expect(await deadLetter()).toEqual({ messageId: 'reserve-s-2', reason: expect.stringMatching(/E11000/) });
  await waitFor(async () => (await stateOf('s-1')) === 'released', PATIENCE_MS);
  expect([await stateOf('s-2'), await stateOf('s-3')]).toEqual([undefined, 'held']);
  expect(await deadLetters()).toBe(1);
  await database.db.collection<Stored>('claims').deleteOne({ _id: stray });
  await replayAndWait('s-2', 'held');
  expect(await claims(workers.mongo).countDocuments({ performanceId: sale.performanceId })).toBe(4);
});

test('a failure that names nobody is searched by halves: a count that lies sinks only whom it does not serve', async () => {
  const sale = await insertTestSale(database.db, { name: 'lie', standing: 20 });
  const count = { performanceId: sale.performanceId, categoryId: STANDING, saleId: sale.saleId };
  // Twenty places, it says, of which one is free, though nobody has any: the guard lets no more than one be taken.
  await database.db.collection<Stored>('counts').insertOne({
    ...count,
    _id: `${sale.performanceId}:${STANDING}`,
    capacity: 20,
    held: 0,
    sold: 0,
    free: 1,
    version: 0,
  });
  await decideAsOneBatch([
    reserve(sale, 'l-1', seats('A1', 'A2')),
    reserve(sale, 'l-2', standing(2)),
    reserve(sale, 'l-3', seats('B1', 'B2')),
    reserve(sale, 'l-4', standing(1)),
  ]);
  expect(await deadLetter()).toEqual({ messageId: 'reserve-l-2', reason: expect.stringMatching(/^GuardError/) });
  await waitFor(async () => (await heldOf(sale)) === 3, PATIENCE_MS);
  expect(await deadLetters()).toBe(1);
  expect(await counts(workers.mongo).findById(`${sale.performanceId}:${STANDING}`).lean()).toMatchObject({ free: 0 });
});

test('a database that answers with conflicts again and again buries nobody, however long it does', async () => {
  const sale = await insertTestSale(database.db, { name: 'busy' });
  await database.db.admin().command({
    configureFailPoint: 'failCommand',
    mode: { times: 14 }, // more than one transaction retries: the batch is tried anew several times
    data: {
      appName: database.db.databaseName,
      failCommands: ['commitTransaction'],
      errorCode: 112,
      errorLabels: ['TransientTransactionError'],
    },
  });
  await decideAsOneBatch([reserve(sale, 'w-1', seats('A1', 'A2')), reserve(sale, 'w-2', seats('B1', 'B2'))]);
  await waitFor(async () => (await heldOf(sale)) === 2, PATIENCE_MS);
  expect(await deadLetters()).toBe(0);
});
