// A leader's ticks on a real Redis and MongoDB, one by one and by a clock that the test moves.
import { connectMongo, type Mongo, prepareDatabase, type SaleRecord, sales } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { createLogger, createMetrics } from '@onsale/runtime';
import { insertTestSale, type ManualClock, type TestMongo, type TestRedis } from '@onsale/testkit';
import {
  type AdmissionReport,
  connectLine,
  identityDigest,
  joinLine,
  type LineConnection,
  leadSale,
  presentUntil,
  readLine,
  readReport,
} from '@onsale/waiting-room-redis';
import type { LeaderDeps } from './lead-sale/sale-leader.ts';
import { newSaleMemory, type SaleMemory } from './lead-sale/sale-memory.ts';
import { tick } from './lead-sale/tick.ts';
import { admitterEvents } from './metrics.ts';

export type TestLeader = {
  readonly saleId: SaleId;
  readonly line: LineConnection;
  readonly mongo: Mongo;
  memory: SaleMemory;
  /** What an operator would change. */
  change(set: Record<string, unknown>): Promise<void>;
  join(fans: number): Promise<void>;
  /** Ticks of half a second each. */
  ticks(count: number): Promise<void>;
  report(): Promise<AdmissionReport>;
  document(): Promise<LineDocument>;
  close(): Promise<void>;
};

const TICK_MS = 500;
const JOIN_BATCH = 200;
const PRESENT_MS = 3_600_000;

export async function testLeader(
  name: string,
  { mongo: database, redis, clock }: { mongo: TestMongo; redis: TestRedis; clock: ManualClock },
): Promise<TestLeader> {
  const mongo = await connectMongo(database.uri);
  await prepareDatabase(mongo);
  const line = connectLine(redis.url, { clock });
  await line.ready();
  const { saleId } = await insertTestSale(database.db, { name, standing: 5_000 });
  await database.db.collection('draws').deleteMany({ saleId });
  const logger = createLogger({ app: 'admitter-test', level: 'silent' });
  const events = admitterEvents(logger, createMetrics(`admitter-test-${name}`));
  const deps: LeaderDeps = { mongo, line, logger, clock, events, holder: `test-${name}` };
  let joined = 0;
  const leader: TestLeader = {
    saleId,
    line,
    mongo,
    memory: newSaleMemory(),
    change: async (set) => void (await sales(mongo).updateOne({ _id: saleId }, { $set: set })),
    join: async (fans) => {
      for (const end = joined + fans; joined < end; ) {
        const batch = Array.from({ length: Math.min(JOIN_BATCH, end - joined) }, (_, i) => joined + i);
        const identities = batch.map((fan) => identityDigest(saleId, `fan-${fan}` as FanId));
        const present = presentUntil(clock.now() + PRESENT_MS);
        const outcome = await joinLine(line, { saleId, identities, present });
        if (outcome.kind === 'joined') joined += batch.length;
        else if (outcome.kind === 'lease') await leader.ticks(1);
        else throw new Error(outcome.kind);
      }
    },
    ticks: async (count) => {
      for (let i = 0; i < count; i++) {
        await clock.advance(TICK_MS);
        const lead = await leadSale(line, { saleId, holder: deps.holder, leaseMs: 2_000 });
        if (lead.kind !== 'leading') throw new Error(lead.kind);
        const sale = await sales(mongo).findById(saleId).orFail().lean<SaleRecord>();
        await tick(deps, { sale, leadership: lead.leadership, memory: leader.memory });
      }
    },
    report: async () => {
      const report = await readReport(line, saleId);
      if (report === null) throw new Error('no report');
      return report;
    },
    document: async () => {
      const heard = await readLine(line, saleId);
      if (heard === null) throw new Error('no line document');
      return heard.document;
    },
    close: async () => {
      await line.close();
      await mongo.close();
    },
  };
  await leader.ticks(2); // opens the line, leases indexes
  return leader;
}
