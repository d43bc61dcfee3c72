import { tcpProxy, testMongo } from '@onsale/testkit';
import { connectMongo, pingMongo } from './connect-mongo.ts';

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
