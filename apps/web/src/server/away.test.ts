// The page server as a process, where the API behind it does not answer.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { waitFor } from '@onsale/testkit';

const NOBODY = 'http://127.0.0.1:1';
let server: ChildProcess;
let origin: string;

beforeAll(async () => {
  const [port, internalPort] = [await freePort(), await freePort()];
  server = spawn(process.execPath, ['apps/web/dist/main.js'], {
    env: {
      PORT: String(port),
      INTERNAL_PORT: String(internalPort),
      ONSALE_WAITING_ROOM_URL: NOBODY,
      ONSALE_BOOKING_API_URL: NOBODY,
    },
    stdio: 'ignore',
  });
  origin = `http://127.0.0.1:${port}`;
  await waitFor(
    () =>
      fetch(`${origin}/offline`).then(
        ({ ok }) => ok,
        () => false,
      ),
    30_000,
  );
}, 60_000);

afterAll(async () => {
  server.kill();
  await once(server, 'exit');
});

function freePort(): Promise<number> {
  const listening = createServer();
  return new Promise((resolve) =>
    listening.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      listening.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    }),
  );
}

const VISITS = 60;
const againIn = (html: string): number => Number(/<meta http-equiv="refresh" content="(\d+)">/.exec(html)?.[1]);

test.each([
  ['who has no place', {}],
  ['who has a place', { cookie: 'onsale_place_sale_1=token' }],
])('while the API is away %s is told so and comes back at a moment of one’s own', async (_who, headers) => {
  const moments: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const answer = await fetch(`${origin}/sales/sale_1`, { headers: { ...headers } });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'private, no-store']);
    moments.push(againIn(await answer.text()));
  }
  expect(Math.min(...moments)).toBeGreaterThanOrEqual(4);
  expect(Math.max(...moments)).toBeLessThanOrEqual(16);
  expect(new Set(moments).size).toBeGreaterThan(6); // of 13 whole seconds
});
