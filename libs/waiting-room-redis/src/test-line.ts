// A line on a real Redis for the tests of this library: opened, joined, called.
import type { FanId, SaleId } from '@onsale/domain';
import { callNext } from './call/call.ts';
import { connectLine, type LineConnection } from './connect-line.ts';
import { identityDigest } from './identity-digest.ts';
import { joinLine } from './join/join.ts';
import { type Leadership, leadSale } from './lead/lead.ts';
import { leaseIndexes } from './lease-indexes/lease-indexes.ts';
import { presentUntil } from './presence.ts';
import { restoreLine } from './restore/restore.ts';
import { takeSlot } from './take-slot/take-slot.ts';

export const saleId = 'sale-1' as SaleId;
export const CALL_WINDOW_MS = 30_000;
export const PASS_MS = 60_000;
export const nothingLost = { leased: 0, served: 0, servedForSure: 0, prequeue: null, draws: [] };
export const present = presentUntil(0);
export const digestOf = (name: string) => identityDigest(saleId, name as FanId);

type TestRedis = { readonly url: string; clear(): Promise<void> };
type TestClock = { now(): number };

/** Call at the top of a test file. Each test has an empty Redis and a connection of its own. */
export function testLine<Redis extends TestRedis, Clock extends TestClock>({
  redis,
  clock,
}: {
  redis: Redis;
  clock: Clock;
}) {
  let line: LineConnection;
  beforeEach(async () => {
    await redis.clear();
    line = connectLine(redis.url, { clock });
    await line.ready();
  });
  afterEach(() => line.close());

  const leader = async (holder = 'admitter-1'): Promise<Leadership> => {
    const outcome = await leadSale(line, { saleId, holder, leaseMs: 3000 });
    if (outcome.kind !== 'leading') throw new Error(outcome.kind);
    return outcome.leadership;
  };
  type CallOptions = { leadership?: Leadership; maxActive?: number };
  return {
    redis,
    clock,
    get line() {
      return line;
    },
    leader,
    open: async () => {
      await restoreLine(line, { saleId, epoch: 1, ...nothingLost });
      await leaseIndexes(line, { saleId, epoch: 1, leased: 1000 });
    },
    join: async (...names: string[]) => {
      const outcome = await joinLine(line, { saleId, identities: names.map(digestOf), present });
      if (outcome.kind !== 'joined') throw new Error(outcome.kind);
      return outcome.places;
    },
    call: async (count: number, { leadership, maxActive = 100 }: CallOptions = {}) =>
      callNext(line, {
        saleId,
        leadership: leadership ?? (await leader()),
        count,
        maxActive,
        servedMax: 1000,
        callWindowMs: CALL_WINDOW_MS,
      }),
    take: (number: number, passId = `pass-${number}`, version = 0) =>
      takeSlot(line, { saleId, index: number - 1, number, passId, passMs: PASS_MS, version }),
  };
}
