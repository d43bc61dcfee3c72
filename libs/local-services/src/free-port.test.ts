import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort, freePorts } from './free-port.ts';

test('gives different ports that can be listened on', async () => {
  const ports = await freePorts(5);
  expect(new Set(ports).size).toBe(5);
  const server = createServer().listen(ports[0], '127.0.0.1');
  await once(server, 'listening');
  server.close();
});

test('gives the wished port when it is free and another when it is not', async () => {
  const wished = await freePort();
  expect(await freePort(wished)).toBe(wished);
  const server = createServer().listen(wished, '127.0.0.1');
  await once(server, 'listening');
  expect(await freePort(wished)).not.toBe(wished);
  server.close();
});
