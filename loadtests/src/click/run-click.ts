// The operator's hand while the shop is on fire: acts on a sale are timed with the booking API at rest and at saturation.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CrowdBook } from '../crowd-book.ts';
import { ApiClient } from '../stack/api-client.ts';
import { staffHeaders } from '../stack/staff-session.ts';
import { crowdToWait } from './crowd-to-wait.ts';
import type { FloodOrder } from './flood.ts';
import { type ActTimes, timeActs } from './time-acts.ts';

export type ClickStack = {
  readonly origin: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Of the booking API's process. */
  readonly shop: { readonly port: number; readonly pid: number };
};

export type ClickRun = {
  readonly acts: number;
  readonly connections: number;
  /** Fans who wait meanwhile. */
  readonly waiting: number;
  say(line: string): void;
};

export type ClickTimes = {
  readonly atRest: ActTimes;
  readonly saturated: ActTimes;
  /** What the booking API did meanwhile: accepted requests a second, and its share of one core. */
  readonly shop: { readonly acceptedPerSecond: number; readonly cpuShare: number };
};

const INSIDE = 5;
const WARM_UP_MS = 3_000;

export async function runClick(stack: ClickStack, { acts, connections, waiting, say }: ClickRun): Promise<ClickTimes> {
  const book = new CrowdBook();
  const api = new ApiClient(stack.origin, book);
  const crowd = await crowdToWait(api, { admin: stack.admin, inside: INSIDE, waiting });
  try {
    const hand = { api, saleId: crowd.saleId, headers: await staffHeaders(api, stack.admin) };
    const atRest = await timeActs(hand, acts);
    say(`at rest          ${wordsOf(atRest)}`);
    const flooding = startFlood({
      origin: `http://127.0.0.1:${stack.shop.port}`,
      performanceId: crowd.performanceIds[0] ?? '',
      categoryId: 'standing',
      passes: crowd.passes,
      connections,
    });
    try {
      await pause(WARM_UP_MS);
      const from = { at: performance.now(), cpu: cpuSeconds(stack.shop.pid), accepted: flooding.accepted() };
      const saturated = await timeActs(hand, acts);
      const seconds = (performance.now() - from.at) / 1000;
      const shop = {
        acceptedPerSecond: (flooding.accepted() - from.accepted) / seconds,
        cpuShare: (cpuSeconds(stack.shop.pid) - from.cpu) / seconds,
      };
      say(`at saturation    ${wordsOf(saturated)}`);
      say(
        `the booking API  ${Math.round(shop.acceptedPerSecond)} accepted requests a second, ${Math.round(shop.cpuShare * 100)} % of one core, ${connections} requests on the way`,
      );
      return { atRest, saturated, shop };
    } finally {
      await flooding.stop();
    }
  } finally {
    await crowd.leave();
    await api.close();
  }
}

function startFlood(order: FloodOrder): { accepted(): number; stop(): Promise<void> } {
  const child: ChildProcess = spawn(process.execPath, ['loadtests/dist/flood.js', JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let accepted = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    accepted = Number(chunk.toString().trim().split('\n').at(-1));
  });
  return {
    accepted: () => accepted,
    async stop() {
      const ended = once(child, 'exit');
      child.stdin?.end();
      await ended;
    },
  };
}

const TICKS_PER_SECOND = 100;

/** Of the process since its start; nothing where there is no /proc. */
function cpuSeconds(pid: number): number {
  try {
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user = '0', system = '0'] = rest.split(' ').slice(11, 13);
    return (Number(user) + Number(system)) / TICKS_PER_SECOND;
  } catch {
    return Number.NaN;
  }
}

function wordsOf({ effectMs, answerMs }: ActTimes): string {
  const [effect, answer] = [effectMs, answerMs].map((times) =>
    [0.5, 0.95, 1].map((at) => Math.round(quantile(times, at))),
  );
  return `act to changed decision p50 ${effect?.[0]} ms, p95 ${effect?.[1]} ms, most ${effect?.[2]} ms; act to its answer p50 ${answer?.[0]} ms, p95 ${answer?.[1]} ms (${effectMs.length} acts)`;
}

export function quantile(times: readonly number[], at: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0;
}
