// One fan, twenty tabs, two devices, and a restart of the browser and of the server in the middle: one place.
import type { LineDocument, MoveLinkView, PlaceView } from '@onsale/contracts';
import { launchChromium, testStack, waitFor } from '@onsale/testkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inspect } from '../test/inspect.ts';
import { joinMany, type StaffHand, staffHand } from '../test/staff-hand.ts';

const stack = testStack({ prequeueSeconds: 60 });
const LONG_MS = 180_000;
const TABS = 20;
let browser: Browser;
let staff: StaffHand;

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
}, LONG_MS);
afterAll(() => browser?.close());

const laptop = { locale: 'en-GB', viewport: { width: 1440, height: 900 } };
const phone = { locale: 'en-GB', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 60_000 });
const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

async function placeIn(context: BrowserContext, saleId: string): Promise<PlaceView> {
  const reply = await context.request.get(`${stack.origin}/api/v1/sales/${saleId}/place`);
  return (await reply.json()) as PlaceView;
}

async function lineOf(saleId: string): Promise<LineDocument> {
  return (await (await fetch(`${stack.origin}/api/v1/sales/${saleId}/line`)).json()) as LineDocument;
}

/** kill -9; the stack starts it again. */
async function killWaitingRoom(): Promise<void> {
  const pid = stack.pidOf('waiting-room');
  process.kill(pid, 'SIGKILL');
  await waitFor(() => stack.pidOf('waiting-room') !== pid, 60_000);
  await waitFor(async () => (await fetch(`${stack.origin}/healthz`)).ok, 60_000);
}

/** By the controls of the page; the link is the one the page shows as a code. */
async function linkShownOn(page: Page): Promise<string> {
  const [reply] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/place/move-link')),
    press(page, 'Show a code to scan'),
  ]);
  await page.getByRole('img', { name: 'Code that moves your place' }).locator('path').waitFor();
  return ((await reply.json()) as MoveLinkView).url;
}

test(
  'twenty tabs, two devices and a restart in the middle: one place',
  async () => {
    const { saleId } = await staff.makeSale({ title: 'One Place', prequeueIn: -60, opensIn: 3600 });
    const address = `${stack.origin}/sales/${saleId}`;
    const faults: string[] = [];
    let home = await browser.newContext(laptop);
    const first = await home.newPage();
    await first.goto(address);
    await press(first, 'Join the line');
    await heading(first, 'You are in the draw');
    const { index } = await placeIn(home, saleId);

    // The browser restarts with its cookies and storage, and so does the server.
    const kept = await home.storageState();
    await home.close();
    await killWaitingRoom();
    home = await browser.newContext({ ...laptop, storageState: kept });
    const tabs = await Promise.all(Array.from({ length: TABS }, () => home.newPage()));
    await Promise.all(tabs.map((tab) => tab.goto(address)));
    await Promise.all(tabs.map((tab) => heading(tab, 'You are in the draw')));
    expect((await placeIn(home, saleId)).index).toBe(index);

    const [tab] = tabs as [Page];
    const link = await linkShownOn(tab);
    faults.push(...(await inspect(tab, 'place-move-link')));
    const away = await browser.newContext(phone);
    const mobile = await away.newPage();
    await mobile.goto(link);
    await heading(mobile, 'Bring your place here?');
    faults.push(...(await inspect(mobile, 'place-take-over')));
    await press(mobile, 'Continue on this device');
    await heading(mobile, 'You are in the draw');
    expect(mobile.url()).toBe(address);
    expect(await placeIn(away, saleId)).toMatchObject({ index, state: 'prequeue' });
    await Promise.all(tabs.map((one) => heading(one, 'Your place is on another device')));
    faults.push(...(await inspect(tab, 'place-moved')));

    // The link was good once, also for who found it.
    const thief = await browser.newContext(phone);
    const late = await thief.newPage();
    await late.goto(link);
    await press(late, 'Continue on this device');
    await late.getByText('This link is used up or too old.').waitFor();
    await thief.close();

    await killWaitingRoom();
    await mobile.reload();
    await heading(mobile, 'You are in the draw');
    await press(tab, 'Take it back here');
    await Promise.all(tabs.map((one) => heading(one, 'You are in the draw')));
    await heading(mobile, 'Your place is on another device');
    expect(await placeIn(home, saleId)).toMatchObject({ index, state: 'prequeue' });
    expect((await lineOf(saleId)).joined).toBe(1);
    expect(faults).toEqual([]);
    await Promise.all([home.close(), away.close()]);
  },
  LONG_MS,
);

test(
  'a fan lets others go first and is back before the time is over',
  async () => {
    const { saleId } = await staff.makeSale({
      title: 'Others First',
      prequeueIn: -60,
      opensIn: 3,
      admission: { mode: 'manual' },
    });
    await joinMany(stack.origin, saleId, 5);
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await press(page, 'Join the line');
    await heading(page, 'You are in the line');
    await page.getByText('Not ready?').click();
    await press(page, 'Let others go first');
    await page.getByText(/^Others go first until/).waitFor();
    const faults = await inspect(page, 'place-deferred');
    await staff.call(saleId, 100);
    await waitFor(async () => (await lineOf(saleId)).served >= 5, 30_000);
    expect(await placeIn(context, saleId)).toMatchObject({ state: 'waiting' });
    await page.reload();
    await press(page, 'I am ready now');
    await waitFor(async () => {
      await staff.call(saleId, 1);
      return (await placeIn(context, saleId)).state === 'called';
    }, 30_000);
    await heading(page, 'It’s your turn');
    faults.push(...(await inspect(page, 'place-called')));
    expect(faults).toEqual([]);
    await context.close();
  },
  LONG_MS,
);
