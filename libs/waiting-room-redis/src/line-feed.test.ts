// The subscription of a waiting-room process through the failures of its connection.
import type { SaleId } from '@onsale/domain';
import { type TcpProxy, tcpProxy, testRedis, waitFor } from '@onsale/testkit';
import type { Redis, RedisOptions } from 'ioredis';
import { connectLine, type LineConnection, type LineRedis } from './connect-line.ts';
import { MOVES_CHANNEL } from './keys.ts';
import { type HeardMove, type LineFeed, listenToLines } from './line-feed.ts';

const redis = testRedis();
/** Published messages are not kept apart by database: only this sale's are ours. */
const saleId = 'sale-of-the-line-feed' as SaleId;

/** A user of this suite alone: what may be refused to everybody would reach the neighbours on this server. */
const USER = 'line-feed';
const asUser = (url: string) => url.replace('redis://', `redis://${USER}:secret@`);

let proxy: TcpProxy;
let line: LineConnection;
let subscriber: Redis | undefined;
let feed: LineFeed | undefined;
let heard: HeardMove[] = [];

beforeEach(async () => {
  [heard, subscriber, feed] = [[], undefined, undefined];
  await redis.client.acl('SETUSER', USER, 'reset', 'on', '>secret', '~*', '&*', '+@all');
  proxy = await tcpProxy({ port: Number(new URL(redis.url).port) });
  line = connectLine(proxy.url(asUser(redis.url)));
  await line.ready();
});
afterEach(async () => {
  await feed?.close();
  await line.close();
  await proxy.close();
  await redis.client.acl('DELUSER', USER);
});

/** Listens, and keeps hold of the connection that is made for it: when its commands are on the way is what is tested. */
const listen = () => {
  const seen: LineRedis = {
    ...line,
    redis: Object.assign(Object.create(line.redis) as Redis, {
      duplicate: (options?: Partial<RedisOptions>) => {
        subscriber = line.redis.duplicate(options);
        return subscriber;
      },
    }),
  };
  const ours = (move: HeardMove) => move.saleId === saleId && heard.push(move);
  return listenToLines(seen, { line: () => undefined, recall: () => undefined, move: (move) => void ours(move) });
};

/** Published until it is heard: what is published while nobody is subscribed is lost, as it may be. */
const tellUntilHeard = () =>
  waitFor(async () => {
    await redis.client.publish(MOVES_CHANNEL, JSON.stringify({ saleId, index: 7, version: 2 }));
    return heard.length > 0;
  });

/** A new link, ready and with the subscription on its way, whose answer does not come. */
async function linkWithoutAnswer(): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    subscriber?.once('ready', () => {
      proxy.freeze();
      resolve();
    });
  });
  proxy.cut();
  proxy.heal();
  await ready;
}

test('a link that ends again over the answer to the subscription harms nothing, and the next link hears', async () => {
  feed = await listen();
  await linkWithoutAnswer();
  let attempts = 0;
  subscriber?.on('close', () => attempts++);
  proxy.cut();
  await waitFor(() => attempts >= 3); // by then every command that waited was given up
  proxy.heal();
  await tellUntilHeard();
});

test('closing over the answer to the subscription harms nothing', async () => {
  feed = await listen();
  await linkWithoutAnswer();
  await feed.close();
  await waitFor(() => subscriber?.status === 'end');
});

test('a subscription that is refused is asked for again on a new link until it is granted', async () => {
  feed = await listen();
  await redis.client.acl('SETUSER', USER, '-subscribe');
  let links = 0;
  subscriber?.on('ready', () => links++);
  proxy.cut();
  proxy.heal();
  await waitFor(() => links >= 2); // the second is there because the first was refused
  await redis.client.acl('SETUSER', USER, '+subscribe');
  await tellUntilHeard();
});

test('a first subscription that fails is told to the caller, and nothing of it stays open', async () => {
  proxy.cut();
  await expect(listen()).rejects.toThrow(); // a suite that leaves a connection open fails at its end
});
