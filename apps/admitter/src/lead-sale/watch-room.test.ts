// The safety net on a real database: measured by what the shop's processes counted, switched with its reason.
import {
  addPageHits,
  auditLog,
  connectMongo,
  type Mongo,
  prepareDatabase,
  roomOf,
  type SaleRecord,
  sales,
} from '@onsale/booking-mongo';
import type { EventId, PhaseId, SaleId } from '@onsale/domain';
import { testMongo } from '@onsale/testkit';
import type { LineFacts } from '@onsale/waiting-room-redis';
import { newSaleMemory, type SaleMemory } from './sale-memory.ts';
import { watchRoom } from './watch-room.ts';

const database = testMongo();
const saleId = 'sale-1' as SaleId;
let mongo: Mongo;
let memory: SaleMemory;
let now: number;
let switched: { on: boolean; reason: string }[];

beforeAll(async () => {
  mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
});
afterAll(() => mongo.close());

beforeEach(async () => {
  now = Date.UTC(2030, 0, 1);
  memory = newSaleMemory();
  switched = [];
  await sales(mongo).deleteMany({});
  await sales(mongo).create(saleWithNet(new Date(now)));
});

function saleWithNet(at: Date): SaleRecord {
  return {
    _id: saleId,
    eventId: 'event' as EventId,
    name: 'A sale',
    currency: 'EUR',
    performanceIds: [],
    phases: [
      {
        id: 'general' as PhaseId,
        kind: 'general',
        prequeueOpensAt: at,
        opensAt: at,
        closesAt: new Date(at.getTime() + 3600_000),
        needsCode: false,
      },
    ],
    limits: { seatsPerBooking: 4, seatsPerFan: 4 },
    holdSeconds: 60,
    callWindowSeconds: 60,
    passSeconds: 600,
    admission: {
      mode: 'automatic',
      ratePerMinute: 600,
      maxActive: 100,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    },
    admissionVersion: 1,
    paused: false,
    draining: false,
    soldOut: false,
    closedByStaff: false,
    notice: null,
    manualCall: null,
    room: { mode: 'safety_net', thresholdPerMinute: 600, on: false, reason: 'So the sale was made.', since: at },
    createdAt: at,
  };
}

const stored = async () => sales(mongo).findById(saleId).orFail().lean<SaleRecord>();

/** One second of the leader's ticks, in which the processes of the shop count so many hits each. */
async function second(hits: number, waiting = 0): Promise<void> {
  for (const observer of ['a', 'b']) if (hits > 0) await addPageHits(mongo, { observer, saleId, hits });
  now += 1000;
  const facts = { now, joined: waiting, served: 0, firstUndrawnIndex: null, returning: 0 } as unknown as LineFacts;
  const events = { roomSwitched: (_id: SaleId, room: { on: boolean; reason: string }) => switched.push(room) };
  await watchRoom({ mongo, events: events as never }, { sale: await stored(), facts, memory });
}

test('a surge over all processes switches the room on, a quiet time switches it off, both with their reason', async () => {
  for (let i = 0; i < 15; i++) await second(2);
  expect(roomOf(await stored())).toMatchObject({ on: false });
  for (let i = 0; i < 10; i++) await second(20);
  const on = roomOf(await stored());
  expect(on).toMatchObject({ on: true, reason: expect.stringMatching(/^The safety net: \d+ page hits per minute/) });
  expect(switched).toHaveLength(1);
  for (let i = 0; i < 320; i += 1) await second(0, i < 20 ? 5 : 0);
  expect(roomOf(await stored()).on).toBe(true);
  for (let i = 0; i < 20; i += 1) await second(0);
  expect(roomOf(await stored())).toMatchObject({ on: false, reason: expect.stringMatching(/^Quiet for 5 minutes/) });
  const acts = await auditLog(mongo).find().sort({ at: 1 }).lean();
  expect(acts.map(({ act, staffId, address }) => [act, staffId, address])).toEqual([
    ['waiting room switched on', null, 'safety net'],
    ['waiting room switched off', null, 'safety net'],
  ]);
});

test('what was counted before the leader began is no surge, and queue-all is left alone', async () => {
  await addPageHits(mongo, { observer: 'c', saleId, hits: 1_000_000 });
  for (let i = 0; i < 12; i++) await second(1);
  expect(roomOf(await stored()).on).toBe(false);
  const all = { mode: 'queue_all', thresholdPerMinute: 600, on: true, reason: 'r', since: new Date(now) };
  await sales(mongo).updateOne({ _id: saleId }, { $set: { room: all } });
  for (let i = 0; i < 12; i++) await second(0);
  expect(switched).toEqual([]);
});
