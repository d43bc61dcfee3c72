import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { tcpProxy, testMongo } from '@onsale/testkit';
import { connectMongo, type Mongo, pingMongo } from './connect-mongo.ts';

const database = testMongo();
/** Longer than one attempt. */
const AWAY_MS = 6_000;

test('a server that comes late is waited for; for how long is bounded', async () => {
  const { hostname, port } = new URL(database.uri);
  const proxy = await tcpProxy({ host: hostname, port: Number(port) });
  const uri = proxy.url(database.uri);
  proxy.cut();
  const begun = performance.now();
  await expect(connectMongo(uri, { patienceMs: 0 })).rejects.toThrow();
  expect(performance.now() - begun).toBeLessThan(15_000);
  setTimeout(() => proxy.heal(), AWAY_MS);
  const mongo = await connectMongo(uri);
  expect(await pingMongo(mongo)).not.toBe('');
  await mongo.close();
  await proxy.close();
}, 60_000);

test('a command written to a socket that was destroyed a moment ago does not wait for ever', async () => {
  const mongo = await connectMongo(database.uri);
  await pingMongo(mongo);
  for (const socket of socketsOf(mongo)) socket.destroy();
  const settled = pingMongo(mongo).then(
    () => 'settled',
    () => 'settled',
  );
  expect(await Promise.race([settled, sleep(10_000, 'waits')])).toBe('settled');
  expect(await pingMongo(mongo)).not.toBe('');
  await mongo.close();
}, 60_000);

/** Of its pool: the driver shows them to nobody. */
function socketsOf(mongo: Mongo): Socket[] {
  type Pooled = { readonly pool: { readonly connections: { toArray(): readonly { readonly socket: Socket }[] } } };
  const { topology } = mongo.getClient() as unknown as {
    readonly topology: { readonly s: { readonly servers: ReadonlyMap<string, Pooled> } };
  };
  return [...topology.s.servers.values()].flatMap(({ pool }) => pool.connections.toArray().map(({ socket }) => socket));
}
