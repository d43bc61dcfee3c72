// Paying in a real browser with the running sandbox provider, and what goes wrong with money: a hold that runs out, a
// refusal, two tabs, money that comes when the seats are gone.
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { askFor, bookAs } from '../test/book-as.ts';
import { inspect } from '../test/inspect.ts';
import { focusedControl, pressAt } from '../test/keyboard.ts';
import { oneRow } from '../test/one-row.ts';
import { type SaleWish, type StaffHand, staffHand } from '../test/staff-hand.ts';

const LONG_MS = 180_000;
const stack = testStack({ prequeueSeconds: 60 });
let browser: Browser;
let staff: StaffHand;

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
}, LONG_MS);
afterAll(() => browser?.close());

const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 60_000 });
const newSale = (title: string, wish: Partial<SaleWish>) =>
  staff.makeSale({ title, prequeueIn: -60, opensIn: 1, ...wish });
const newContext = () => browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
const standing = (quantity: number) => [{ categoryId: 'standing', quantity }];

type Sale = { readonly saleId: string; readonly performanceId: string };

async function held(sale: Sale, items: readonly object[]): Promise<{ context: BrowserContext; bookingId: string }> {
  const context = await newContext();
  const { bookingId, state } = await bookAs(context, stack.origin, { ...sale, items });
  expect(state).toBe('held');
  return { context, bookingId };
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(stack.origin + path);
  return page;
}

/** The clock on the page, in seconds. */
async function secondsLeft(page: Page): Promise<number> {
  const [minutes = 0, seconds = 0] = ((await page.getByRole('timer').textContent()) ?? '').split(':').map(Number);
  return minutes * 60 + seconds;
}

test(
  'shortly before the end one is warned, and one key press gives more time: once, and the page says how much',
  async () => {
    const sale = await newSale('More Time', { holdSeconds: 50 });
    const { context, bookingId } = await held(sale, standing(1));
    const page = await open(context, `/bookings/${bookingId}`);
    await page.getByRole('alert').filter({ hasText: 'Your time is almost over. Do you need more?' }).waitFor();
    const faults = await inspect(page, 'booking-more-time');
    expect((await focusedControl(page)).name).toBe('Give me more time');
    const before = await secondsLeft(page);
    await page.keyboard.press('Enter');
    await page.getByRole('status').filter({ hasText: 'You have more time:' }).waitFor();
    expect(await secondsLeft(page)).toBeGreaterThan(before + 30);
    await page.reload();
    await heading(page, 'These seats are held for you');
    expect(await page.getByRole('button', { name: 'Give me more time' }).count()).toBe(0);
    expect(faults).toEqual([]);
    await context.close();
  },
  LONG_MS,
);

test(
  'a payment that was declined is told, costs nothing, and is tried again by keyboard while the seats are held',
  async () => {
    const sale = await newSale('Declined', {});
    const { context, bookingId } = await held(sale, standing(2));
    const page = await open(context, `/bookings/${bookingId}/pay`);
    await pressAt(page, /^Fail$/, 'Enter');
    await heading(page, 'These seats are held for you');
    const declined = page.getByRole('alert').filter({ hasText: 'Nothing was charged; you can try again' });
    await declined.waitFor();
    expect(await secondsLeft(page)).toBeGreaterThan(60);
    await pressAt(page, /^Pay €50$/, 'Enter');
    await pressAt(page, /^Succeed$/, 'Enter');
    await heading(page, 'Your tickets');
    await context.close();
  },
  LONG_MS,
);

test(
  'two tabs that pay at once are one payment, and both show the tickets',
  async () => {
    const sale = await newSale('Two Tabs', {});
    const { context, bookingId } = await held(sale, standing(2));
    const [first, second] = await Promise.all([1, 2].map(() => open(context, `/bookings/${bookingId}/pay`)));
    if (first === undefined || second === undefined) throw new Error('no tabs');
    const succeed = (page: Page) => page.getByRole('button', { name: 'Succeed', exact: true });
    await Promise.all([succeed(first).waitFor(), succeed(second).waitFor()]);
    // The slower of the two may find its page gone on to the tickets already.
    const press = (page: Page) =>
      succeed(page)
        .click({ timeout: 10_000 })
        .catch(() => undefined);
    await Promise.all([press(first), press(second)]);
    await Promise.all([heading(first, 'Your tickets'), heading(second, 'Your tickets')]);
    const booking = await (await context.request.get(`${stack.origin}/api/v1/bookings/${bookingId}`)).json();
    expect(booking).toMatchObject({
      state: 'confirmed',
      total: { amount: 5000 },
      payment: { state: 'succeeded', refund: 'none' },
    });
    await first.goto(`${stack.origin}/bookings/${bookingId}/pay`);
    await heading(first, 'Your tickets');
    await context.close();
  },
  LONG_MS,
);

/**
 * A fan who began to pay and took too long: the hold is over, another fan has the same items, and only then the provider
 * takes the money, as it does when a fan answers at the bank's page in the last moment.
 */
async function payTooLate(sale: Sale, items: readonly object[]) {
  const { context, bookingId } = await held(sale, items);
  const page = await context.newPage();
  const started = page.waitForResponse((answer) => answer.url().endsWith(`/bookings/${bookingId}/payment`));
  await page.goto(`${stack.origin}/bookings/${bookingId}/pay`);
  const { paymentId } = (await (await started).json()) as { paymentId: string };
  await heading(page, 'The time to pay is over');
  const other = await newContext();
  const others = await bookAs(other, stack.origin, { ...sale, items });
  expect(others.state).toBe('held');
  // Paid for, so that no busy machine outlasts it.
  const begun = await other.request.post(`${stack.origin}/api/v1/bookings/${others.bookingId}/payment`);
  await succeed(other, ((await begun.json()) as { paymentId: string }).paymentId);
  await succeed(context, paymentId);
  return { context, other, page, bookingId };
}

async function succeed({ request }: BrowserContext, paymentId: string): Promise<void> {
  const url = `${stack.origin}/api/v1/payments/sandbox/${paymentId}`;
  const paid = await request.post(url, { data: { outcome: 'succeed' } });
  expect(paid.status()).toBe(202);
}

const SHORT = { holdSeconds: 15, holdMaxSeconds: 30 };
const firstTwo = [{ seatIds: ['1-1', '1-2'] }];

test(
  'money that came when the seats were gone: equal ones are offered, and taken by one key',
  async () => {
    const sale = await newSale('Late Money', { plan: oneRow(12), ...SHORT });
    const { context, other, page } = await payTooLate(sale, firstTwo);
    await heading(page, 'Your payment came after the seats were gone');
    await page.getByText('left to decide; then the money goes back').waitFor();
    const offered = await page.locator('.summary').textContent();
    expect(offered).toMatch(/row 1, seat/);
    expect(offered).not.toMatch(/seat [12]\b/);
    const faults = await inspect(page, 'booking-offer');
    await pressAt(page, /^Take these seats$/, 'Enter');
    await heading(page, 'Your tickets');
    expect(faults).toEqual([]);
    await Promise.all([context.close(), other.close()]);
  },
  LONG_MS,
);

test(
  'an offer that is declined gives the money back, and the page says how far that is',
  async () => {
    const sale = await newSale('Declined Offer', { plan: oneRow(12), ...SHORT });
    const { context, other, page } = await payTooLate(sale, firstTwo);
    await heading(page, 'Your payment came after the seats were gone');
    await pressAt(page, /^I want my money back$/, 'Enter');
    await page.getByText(/^€60 (is on its way back to you|was sent back)/).waitFor();
    await page.getByText('€60 was sent back.').waitFor({ timeout: 60_000 });
    expect(await inspect(page, 'booking-money-back')).toEqual([]);
    await Promise.all([context.close(), other.close()]);
  },
  LONG_MS,
);

test(
  'money that came when nothing equal was left goes back by itself',
  async () => {
    const sale = await newSale('Last Ticket', { capacity: 1, admission: { stockAware: false }, ...SHORT });
    const { context, other, page, bookingId } = await payTooLate(sale, standing(1));
    await page.getByText('€25 was sent back.').waitFor({ timeout: 60_000 });
    expect(await inspect(page, 'booking-refunded-late')).toEqual([]);
    await page.reload();
    await page.getByText('€25 was sent back.').waitFor();
    const again = await askFor(context, stack.origin, { ...sale, items: standing(1) }).catch(() => null);
    expect(again?.state ?? 'refused').not.toBe('held');
    expect(again?.bookingId).not.toBe(bookingId);
    await Promise.all([context.close(), other.close()]);
  },
  LONG_MS,
);
