// P1: joins through the join engine against a plain join script, sixteen EVALSHA to a pipeline.
// P3: what a waiting fan costs in Redis, everything counted.
import { createHash } from 'node:crypto';
import type { Mongo } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import { systemClock } from '@onsale/runtime';
import type { LineConnection } from '@onsale/waiting-room-redis';
import { JoinQueue } from '../join/join-queue.ts';
import { knownLines } from '../line/known-lines.ts';
import { openBenchLine, randomIdentities } from './bench-line.ts';
import type { Figure, Measured } from './ratio.ts';
import type { Size } from './size.ts';

const JOINS = 40_000; // a round
const WAITING = 2_000; // requests open at once
const PIPELINE = 16;

/** The least a join can be: the same one again, or the next index. */
const PLAIN_JOIN = `
local index = redis.call('HGET', KEYS[1], ARGV[1])
if index then return tonumber(index) end
index = redis.call('INCR', KEYS[2]) - 1
redis.call('HSET', KEYS[1], ARGV[1], index)
return index`;

export async function joinsPerSecond(line: LineConnection, mongo: Mongo, size: Size): Promise<Measured> {
  const saleId = 'bench-joins' as SaleId;
  const queue = new JoinQueue({ line, mongo, clock: systemClock, lines: knownLines(line) });
  const sha = createHash('sha1').update(PLAIN_JOIN).digest('hex');
  await line.redis.script('LOAD', PLAIN_JOIN);
  return {
    id: 'P1',
    what: 'joins through the join engine / plain join script, pipelined by 16',
    unit: 'joins/s',
    rounds: size.rounds,
    goal: '>= 2.0',
    measure: async () => {
      await line.redis.flushall();
      await openBenchLine(line, saleId);
      const identities = randomIdentities(JOINS);
      return perSecond(JOINS, () => inTurn(identities, WAITING, (identity) => queue.join(saleId, identity)));
    },
    baseline: async () => {
      await line.redis.flushall();
      await line.redis.script('LOAD', PLAIN_JOIN);
      const identities = randomIdentities(JOINS);
      return perSecond(JOINS, async () => {
        for (let from = 0; from < JOINS; from += PIPELINE) {
          const pipeline = line.redis.pipeline();
          for (const identity of identities.slice(from, from + PIPELINE)) {
            pipeline.evalsha(sha, 2, 'plain:ids', 'plain:next', identity);
          }
          await pipeline.exec();
        }
      });
    },
  };
}

export async function bytesPerFan(line: LineConnection, mongo: Mongo, fans: number): Promise<number> {
  const saleId = 'bench-memory' as SaleId;
  await line.redis.flushall();
  const before = await usedMemory(line);
  await openBenchLine(line, saleId);
  const queue = new JoinQueue({ line, mongo, clock: systemClock, lines: knownLines(line) });
  for (let joined = 0; joined < fans; joined += JOINS) {
    await inTurn(randomIdentities(JOINS), WAITING, (identity) => queue.join(saleId, identity));
  }
  const bytes = (await usedMemory(line)) - before;
  await line.redis.flushall();
  return bytes / fans;
}

async function usedMemory({ redis }: LineConnection): Promise<number> {
  await redis.call('MEMORY', 'PURGE');
  return Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
}

async function perSecond(count: number, work: () => Promise<unknown>): Promise<Figure> {
  const from = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { value: count / ((performance.now() - from) / 1000), cpuMicros: (user + system) / count };
}

/** Keeps so many calls open until all were made. */
async function inTurn<Item>(items: readonly Item[], open: number, call: (item: Item) => Promise<unknown>) {
  let next = 0;
  const work = async () => {
    while (next < items.length) await call(items[next++] as Item);
  };
  await Promise.all(Array.from({ length: open }, work));
}
