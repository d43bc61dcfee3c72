// A stack of its own for a tool that measures: started on free ports with data in a temporary folder, with a sale whose line
// stands still and a fan who waits in it, and gone when the tool ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootDir } from './build.mjs';

const START_LIMIT_MS = 120_000;
const PAUSE_MS = 250;
const DRAW_LIMIT_MS = 30_000;
const WAITING = 300;

/** Needs the built apps. Resolves to the origin, the staff's login, the file that tells of it, and how to stop it. */
export async function startOwnStack() {
  const local = mkdtempSync(join(tmpdir(), 'onsale-own-'));
  const child = spawn(process.execPath, ['apps/dev-stack/dist/main.js', '--attached', '--prequeue-seconds', '3600'], {
    cwd: rootDir,
    env: { ...process.env, PORT: '0', ONSALE_LOCAL_DIR: local },
    stdio: ['pipe', 'pipe', 'inherit'], // the stack ends with its input, so also when this tool is killed
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(local, { recursive: true, force: true });
  };
  await until(() => said.includes('Staff login') || child.exitCode !== null, START_LIMIT_MS);
  const file = join(local, 'stack.json');
  if (child.exitCode !== null || !existsSync(file)) {
    await stop();
    throw new Error(`The stack did not start:\n${said}`);
  }
  const { origin, admin } = JSON.parse(readFileSync(file, 'utf8'));
  return { origin, admin, file, stop };
}

/** The sale of an event whose fans all wait, and the cookies of one of them. */
export async function waitingFan({ origin, admin }) {
  const session = await send(`${origin}/api/v1/session`, { method: 'POST', body: admin });
  const headers = { cookie: cookiesOf(session), 'x-csrf-token': (await session.json()).csrfToken };
  const make = async (path, body) =>
    (await send(`${origin}/api/v1/organizer/${path}`, { method: 'POST', headers, body })).json();
  const after = (seconds) => new Date(Date.now() + seconds * 1000).toISOString();
  const { id: eventId } = await make('events', {
    slug: 'night-of-strings',
    title: 'Night of Strings',
    description: 'An evening made to be measured.',
    venue: { name: 'Sibelius Hall', city: 'Lahti', timeZone: 'Europe/Helsinki' },
  });
  const price = { amount: 2500, currency: 'EUR' };
  const { id: performanceId } = await make('performances', {
    eventId,
    planId: null,
    name: 'Late evening',
    startsAt: after(40 * 24 * 3600),
    categories: [{ id: 'standing', name: 'Standing', kind: 'general', price, color: '#8a4fa3', capacity: 100 }],
  });
  const { id: saleId } = await make('sales', {
    eventId,
    performanceIds: [performanceId],
    name: 'General sale',
    currency: 'EUR',
    limits: { seatsPerBooking: 4, seatsPerFan: 8 },
    callWindowSeconds: 180,
    holdSeconds: 300,
    passSeconds: 900,
    admission: { ...ADMISSION, mode: 'manual' },
    phases: [
      {
        kind: 'general',
        needsCode: false,
        prequeueOpensAt: after(-60),
        opensAt: after(4),
        closesAt: after(14 * 24 * 3600),
      },
    ],
  });
  const join = () => send(`${origin}/api/v1/sales/${saleId}/places`, { method: 'POST', body: {} });
  const joined = await Promise.all(Array.from({ length: WAITING }, join));
  const cookie = cookiesOf(joined[WAITING - 1]);
  const place = `${origin}/api/v1/sales/${saleId}/place`;
  await until(
    async () => (await (await fetch(place, { headers: { cookie } })).json()).state === 'waiting',
    DRAW_LIMIT_MS,
  );
  return { saleId, cookie };
}

const ADMISSION = {
  ratePerMinute: 600,
  maxActive: 200,
  floor: 30,
  ceiling: 1200,
  noShowCompensation: true,
  stockAware: true,
  autoSlow: true,
};

async function send(url, { method, headers = {}, body }) {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
  return answer;
}

const cookiesOf = (answer) =>
  answer.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');

async function until(isSo, limitMs) {
  const giveUpAt = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt) throw new Error(`not within ${limitMs / 1000} s`);
    await sleep(PAUSE_MS);
  }
}
