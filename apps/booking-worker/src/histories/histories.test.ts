import {
  blocks,
  bookings,
  claims,
  connectMongo,
  counts,
  fanCounts,
  type Mongo,
  payments,
  prepareDatabase,
  sales,
  tallies,
  tickets,
} from '@onsale/booking-mongo';
import type { SeatId } from '@onsale/domain';
import { historiesWanted, insertTestSale, STANDING, testMongo } from '@onsale/testkit';
import { runHistory } from './run-history.ts';

const database = testMongo();
let mongo: Mongo;

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
afterAll(() => mongo.close());

// `npm run histories` runs ten thousand.
const { from, count } = historiesWanted({ from: 1, count: 40 });
const SECONDS_EACH = 3; // 0.07 on an idle machine

async function runSeed(seed: number) {
  const sale = await insertTestSale(database.db, { name: `h${seed}`, rows: [4, 3], standing: 3, seatsPerFan: 4 });
  await sales(mongo).updateOne({ _id: sale.saleId }, { $set: { 'limits.seatsPerEmail': 5 } });
  const seatIds = ['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3'] as SeatId[];
  const result = await runHistory(mongo, { ...sale, seatIds, general: STANDING, seatsPerFan: 4 }, seed);
  // What is over is taken away, so that ten thousand histories stay as fast as one.
  const { saleId, performanceId } = sale;
  for (const collection of [bookings, claims, counts, tickets, payments, blocks]) {
    await (collection(mongo) as ReturnType<typeof claims>).deleteMany({ performanceId });
  }
  await fanCounts(mongo).deleteMany({ saleId });
  await tallies(mongo).deleteMany({ saleId });
  return result;
}

test(
  'INV-5: no history of aborts, lost answers, deaths, freezes and repetitions breaks the books',
  async () => {
    const failed: string[] = [];
    let faults = 0;
    let kills = 0;
    for (let seed = from; seed < from + count; seed++) {
      const result = await runSeed(seed);
      failed.push(...result.violations.map((violation) => `seed ${seed}: ${violation}`));
      faults += result.faults;
      kills += result.kills;
    }
    expect(failed).toEqual([]);
    // So that a change does not make the histories peaceful: about three faults in each, one of them deadly.
    expect(faults + kills).toBeGreaterThanOrEqual(count);
  },
  count * SECONDS_EACH * 1000 + 30_000,
);
