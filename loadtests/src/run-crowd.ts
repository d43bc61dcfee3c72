// A run: make the sale, let the fans live, check what they saw, and have the books audited.
import { setMaxListeners } from 'node:events';
import { fanRoutes, type PerformanceView, shopRoutes } from '@onsale/contracts';
import type { CrowdedGroups, PerformanceId, SaleId } from '@onsale/domain';
import { OrderBook } from './checks/order-book.ts';
import { SalesBook } from './checks/sales-book.ts';
import { CrowdBook } from './crowd-book.ts';
import { planFan } from './fan/fan-plan.ts';
import { liveAsFan } from './fan/live-as-fan.ts';
import type { World } from './fan/world.ts';
import { killInTheMiddle } from './kill.ts';
import type { CrowdOptions, Stack } from './options.ts';
import { type Profile, profiles } from './profiles.ts';
import { ApiClient } from './stack/api-client.ts';
import { makeSale } from './stack/staff-session.ts';
import { showProgress } from './verdict/progress.ts';
import { runAudit } from './verdict/run-audit.ts';
import { verdictOf } from './verdict/verdict-of.ts';

const INCLUSION_SAMPLES = 20;

/** What disturbs the stack while the crowd is there. */
export type Storm = {
  readonly profile: Profile;
  /** More time for every answer; with any, an honest 503 is no violation. */
  readonly graceMs: number;
  /** Begins when the fans begin to live. */
  begin(opensAt: number): void;
  /** Resolves when nothing is disturbed any more and the stack is well: the books are looked at only then. */
  calm(): Promise<void>;
};

export type CrowdRun = {
  readonly options: CrowdOptions;
  readonly stack: Stack;
  say(text: string): void;
  readonly storm?: Storm;
};

export type CrowdEnd = {
  /** Nothing was violated, as the crowd saw it and as the books say. */
  readonly held: boolean;
  readonly sold: number;
  readonly stock: number;
  readonly violations: number;
  readonly audited: boolean;
};

export async function runCrowd({ options, stack, say, storm }: CrowdRun): Promise<CrowdEnd> {
  const book = new CrowdBook();
  const graceMs = storm?.graceMs ?? 0;
  const api = new ApiClient(stack.origin, book, { outagesExpected: graceMs > 0 });
  const profile = storm?.profile ?? profiles[options.profile];
  const startedAt = performance.now();
  try {
    const world = await enterSale({
      ...{ admin: stack.admin, api, book, profile, graceMs, limitSeconds: options['limit-seconds'] },
      saleId: options.sale as SaleId | undefined,
      prequeueSeconds: options['prequeue-seconds'],
    });
    const stock = await stockOf(world);
    storm?.begin(world.opensAt);
    await letFansLive({ options, stack, say, world, stock, startedAt, profile });
    await storm?.calm();
    await checkAfterwards(world, { ownSale: options.sale === undefined });
    const what = `crowd ${options.profile}, ${fansOf(options)} fans, seed ${options.seed}, sale ${world.saleId}`;
    const seconds = (performance.now() - startedAt) / 1000;
    const { sold } = world.sales;
    say(verdictOf(book, { what, seconds, sold, stock }));
    const audited = stack.local === null || (await runAudit(stack.local, say));
    const violations = [...book.violations.values()].reduce((sum, { count }) => sum + count, 0);
    return { held: audited && violations === 0, sold, stock, violations, audited };
  } finally {
    await api.close();
  }
}

const fansOf = ({ fans, profile }: CrowdOptions): number => fans ?? profiles[profile].fans;

type Entering = {
  readonly admin: Stack['admin'];
  readonly api: ApiClient;
  readonly book: CrowdBook;
  readonly profile: Profile;
  readonly graceMs: number;
  readonly limitSeconds: number;
  /** A sale that is there already; else one is made. */
  readonly saleId?: SaleId | undefined;
  readonly prequeueSeconds?: number | undefined;
};

/** The world of a run: its sale, and everything its fans share. */
export async function enterSale(entering: Entering): Promise<World> {
  const { admin, api, book, profile, graceMs, limitSeconds } = entering;
  const terms = { ...profile.terms, prequeueSeconds: entering.prequeueSeconds ?? profile.terms.prequeueSeconds };
  const label = `crowd-${Date.now().toString(36)}`;
  const saleId = entering.saleId ?? (await makeSale(api, { admin, profile, terms, label })).saleId;
  const sale = await readSale(api, saleId);
  const performances = new Map<PerformanceId, PerformanceView>();
  for (const performanceId of sale.performanceIds) {
    const reply = await api.call(shopRoutes.getPerformance, { params: { performanceId } });
    if (reply.kind !== 'ok') throw new Error(`performance ${performanceId} is not to be had`);
    performances.set(performanceId, reply.body);
  }
  const [phase] = sale.phases;
  return {
    api,
    book,
    order: new OrderBook(book),
    sales: new SalesBook(book),
    saleId,
    performances,
    prequeueOpensAt: Date.parse(phase?.prequeueOpensAt ?? ''),
    opensAt: Date.parse(phase?.opensAt ?? ''),
    holdSeconds: sale.holdSeconds,
    graceMs,
    limit: limitOf(limitSeconds),
  };
}

function limitOf(seconds: number): AbortSignal {
  const limit = AbortSignal.timeout(seconds * 1000);
  setMaxListeners(0, limit); // every fan who pauses listens to it
  return limit;
}

/** A sale that was made a moment ago may take a second to be known to every process. */
async function readSale(api: ApiClient, saleId: SaleId) {
  for (let tries = 0; tries < 20; tries++) {
    const reply = await api.call(fanRoutes.getSale, { params: { saleId } });
    if (reply.kind === 'ok') return reply.body;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`sale ${saleId} is not to be had`);
}

async function stockOf({ api, performances }: World): Promise<number> {
  let stock = 0;
  for (const performanceId of performances.keys()) {
    const reply = await api.call(shopRoutes.getAvailability, { params: { performanceId } });
    if (reply.kind === 'ok') stock += reply.body?.categories.reduce((sum, { capacity }) => sum + capacity, 0) ?? 0;
  }
  return stock;
}

type Living = Omit<CrowdRun, 'storm'> & { world: World; stock: number; startedAt: number; profile: Profile };

async function letFansLive({ options, stack, say, world, stock, startedAt, profile }: Living): Promise<void> {
  const { book, sales } = world;
  const fans = fansOf(options);
  const prequeueSeconds = (world.opensAt - world.prequeueOpensAt) / 1000;
  const stopWatching = watchOwnDelay(book);
  const stopProgress = showProgress(book, { startedAt, stock, say });
  const stopKilling =
    stack.local === null || options.kill.length === 0
      ? () => undefined
      : killInTheMiddle(sales, {
          pidOf: stack.local.pidOf,
          apps: options.kill,
          expected: expectedSales(profile, fans, stock),
          tell: say,
        });
  await Promise.all(
    Array.from({ length: fans }, async (_, index) => {
      const plan = planFan({ index, seed: options.seed, fans, profile, prequeueSeconds });
      book.ended(await liveAsFan(world, index, plan));
    }),
  );
  stopWatching();
  stopKilling();
  stopProgress();
}

function expectedSales({ partySizes, holdsLapse }: Profile, fans: number, stock: number): number {
  const party = Object.entries(partySizes).reduce((sum, [size, share]) => sum + Number(size) * share, 0);
  return Math.min(stock, fans * party * (1 - holdsLapse));
}

const LOOK_EVERY_MS = 100;

function watchOwnDelay(book: CrowdBook): () => void {
  let expectedAt = performance.now() + LOOK_EVERY_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    book.took('own delay', now - expectedAt);
    expectedAt = now + LOOK_EVERY_MS;
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

async function checkAfterwards({ api, order, sales, saleId, performances }: World, { ownSale }: { ownSale: boolean }) {
  const fairness = await api.call(fanRoutes.getFairness, { params: { saleId } });
  if (fairness.kind === 'ok') {
    const crowded = new Map<string, CrowdedGroups>();
    for (const { phaseId, crowdedHash } of fairness.body.draws) {
      const reply = crowdedHash === null ? null : await api.call(fanRoutes.getCrowded, { params: { saleId, phaseId } });
      if (reply?.kind === 'ok') crowded.set(phaseId, reply.body.groups);
    }
    order.checkDraw(fairness.body, crowded);
    for (const index of sample(rosterIndexes(order, fairness.body.draws), INCLUSION_SAMPLES)) {
      const proof = await api.call(fanRoutes.getFairness, { params: { saleId }, query: { index: String(index) } });
      if (proof.kind === 'ok') order.checkInclusion(proof.body);
    }
  }
  for (const performanceId of performances.keys()) {
    const reply = await api.call(shopRoutes.getAvailability, { params: { performanceId } });
    if (reply.kind === 'ok' && reply.body !== null) sales.checkAgainst(reply.body, { ownSale });
  }
}

type Drawn = { readonly firstIndex: number | null; readonly size: number | null };

function rosterIndexes(order: OrderBook, draws: readonly Drawn[]): readonly number[] {
  const inDraw = (index: number) =>
    draws.some(
      ({ firstIndex, size }) =>
        firstIndex !== null && size !== null && index >= firstIndex && index < firstIndex + size,
    );
  return order.indexesSeen().filter(inDraw);
}

function sample(items: readonly number[], count: number): readonly number[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, i) => i % step === 0).slice(0, count);
}
