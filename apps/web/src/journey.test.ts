// One fan's whole way through the running product, in a real browser at phone size: what `npm start` shows, end to end.
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { listenForComplaints } from './test/fan-hand.ts';
import { pressAt } from './test/keyboard.ts';
import { staffHand } from './test/staff-hand.ts';

const stack = testStack({ prequeueSeconds: 5 });
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
}, 60_000);

afterAll(() => browser?.close());

test('a fan goes from the event page to a paid ticket, and the console stays silent', async () => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    locale: 'en-GB',
  });
  const page = await context.newPage();
  const complaints = listenForComplaints(page);
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  await joinTheLine(page, stack.origin);
  await comeIn(page);
  await chooseTwoSeats(page);
  await holdAndPay(page);
  await expectTickets(page, 2);
  expect(complaints).toEqual([]);
  await expectNothingPersonal(page, addresses);
  await context.close();
}, 60_000);

/** No name and no mailbox in an address, a cookie or what outlives the tab; and nobody but us was asked for anything. */
async function expectNothingPersonal(page: Page, addresses: readonly string[]): Promise<void> {
  const personal = /aino|virtanen|example\.com/i;
  expect(addresses.filter((address) => personal.test(decodeURIComponent(address)))).toEqual([]);
  expect([...new Set(addresses.map((address) => new URL(address).origin))]).toEqual([stack.origin]);
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name, value }) => personal.test(name + value))).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toMatch(personal);
}

test('the same way by keyboard alone, at desktop size', async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const page = await context.newPage();
  const complaints = listenForComplaints(page);
  await page.goto(stack.origin);
  await pressAt(page, /Winter Light/, 'Enter');
  await pressAt(page, /waiting room/, 'Enter');
  await pressAt(page, /^Join the line$/, 'Enter');
  await page.getByRole('heading', { name: 'It’s your turn' }).waitFor({ timeout: 30_000 });
  await pressAt(page, /^Choose my seats$/, 'Enter');
  await pressAt(page, /Symphony evening/, 'Enter');
  // A group of radio buttons is one stop; arrows choose in it.
  await pressAt(page, /^Best seats$/, 'ArrowLeft');
  await pressAt(page, /^Stalls/, 'Enter');
  await pressAt(page, /^Row 8/, 'Space');
  await pressAt(page, /^Seat 196,/, 'Space');
  await pressAt(page, /^Continue$/, 'Enter');
  await pressAt(page, /^Name$/, 'A');
  await page.keyboard.type('ino Virtanen');
  await pressAt(page, /^Email$/, 'a');
  await page.keyboard.type('ino@example.com');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'These seats are held for you' }).waitFor();
  await pressAt(page, /^Pay/, 'Enter');
  await pressAt(page, /^Succeed$/, 'Enter');
  await page.getByRole('heading', { name: 'Your ticket' }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

test('twenty tabs of one browser are one place, and one that loses the network finds it again', async () => {
  const staff = await staffHand(stack.origin, stack.admin);
  const { saleId } = await staff.makeSale({ title: 'Twenty Tabs', prequeueIn: -60, opensIn: 3600 });
  const context = await browser.newContext({ locale: 'en-GB' });
  const pages = await Promise.all(Array.from({ length: 20 }, () => context.newPage()));
  await Promise.all(pages.map((page) => page.goto(`${stack.origin}/sales/${saleId}`)));
  await pages[0]?.getByRole('button', { name: 'Join the line' }).click();
  await Promise.all(pages.map((page) => page.getByRole('heading', { name: 'You are in the draw' }).waitFor()));
  const line = await (await fetch(`${stack.origin}/api/v1/sales/${saleId}/line`)).json();
  expect((line as { joined: number }).joined).toBeLessThanOrEqual(1);
  const last = pages[19];
  await context.setOffline(true);
  await last?.getByText('No connection just now.').waitFor();
  await context.setOffline(false);
  await last?.getByText('No connection just now.').waitFor({ state: 'detached' });
  await last?.reload();
  await last?.getByRole('heading', { name: 'You are in the draw' }).waitFor();
  await context.close();
}, 90_000);

test('a wish chosen while waiting is asked for in the moment of coming in', async () => {
  const staff = await staffHand(stack.origin, stack.admin);
  const { saleId } = await staff.makeSale({ title: 'Wishes', prequeueIn: -60, opensIn: 8 });
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB' });
  const page = await context.newPage();
  const complaints = listenForComplaints(page);
  await page.goto(`${stack.origin}/sales/${saleId}`);
  await page.getByRole('button', { name: 'Join the line' }).click();
  await page.getByText('Choose while you wait').click();
  await page.getByRole('button', { name: 'One more' }).click();
  await page.getByLabel('Name').fill('Aino Virtanen');
  await page.getByLabel('Email').fill('aino@example.com');
  await page.getByText('3 × Standing €25, Late evening').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Come in and ask for my seats' }).click({ timeout: 60_000 });
  await page.getByRole('heading', { name: 'These seats are held for you' }).waitFor();
  await page.getByRole('link', { name: 'Pay €75' }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
}, 120_000);

test('a seat that somebody else takes is gone from the plan of all others at once', async () => {
  const events = (await (await fetch(`${stack.origin}/api/v1/events`)).json()) as {
    events: { slug: string; sales: { id: string }[] }[];
  };
  const saleId = events.events.find(({ slug }) => slug === 'winter-light')?.sales[0]?.id ?? '';
  const [watcher, buyer] = await Promise.all([shopPage(saleId), shopPage(saleId)]);
  const row = watcher.getByRole('button', { name: /^Row 12/ });
  await row.click();
  const seat = watcher.getByRole('button', { name: /^Seat 288,/ });
  await seat.waitFor();
  await buyer.getByRole('button', { name: /^Row 12/ }).click();
  await buyer.getByRole('button', { name: /^Seat 288,/ }).click();
  await buyer.getByRole('button', { name: 'Continue' }).click();
  await buyer.getByLabel('Name').fill('Aino Virtanen');
  await buyer.getByLabel('Email').fill('aino@example.com');
  await buyer.getByRole('button', { name: 'Hold these seats' }).click();
  await buyer.getByRole('heading', { name: 'These seats are held for you' }).waitFor();
  const heldAt = Date.now();
  await watcher.getByRole('button', { name: 'Seat 288, taken' }).waitFor();
  process.stdout.write(`\nlive change: ${Date.now() - heldAt} ms after the buyer saw the hold\n`);
  await Promise.all([watcher.context().close(), buyer.context().close()]);
}, 120_000);

async function shopPage(saleId: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(`${stack.origin}/sales/${saleId}`);
  await page.getByRole('button', { name: 'Join the line' }).click();
  await page.getByRole('button', { name: 'Choose my seats' }).click({ timeout: 60_000 });
  await page.getByRole('link', { name: /Symphony evening/ }).click();
  await page.getByRole('radio', { name: 'List' }).check();
  await page.getByRole('button', { name: /^Stalls/ }).click();
  return page;
}

async function joinTheLine(page: Page, origin: string): Promise<void> {
  await page.goto(origin);
  await page.getByRole('link', { name: /Winter Light/ }).click();
  await page.getByRole('link', { name: 'Go to the waiting room' }).click();
  await page.getByRole('button', { name: 'Join the line' }).click();
}

async function comeIn(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'It’s your turn' }).waitFor({ timeout: 30_000 });
  // The place is in cookies: a reload changes nothing.
  await page.reload();
  await page.getByRole('button', { name: 'Choose my seats' }).click();
  await page.getByRole('link', { name: /Symphony evening/ }).click();
}

async function chooseTwoSeats(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'List' }).check();
  await page.getByRole('button', { name: /^Stalls/ }).click();
  await page.getByRole('button', { name: /^Row 7/ }).click();
  await page.getByRole('button', { name: /^Seat 180,/ }).click();
  await page.getByRole('button', { name: /^Seat 181,/ }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function holdAndPay(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('Aino Virtanen');
  await page.getByLabel('Email').fill('aino@example.com');
  await page.getByRole('button', { name: 'Hold these seats' }).click();
  await page.getByRole('heading', { name: 'These seats are held for you' }).waitFor();
  await page.reload();
  await page.getByText('Stalls, row 7, seat 180').waitFor();
  await page.getByRole('link', { name: 'Pay €178' }).click();
  await page.getByText('Test payment. No money moves.').waitFor();
  await page.getByRole('button', { name: 'Succeed', exact: true }).click();
}

async function expectTickets(page: Page, count: number): Promise<void> {
  await page.getByRole('heading', { name: 'Your tickets' }).waitFor();
  const codes = page.getByRole('img', { name: /^Code for Stalls, row 7, seat/ });
  await codes.nth(count - 1).waitFor();
  expect(await codes.count()).toBe(count);
  expect(await page.locator('.ticket code').first().textContent()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
}
