// Waiting rooms and admitters as processes of their own, on stores of the test, so that any of them can be killed.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { freePorts } from '@onsale/local-services';
import { generatePassKeyJwk } from '@onsale/pass';
import { insertTestSale, type TestMongo, waitFor, wrongClock } from '@onsale/testkit';
import { Pool } from 'undici';
import { inheritedEnv } from '../config.ts';

export type OwnProcess = { readonly pid: number; readonly port: number; kill(): Promise<void>; stop(): Promise<void> };
export type App = 'waiting-room' | 'admitter';
/** `clock`: its time of day is wrong by so much, `+600s`. */
export type ProcessWish = { readonly clock?: string };
export type RoomStores = { readonly redisUrl: string; readonly mongoUri: string };

const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;
const SAID_MAX = 50; // last chunks of what a process wrote, for the message when it does not start

/** Call at the top of a test file; what a test started and did not end is ended after it. */
export function ownProcesses() {
  const started: OwnProcess[] = [];
  afterEach(async () => {
    for (const one of started.splice(0)) await one.stop();
  }, STOP_LIMIT_MS * 3);
  return (stores: RoomStores) => {
    const start = ownRoom(stores);
    return async (app: App, wish: ProcessWish = {}): Promise<OwnProcess> => {
      const one = await start(app, wish);
      started.push(one);
      return one;
    };
  };
}

/** All processes of a room share its keys. */
function ownRoom(stores: RoomStores) {
  const keys = {
    ONSALE_TOKEN_KEYS: `t:${randomBytes(32).toString('hex')}`,
    ONSALE_PASS_KEYS: JSON.stringify([generatePassKeyJwk('p')]),
  };
  return async (app: App, { clock }: ProcessWish): Promise<OwnProcess> => {
    const [port = 0, internalPort = 0] = await freePorts(2);
    const child = spawn(process.execPath, [`apps/${app}/dist/main.js`], {
      env: {
        ...inheritedEnv,
        ...keys,
        MONGODB_URI: stores.mongoUri,
        REDIS_URL: stores.redisUrl,
        PORT: String(port),
        INTERNAL_PORT: String(internalPort),
        ONSALE_PUBLIC_URL: 'http://localhost:3000',
        // The client below speaks for fans of many networks.
        ONSALE_TRUSTED_PROXIES: '127.0.0.1',
        ONSALE_LOG_LEVEL: 'warn',
        ...(clock !== undefined && wrongClock(clock)),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        said.push(chunk.toString());
        if (said.length > SAID_MAX) said.shift();
      });
    }
    try {
      await waitFor(() => isReady(child, internalPort), READY_LIMIT_MS);
    } catch (error) {
      await end(child, 'SIGKILL');
      throw new Error(`${app} did not start (${error instanceof Error ? error.message : error}): ${said.join('')}`);
    }
    return {
      pid: child.pid ?? 0,
      port,
      kill: () => end(child, 'SIGKILL'),
      stop: () => end(child, 'SIGTERM'),
    };
  };
}

async function isReady(child: ChildProcess, port: number): Promise<boolean> {
  if (child.exitCode !== null) throw new Error('it ended');
  const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
  await reply?.text();
  return reply?.status === 200;
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const forced = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(forced);
}

export type RoomSale = {
  readonly name: string;
  readonly ratePerMinute: number;
  readonly maxActive: number;
  readonly callWindowSeconds: number;
};

/** A sale in its pre-queue whose seats never run out; `open` lets it open now. */
export async function prequeueSale(
  db: TestMongo['db'],
  { name, ratePerMinute, maxActive, callWindowSeconds }: RoomSale,
) {
  const { saleId } = await insertTestSale(db, { name, standing: 1_000_000 });
  const sales = db.collection<{ _id: string }>('sales');
  await db.collection('draws').deleteMany({ saleId });
  const opensAt = 'phases.0.opensAt';
  const admission = { ratePerMinute, maxActive, ceiling: 0, noShowCompensation: false, stockAware: false };
  const set = Object.fromEntries(Object.entries(admission).map(([key, value]) => [`admission.${key}`, value]));
  await sales.updateOne(
    { _id: saleId },
    { $set: { ...set, callWindowSeconds, [opensAt]: new Date(Date.now() + 3_600_000 / 2) } },
  );
  return {
    saleId,
    open: async () => void (await sales.updateOne({ _id: saleId }, { $set: { [opensAt]: new Date() } })),
  };
}

export type Answer<Body> = { readonly status: number; readonly body: Body };

export type RoomClient = ReturnType<typeof roomClient>;

/** Speaks to one waiting room over a few connections that are kept. */
export function roomClient(port: number, saleId: string) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 32 });
  const ask = async <Body>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    authorization?: string,
    cookie?: string,
  ) => {
    const { statusCode, body } = await pool.request({
      method,
      path: `/api/v1/sales/${saleId}${path}`,
      headers: {
        'x-forwarded-for': anyAddress(),
        ...(authorization && { authorization }),
        ...(cookie && { cookie }),
        ...(method === 'POST' && { 'content-type': 'application/json' }),
      },
      body: method === 'POST' ? '{}' : null,
    });
    const text = await body.text();
    return { status: statusCode, body: (text === '' ? null : JSON.parse(text)) as Body } satisfies Answer<Body>;
  };
  return { ask, close: () => pool.close() };
}

/** Runs `act` over all items, so many at a time. */
export async function each<Item, Result>(
  items: readonly Item[],
  { atOnce }: { readonly atOnce: number },
  act: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await act(items[index] as Item, index);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

function anyAddress(): string {
  return [1 + Math.random() * 220, Math.random() * 256, Math.random() * 256, 1].map(Math.floor).join('.');
}
