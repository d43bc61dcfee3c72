// A storm of joins from one network, seen by the fans of that network in a real browser: a page does proof of work aside
// while it goes on, says why when that takes long, and has an honest way out when it cannot. Nobody else notices anything.
import type { Problem } from '@onsale/contracts';
import { solveWork, workPayload } from '@onsale/domain';
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser, Page, Request } from 'playwright-core';
import { inspect } from '../test/inspect.ts';
import { joinMany, type StaffHand, staffHand } from '../test/staff-hand.ts';

const PEACEFUL = 100; // joins a minute; all of this machine's come from one block of addresses
const LONG_MS = 240_000;
const stack = testStack({
  prequeueSeconds: 60,
  environments: { 'waiting-room': { ONSALE_PEACEFUL_JOINS: String(PEACEFUL), ONSALE_UNLIMITED_ADDRESSES: '' } },
});
let browser: Browser;
let staff: StaffHand;

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
}, LONG_MS);
afterAll(() => browser?.close());

const SLOWDOWN = 6; // an old phone

async function slowPhone(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  return page;
}

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 90_000 });
const joinButton = (page: Page) => page.getByRole('button', { name: 'Join the line' });
const stormWords = (page: Page) => page.getByText('Too many people are joining from your network just now.');
// Nobody is called: who is in the line stays there, however long a busy machine takes.
const newSale = (title: string, opensIn = 3600) =>
  staff.makeSale({ title, prequeueIn: -60, opensIn, admission: { mode: 'manual' } });

/** Requests beyond the peaceful ones, as many as make the storm so many times as large. */
const raiseStorm = (saleId: string, times: number) => joinMany(stack.origin, saleId, PEACEFUL * times);

/** Everything that a page's own policy or a fault of ours would put in red, except the answer that asks for work. */
function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    const asked = message.text().includes('428');
    if (message.type() === 'error' && !asked) complaints.push(message.text());
  });
  return complaints;
}

const joinsOf = (page: Page): Request[] => {
  const joins: Request[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/places')) joins.push(request);
  });
  return joins;
};

test(
  'a fan without a storm is asked for nothing, and no solver is fetched',
  async () => {
    const { saleId } = await newSale('Calm Evening');
    const page = await slowPhone();
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(request.url()));
    const joins = joinsOf(page);
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await joinButton(page).click();
    await heading(page, 'You are in the draw');
    expect(joins).toHaveLength(1);
    expect(scripts.filter((url) => url.includes('solve-work'))).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'the fairness page shows whom a storm put behind, and proves it',
  async () => {
    const opensIn = 75; // in which a busy machine joins the crowd
    const { saleId } = await newSale('Fair Storm', opensIn);
    await raiseStorm(saleId, 1);
    const page = await slowPhone();
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await joinButton(page).click();
    await heading(page, 'You are in the draw');
    for (let joined = 0; joined < CROWD; joined += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, () => joinByWork(saleId)));
    await heading(page, 'You are in the line');
    await page.goto(`${stack.origin}/sales/${saleId}/fairness`);
    const crowd = page.getByRole('listitem').filter({ hasText: 'Crowds from one network count less.' });
    await crowd.getByText('Checked').waitFor();
    const text = (await crowd.textContent()) ?? '';
    expect(text).toMatch(/\d+ places came in a storm from 1 network\./);
    expect(text).toMatch(/[1-9]\d* places? follows? behind all others\./);
    expect(text).toMatch(/Your place came in that storm: \d+ places from your network/);
    expect(await inspect(page, 'fairness-storm')).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

const AT_ONCE = 5; // so that one works while another waits for an answer
const CROWD = 110; // beyond the hundred of a network that keep what they drew

/** One more fan of this network, who does what is asked. */
async function joinByWork(saleId: string): Promise<void> {
  const url = `${stack.origin}/api/v1/sales/${saleId}/places`;
  const post = (body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body: JSON.stringify(body),
    });
  const asked = await post({});
  if (asked.status === 201) return;
  const { challenge } = (await asked.json()) as Problem;
  if (challenge === undefined) throw new Error(`asked for no work, but ${asked.status}`);
  const joined = await post({ challenge: workPayload(challenge, solveWork(challenge) ?? -1) });
  if (joined.status !== 201 && joined.status !== 428) throw new Error(`not joined: ${joined.status}`);
}

test(
  'work that never ends is given up after a minute with an honest sentence, and the next attempt joins',
  async () => {
    const { saleId } = await newSale('Stuck Evening');
    const page = await slowPhone();
    await page.clock.install();
    const stuck = 'addEventListener("message", () => {});';
    await page.route('**/solve-work*', (route) => route.fulfill({ contentType: 'text/javascript', body: stuck }));
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await joinButton(page).waitFor();
    await raiseStorm(saleId, 2);
    const faults: string[] = [];
    const started = page.waitForRequest('**/solve-work*');
    await joinButton(page).click();
    await started;
    await page.clock.fastForward(2_000);
    await page.getByText('Your place takes a few seconds more; please leave this page open.').waitFor();
    faults.push(...(await inspect(page, 'storm-working')));
    await page.clock.fastForward(60_000);
    await stormWords(page).waitFor();
    faults.push(...(await inspect(page, 'storm-given-up')));
    await page.unroute('**/solve-work*');
    await joinButton(page).click();
    await heading(page, 'You are in the draw');
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'a browser that may not start a worker is told so instead of waiting for ever',
  async () => {
    const { saleId } = await newSale('No Workers');
    const page = await slowPhone();
    await page.addInitScript(() => Reflect.deleteProperty(window, 'Worker'));
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await joinButton(page).waitFor();
    await raiseStorm(saleId, 2);
    await joinButton(page).click();
    await stormWords(page).waitFor();
    await page.context().close();
  },
  LONG_MS,
);

test(
  'without JavaScript a fan in a storm reads a clear sentence, and joins once the storm is over',
  async () => {
    const { saleId } = await newSale('Plain Evening');
    const page = await slowPhone({ javaScriptEnabled: false });
    await raiseStorm(saleId, 2);
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await joinButton(page).click();
    await stormWords(page).waitFor();
    await page.getByText('With JavaScript switched on you can join now.').waitFor();
    await page.context().close();
  },
  LONG_MS,
);

test(
  'in a great storm a slow phone does the work in a worker, goes on drawing meanwhile, and joins',
  async () => {
    const { saleId } = await newSale('Stormy Evening');
    const page = await slowPhone();
    const complaints = listenForComplaints(page);
    const joins = joinsOf(page);
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await joinButton(page).waitFor();
    await raiseStorm(saleId, 16);
    await page.evaluate(watchFrames);
    const worker = page.waitForEvent('worker');
    const begun = Date.now();
    await joinButton(page).click();
    expect((await worker).url()).toContain('solve-work');
    await heading(page, 'You are in the draw');
    const workedMs = Date.now() - begun;
    const stillMs = await page.evaluate(() => (window as unknown as { stillMs: number }).stillMs);
    expect(joins.map((join) => 'challenge' in (join.postDataJSON() as object))).toEqual([false, true]);
    expect(stillMs).toBeLessThan(Math.max(1_000, workedMs / 2));
    expect(complaints).toEqual([]);
    process.stdout.write(`\nin a storm of 16: joined after ${workedMs} ms, longest frame ${Math.round(stillMs)} ms\n`);
    await page.context().close();
  },
  LONG_MS,
);

/** Runs in the page: the longest time it stood still. */
function watchFrames(): void {
  const watched = Object.assign(window as unknown as { stillMs: number }, { stillMs: 0 });
  let last = performance.now();
  const next = (now: number) => {
    watched.stillMs = Math.max(watched.stillMs, now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}
