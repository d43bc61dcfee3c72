// A run: make the sale, let the fans live, check what they saw, and have the books audited.
import { setMaxListeners } from 'node:events';
import { fanRoutes, type PerformanceView, shopRoutes } from '@onsale/contracts';
import type { PerformanceId, SaleId } from '@onsale/domain';
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

export type CrowdRun = {
  readonly options: CrowdOptions;
  readonly stack: Stack;
  say(text: string): void;
};

/** True when nothing was violated. */
export async function runCrowd({ options, stack, say }: CrowdRun): Promise<boolean> {
  const book = new CrowdBook();
  const api = new ApiClient(stack.origin, book);
  const startedAt = performance.now();
  try {
    const world = await enterSale({ options, stack, api, book });
    const stock = await stockOf(world);
    await letFansLive({ options, stack, say, world, stock, startedAt });
    await checkAfterwards(world, { ownSale: options.sale === undefined });
    const what = `crowd ${options.profile}, ${fansOf(options)} fans, seed ${options.seed}, sale ${world.saleId}`;
    const seconds = (performance.now() - startedAt) / 1000;
    say(verdictOf(book, { what, seconds, sold: world.sales.sold, stock }));
    const audited = stack.local === null || (await runAudit(stack.local.mongoUri, say));
    return audited && book.violations.size === 0;
  } finally {
    await api.close();
  }
}

const fansOf = ({ fans, profile }: CrowdOptions): number => fans ?? profiles[profile].fans;

type Entering = { options: CrowdOptions; stack: Stack; api: ApiClient; book: CrowdBook };

async function enterSale({ options, stack, api, book }: Entering): Promise<World> {
  const profile = profiles[options.profile];
  const prequeueSeconds = options['prequeue-seconds'] ?? profile.terms.prequeueSeconds;
  const terms = { ...profile.terms, prequeueSeconds };
  const label = `crowd-${options.profile}-${Date.now().toString(36)}`;
  const saleId =
    options.sale === undefined
      ? (await makeSale(api, { admin: stack.admin, profile, terms, label })).saleId
      : (options.sale as SaleId);
  const sale = await readSale(api, saleId);
  const performances = new Map<PerformanceId, PerformanceView>();
  for (const performanceId of sale.performanceIds) {
    const reply = await api.call(shopRoutes.getPerformance, { params: { performanceId } });
    if (reply.kind !== 'ok') throw new Error(`performance ${performanceId} is not to be had`);
    performances.set(performanceId, reply.body);
  }
  const [phase] = sale.phases;
  const limit = AbortSignal.timeout(options['limit-seconds'] * 1000);
  setMaxListeners(0, limit); // every fan who pauses listens to it
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
    limit,
  };
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

type Living = CrowdRun & { world: World; stock: number; startedAt: number };

async function letFansLive({ options, stack, say, world, stock, startedAt }: Living): Promise<void> {
  const { book, sales } = world;
  const fans = fansOf(options);
  const profile = profiles[options.profile];
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
    order.checkDraw(fairness.body);
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
