// Pages that are closed, reloaded, and closed beside another tab of the same fan.
import type { LineDocument, PlaceView } from '@onsale/contracts';
import { peopleAhead } from '@onsale/domain';
import { launchChromium, testStack, waitFor } from '@onsale/testkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { joinMany, type StaffHand, staffHand } from '../test/staff-hand.ts';

const stack = testStack({ prequeueSeconds: 60 });
const LONG_MS = 180_000;
let browser: Browser;
let staff: StaffHand;

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
}, LONG_MS);
afterAll(() => browser?.close());

type Fan = { readonly context: BrowserContext; readonly page: Page };

async function waitingFan(address: string): Promise<Fan> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Join the line' }).click();
  await page.getByRole('heading', { level: 1, name: 'You are in the line' }).waitFor();
  return { context, page };
}

test(
  'who closes the page is counted as gone in a moment; who reloads, or has another tab, is there',
  async () => {
    const { saleId } = await staff.makeSale({
      title: 'Pages Closed',
      prequeueIn: -60,
      opensIn: 2,
      admission: { mode: 'manual' },
    });
    await joinMany(stack.origin, saleId, 3);
    const address = `${stack.origin}/sales/${saleId}`;
    const closes = await waitingFan(address);
    const reloads = await waitingFan(address);
    const hasTabs = await waitingFan(address);
    const place = async ({ context }: Fan): Promise<PlaceView> =>
      (await (await context.request.get(`${stack.origin}/api/v1/sales/${saleId}/place`)).json()) as PlaceView;
    const numbers = new Map<Fan, number>();
    for (const fan of [closes, reloads, hasTabs]) numbers.set(fan, (await place(fan)).number ?? 0);
    const isCounted = async (fan: Fan): Promise<boolean> => {
      const line = (await (await fetch(`${stack.origin}/api/v1/sales/${saleId}/line`)).json()) as LineDocument;
      const number = numbers.get(fan) ?? 0;
      return peopleAhead(line, number + 1) > peopleAhead(line, number);
    };
    for (const fan of [closes, reloads, hasTabs]) expect(await isCounted(fan)).toBe(true);

    const second = await hasTabs.context.newPage();
    await second.goto(address);
    await second.getByRole('heading', { level: 1, name: 'You are in the line' }).waitFor();
    await hasTabs.page.close();
    await reloads.page.reload();
    // With the service worker in charge, as it is of every page but a fan's first.
    await closes.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const from = Date.now();
    // A browser says so as it closes the page; the place is not looked at again, which would be a check-in.
    await closes.page.goto('about:blank');
    await waitFor(async () => !(await isCounted(closes)), 60_000);
    expect(Date.now() - from).toBeGreaterThan(5_000);
    await waitFor(async () => Date.now() - from > 30_000, 60_000);
    expect([await isCounted(reloads), await isCounted(hasTabs)]).toEqual([true, true]);

    await closes.page.goto(address);
    await waitFor(() => isCounted(closes), 30_000);
    expect(await place(closes)).toMatchObject({ number: numbers.get(closes), state: 'waiting' });
    await Promise.all([closes, reloads, hasTabs].map(({ context }) => context.close()));
  },
  LONG_MS,
);
