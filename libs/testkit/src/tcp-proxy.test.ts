import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';
import { waitFor } from './wait-for.ts';

let echo: Server;
let proxy: TcpProxy;
let client: Socket;

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => {});
    socket.pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const address = echo.address();
  proxy = await tcpProxy({ port: address && typeof address === 'object' ? address.port : 0 });
  client = await connected();
});

afterEach(async () => {
  client.destroy();
  await proxy.close();
  await new Promise((resolve) => echo.close(resolve));
});

async function connected(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

function collect(socket: Socket): { text: string } {
  const heard = { text: '' };
  socket.on('data', (chunk) => {
    heard.text += chunk;
  });
  return heard;
}

test('passes bytes both ways while healthy', async () => {
  client.write('hello');
  expect(String((await once(client, 'data'))[0])).toBe('hello');
});

test('delays each direction by what was asked for', async () => {
  proxy.delay(60);
  const from = performance.now();
  client.write('slow');
  await once(client, 'data');
  expect(performance.now() - from).toBeGreaterThanOrEqual(119);
});

test('a frozen connection stands and loses nothing', async () => {
  const heard = collect(client);
  client.write('before ');
  await waitFor(() => heard.text === 'before ');
  proxy.freeze();
  client.write('while frozen');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(heard.text).toBe('before ');
  expect(client.destroyed).toBe(false);
  proxy.heal();
  await waitFor(() => heard.text === 'before while frozen');
});

test('cuts what is open, refuses what is new, and heals', async () => {
  await waitFor(() => proxy.connections() === 1);
  const closed = once(client, 'close');
  proxy.cut();
  await closed;
  const refused = await connected();
  await once(refused, 'close');
  proxy.heal();
  client = await connected();
  client.write('again');
  expect(String((await once(client, 'data'))[0])).toBe('again');
});

test('throttles to so many bytes a second', async () => {
  proxy.throttle(20_000);
  const heard = collect(client);
  const from = performance.now();
  client.write(Buffer.alloc(4096, 'x'));
  await waitFor(() => heard.text.length === 4096);
  // 4 KB in slices of 1 KB; the first slice of a direction passes at once, the other three take 51 ms each.
  expect(performance.now() - from).toBeGreaterThanOrEqual(3 * 51 - 5);
});

test('flaps between cut and healthy', async () => {
  const closed = once(client, 'close');
  proxy.flap({ downMs: 30, upMs: 30_000 });
  await closed;
  await waitFor(async () => {
    client.destroy();
    client = await connected();
    client.write('up');
    const [event] = await Promise.race([
      once(client, 'data').then(() => ['data']),
      once(client, 'close').then(() => ['close']),
    ]);
    return event === 'data';
  });
});

test('is healthy for good once healed, also when two have made it flap', async () => {
  proxy.flap({ downMs: 5, upMs: 5 });
  proxy.flap({ downMs: 5, upMs: 5 });
  proxy.heal();
  client.destroy();
  client = await connected();
  const gone = jest.fn();
  client.once('close', gone);
  await sleep(100);
  expect(gone).not.toHaveBeenCalled();
});

test('writes its address into a URL, credentials and path kept', () => {
  expect(proxy.url('amqp://guest:guest@127.0.0.1:5672/test-1')).toBe(
    `amqp://guest:guest@127.0.0.1:${proxy.port}/test-1`,
  );
  expect(proxy.url('mongodb://localhost:27017/db?replicaSet=rs')).toBe(
    `mongodb://127.0.0.1:${proxy.port}/db?replicaSet=rs`,
  );
});
