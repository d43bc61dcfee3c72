// R7: each service killed and frozen alone. The pages stay honest meanwhile, and the first good booking comes soon after
// the service is back.
import { setTimeout as sleep } from 'node:timers/promises';
import { fanRoutes, shopRoutes } from '@onsale/contracts';
import { CrowdBook, rules } from '../crowd-book.ts';
import type { World } from '../fan/world.ts';
import { type Profile, profiles } from '../profiles.ts';
import { enterSale } from '../run-crowd.ts';
import { ApiClient } from '../stack/api-client.ts';
import type { ChaosStack } from './chaos-stack.ts';
import { makeWell } from './disturb.ts';
import { type ServiceName, services } from './plan.ts';
import { letThemShop, type Shoppers } from './shoppers.ts';

const SHOPPERS = 3;
const GOAL_MS = 5_000;
const FIRST_BOOKING_LIMIT_MS = 60_000;
const LOOK_AT_PAGES_MS = 300;
const CALM_MS = 1_500;

export type OutagesOptions = {
  /** How long a service is away. */
  readonly awayMs: number;
  say(line: string): void;
};

/** True when every first booking came in time and every page was honest. */
export async function drillOutages(stack: ChaosStack, { awayMs, say }: OutagesOptions): Promise<boolean> {
  const book = new CrowdBook();
  const api = new ApiClient(stack.origin, book, { outagesExpected: true });
  try {
    const world = await enterSale({
      admin: stack.admin,
      api,
      book,
      profile: lastingProfile(),
      graceMs: 60_000,
      limitSeconds: 900,
    });
    const shoppers = await letThemShop(world, { profile: lastingProfile(), shoppers: SHOPPERS });
    const stopLooking = lookAtPages(world);
    const late: string[] = [];
    for (const name of services) {
      for (const how of ['killed', 'frozen'] as const) {
        const ms = await outage(stack, { name, how, awayMs, shoppers });
        const line = `${name} ${how} for ${awayMs / 1000} s: the first good booking ${Math.round(ms)} ms after it was back (goal ${GOAL_MS})`;
        say(line);
        if (ms > GOAL_MS) late.push(line);
      }
    }
    await stopLooking();
    await shoppers.stop();
    sayAnswers(book, say);
    return late.length === 0 && book.violations.size === 0;
  } finally {
    await api.close();
  }
}

type Outage = {
  readonly name: ServiceName;
  readonly how: 'killed' | 'frozen';
  readonly awayMs: number;
  readonly shoppers: Shoppers;
};

/** Milliseconds from its return to the first booking that was seen held. */
async function outage(stack: ChaosStack, { name, how, awayMs, shoppers }: Outage): Promise<number> {
  await makeWell(stack);
  await sleep(CALM_MS);
  const service = stack.service(name);
  if (how === 'killed') await service.kill(awayMs);
  else {
    service.signal('SIGSTOP');
    await sleep(awayMs);
    service.signal('SIGCONT');
  }
  const backAt = performance.now();
  const before = shoppers.heldAt.length;
  while (shoppers.heldAt.length === before) {
    if (performance.now() - backAt > FIRST_BOOKING_LIMIT_MS) return Number.POSITIVE_INFINITY;
    await sleep(10);
  }
  return (shoppers.heldAt[before] ?? Number.POSITIVE_INFINITY) - backAt;
}

/** As fans do who wait and look: any answer is held against the contract, and 503 must say when to come back. */
function lookAtPages(world: World): () => Promise<void> {
  const { api, book, saleId } = world;
  const [performanceId = ''] = world.performances.keys();
  let looking = true;
  const loop = async () => {
    while (looking) {
      await Promise.all([
        api.call(fanRoutes.getSale, { params: { saleId } }),
        api.call(fanRoutes.getLine, { params: { saleId } }),
        api.call(shopRoutes.getAvailability, { params: { performanceId } }),
        api.call(shopRoutes.getPerformance, { params: { performanceId } }),
        fetch(`${api.origin}/`).then(
          ({ status }) => book.answered(`the page ${status}`),
          (error: Error) => book.violated('a connection failed', `the page: ${error.message}`),
        ),
      ]);
      await sleep(LOOK_AT_PAGES_MS);
    }
  };
  const done = loop();
  return async () => {
    looking = false;
    await done;
  };
}

function sayAnswers(book: CrowdBook, say: (line: string) => void): void {
  for (const [answer, count] of [...book.answers].sort()) say(`  ${answer.padEnd(48)} ${String(count).padStart(7)}`);
  for (const rule of rules) {
    const violated = book.violations.get(rule);
    if (violated !== undefined) say(`VIOLATED: ${rule}, ${violated.count} times: ${violated.examples.join(' · ')}`);
  }
}

/** A shop that is open for the whole drill, with far more tickets than anybody wants. */
function lastingProfile(): Profile {
  const { club } = profiles;
  return {
    ...club,
    generalAdmission: 5_000,
    joinedBeforeOpening: 1,
    terms: { ...club.terms, prequeueSeconds: 3, holdSeconds: 120, passSeconds: 1_800, callWindowSeconds: 120 },
  };
}
