// The organizer's and the operator's console on the running stack, by keyboard alone where something is done, and looked at
// by axe at phone and desktop size.
import { launchChromium, testStack, waitFor } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { bookAs } from '../test/book-as.ts';
import { inspect } from '../test/inspect.ts';
import { focusedControl, pressAt, typeAt } from '../test/keyboard.ts';
import { oneRow } from '../test/one-row.ts';
import { walkLive, walkOverview } from '../test/operator-walk.ts';
import { type SaleWish, type StaffHand, staffHand } from '../test/staff-hand.ts';
import { walkTheWaysIn } from '../test/ways-in.ts';
import { brokenHall } from './halls/test-hall.ts';

const LONG_MS = 240_000;
const DESK = { width: 1440, height: 900 };
const stack = testStack({ prequeueSeconds: 60 });
let browser: Browser;
let staff: StaffHand;
let desk: Page;

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
  desk = await (await browser.newContext({ locale: 'en-GB', viewport: DESK })).newPage();
  await desk.goto(`${stack.origin}/staff`);
  await typeAt(desk, /^Email$/, stack.admin.email);
  await typeAt(desk, /^Password$/, stack.admin.password);
  await desk.keyboard.press('Enter');
  await desk.getByRole('button', { name: 'Sign out' }).waitFor();
}, LONG_MS);
afterAll(() => browser?.close());

const newSale = (title: string, wish: Partial<SaleWish> = {}) =>
  staff.makeSale({ title, prequeueIn: -60, opensIn: 1, ...wish });
const row = (name: string) => desk.getByRole('listitem', { name });
const told = (words: string | RegExp) =>
  desk.getByRole('status').filter({ hasText: words }).waitFor({ timeout: 60_000 });

async function openPart(saleId: string, part: string): Promise<void> {
  await desk.goto(`${stack.origin}/staff/sales/${saleId}/${part}`);
  await desk.getByRole('navigation', { name: 'Parts of this sale' }).waitFor();
}

/** What axe says, at both sizes; the page is left at desktop size. */
async function look(name: string): Promise<void> {
  const faults = await inspect(desk, `console-${name}`);
  await desk.setViewportSize(DESK);
  expect(faults).toEqual([]);
}

async function codesOf(name: string): Promise<string[]> {
  const href = await row(name).getByRole('link', { name: 'Download' }).getAttribute('href');
  const file = await (await desk.context().request.get(stack.origin + href)).text();
  return file.trimEnd().split('\r\n').slice(1);
}

const joinBy = async (saleId: string, body: object): Promise<number> => {
  const joined = await fetch(`${stack.origin}/api/v1/sales/${saleId}/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: JSON.stringify(body),
  });
  return joined.status;
};

test(
  'codes are made, used, counted and withdrawn; invitations are for one address each',
  async () => {
    const { saleId } = await newSale('Console Codes', { presale: true });
    await openPart(saleId, 'codes');
    await typeAt(desk, /^Name of the set$/, 'Press');
    await typeAt(desk, /^How many codes$/, '250');
    await pressAt(desk, /^1\. Presale$/, 'Space');
    await pressAt(desk, /^Make the codes$/, 'Enter');
    await row('Press').getByText('0 of 250 used').first().waitFor();
    await row('Press').getByText('1. Presale · one place each').waitFor();

    await typeAt(desk, /^Name of the list$/, 'Friends');
    await typeAt(desk, /^Addresses$/, 'aino@example.org, eino@example');
    await desk.getByText('Not an address: eino@example').waitFor();
    expect(await desk.getByRole('button', { name: /^Invite/ }).isDisabled()).toBe(true);
    await typeAt(desk, /^Addresses$/, 'Aino <aino@example.org>; eino@example.org; AINO@example.org');
    await desk.getByText('2 addresses; one was there twice').waitFor();
    await pressAt(desk, /^Invite 2 people$/, 'Enter');
    await row('Friends').getByText('invitations by address').waitFor();
    await look('codes');

    const codes = await codesOf('Press');
    expect(codes).toHaveLength(250);
    const codeOf = (line: string | undefined) => line?.split(',')[0] ?? '';
    expect(await waitFor(() => joinBy(saleId, { accessCode: codeOf(codes[0]) }))).toBe(201);
    const [invited = ''] = await codesOf('Friends');
    expect(invited.split(',')[2]).toBe('aino@example.org');
    const accessCode = codeOf(invited);
    expect(await joinBy(saleId, { accessCode, email: 'minna@example.org' })).not.toBe(201);
    expect(await joinBy(saleId, { accessCode, email: 'aino@example.org' })).toBe(201);
    await waitFor(async () => {
      await desk.reload();
      await row('Press').waitFor();
      return row('Press').getByText('1 of 250 used').first().isVisible();
    }, 60_000);

    await pressAt(desk, /^Withdraw$/, 'Enter');
    await desk.keyboard.press('Escape');
    expect((await focusedControl(desk)).name).toBe('Withdraw');
    await desk.keyboard.press('Enter');
    expect((await focusedControl(desk)).name).toMatch(/^Withdraw all \d+ codes$/);
    await desk.keyboard.press('Enter');
    await told(/is withdrawn\. Places taken with its codes stay\./);
    await desk.getByText(/· withdrawn /).waitFor();
    const isPress = await row('Press')
      .getByText(/withdrawn/)
      .isVisible();
    const left = isPress
      ? { accessCode: codeOf(codes[1]) }
      : { accessCode: codeOf((await codesOf('Friends'))[1]), email: 'eino@example.org' };
    await waitFor(async () => (await joinBy(saleId, left)) >= 400, 60_000);
  },
  LONG_MS,
);

test(
  'stock is kept back by seats and by number, for nobody or for a phase, and given out again',
  async () => {
    const { saleId, performanceId } = await newSale('Console Stock', { plan: oneRow(12) });
    const taken = async (): Promise<string[]> => {
      const answer = await fetch(`${stack.origin}/api/v1/performances/${performanceId}/availability`);
      return ((await answer.json()) as { taken: string[] }).taken;
    };
    await openPart(saleId, 'stock');
    await desk.getByText('12 of 12 free').waitFor();
    await typeAt(desk, /^What for$/, 'Camera');
    await desk.getByLabel('From seat').selectOption({ label: '3' });
    await desk.getByLabel('To seat').selectOption({ label: '5' });
    await pressAt(desk, /^Add these 3 seats$/, 'Enter');
    await desk.getByText('Stalls, row 1, seats 3 to 5').waitFor();
    await pressAt(desk, /^Keep back$/, 'Enter');
    await row('Camera').getByText('3 × Stalls').waitFor({ timeout: 60_000 });
    await row('Camera').getByText('For nobody').waitFor();
    await desk.getByText('9 of 12 free').waitFor({ timeout: 60_000 });
    expect((await taken()).sort()).toEqual(['1-3', '1-4', '1-5']);

    await typeAt(desk, /^What for$/, 'Members');
    await typeAt(desk, /^How many$/, '4');
    await pressAt(desk, /^Add these places$/, 'Enter');
    await desk.getByLabel('For whom').selectOption({ label: 'A phase' });
    await pressAt(desk, /^Keep back$/, 'Enter');
    await row('Members').getByText('4 × Stalls').waitFor({ timeout: 60_000 });
    await row('Members').getByText('For the phase 1. General sale').waitFor();
    await look('stock');

    await row('Camera').getByRole('button', { name: 'Give out' }).press('Enter');
    await desk.getByRole('button', { name: 'Give 3 places to everybody' }).press('Enter');
    await told('Camera is being given out.');
    await row('Camera').getByText('given out again').waitFor({ timeout: 60_000 });
    await waitFor(async () => !(await taken()).includes('1-3'), 30_000);
  },
  LONG_MS,
);

test(
  'prices and rules change while the sale runs, and of two hands the second is told to look again',
  async () => {
    const { saleId, performanceId } = await newSale('Console Rules', { plan: oneRow(6) });
    const shown = async () =>
      (await (await fetch(`${stack.origin}/api/v1/performances/${performanceId}`)).json()) as {
        version: number;
        categories: { price: { amount: number } }[];
        rules: { adjacentOnly: boolean };
      };
    await openPart(saleId, 'rules');
    await desk.getByText('Seats in one booking').waitFor();
    await typeAt(desk, /^Stalls \(EUR\)$/, 'free');
    await desk.getByText('Not a price').waitFor();
    expect(await desk.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await typeAt(desk, /^Stalls \(EUR\)$/, '50,50');
    await pressAt(desk, /^Chosen seats must be side by side/, 'Space');
    await look('rules');
    await pressAt(desk, /^Save$/, 'Enter');
    await waitFor(async () => (await shown()).categories[0]?.price.amount === 5050, 30_000);
    const { version, rules } = await shown();
    expect(rules.adjacentOnly).toBe(true);
    // What everybody sees of a performance is kept for a moment, by this browser, too.
    await waitFor(async () => {
      await desk.reload();
      await desk.getByLabel('Stalls (EUR)').waitFor();
      return (await desk.getByLabel('Stalls (EUR)').inputValue()) === '50.50';
    }, 30_000);
    const other = { rules: { adjacentOnly: false } };
    await staff.change(`/organizer/performances/${performanceId}`, other, version);
    await typeAt(desk, /^Stalls \(EUR\)$/, '60');
    await pressAt(desk, /^Save$/, 'Enter');
    await desk.getByRole('alert').filter({ hasText: 'Somebody else changed this meanwhile.' }).waitFor();
    expect((await shown()).categories[0]?.price.amount).toBe(5050);
  },
  LONG_MS,
);

/** Somebody who bought so many tickets. */
async function buy(sale: { saleId: string; performanceId: string }, quantity: number): Promise<string> {
  const context = await browser.newContext();
  const { bookingId } = await bookAs(context, stack.origin, { ...sale, items: [{ categoryId: 'standing', quantity }] });
  const api = `${stack.origin}/api/v1`;
  const { paymentId } = (await (await context.request.post(`${api}/bookings/${bookingId}/payment`)).json()) as {
    paymentId: string;
  };
  await context.request.post(`${api}/payments/sandbox/${paymentId}`, { data: { outcome: 'succeed' } });
  await waitFor(async () => {
    const booking = (await (await context.request.get(`${api}/bookings/${bookingId}`)).json()) as { state: string };
    return booking.state === 'confirmed';
  }, 60_000);
  await context.close();
  return bookingId;
}

test(
  'a booking is found and refunded in part, then whole; a performance is cancelled and everybody gets the money back',
  async () => {
    const sale = await newSale('Console Money');
    const bookingId = await buy(sale, 2);
    await buy(sale, 3);
    await openPart(sale.saleId, 'bookings');
    await typeAt(desk, /^Number, name or address$/, 'nobody');
    await desk.keyboard.press('Enter');
    await told('No booking found.');
    await typeAt(desk, /^Number, name or address$/, bookingId);
    await desk.keyboard.press('Enter');
    await told('One booking found.');
    await row('Aino Virtanen').getByText('bought').waitFor();
    await desk.getByText('Refund …').press('Enter');
    await desk.getByRole('checkbox', { name: /€25/ }).first().press('Space');
    await typeAt(desk, /^Reason/, 'ill');
    await look('refund');
    await pressAt(desk, /^Refund €25$/, 'Enter');
    await desk.getByRole('button', { name: 'Yes, refund one ticket: €25' }).press('Enter');
    await told('€25 was sent back.');
    await pressAt(desk, /^Look at the booking again$/, 'Enter');
    await row('Aino Virtanen')
      .getByText(/one place · €25/)
      .waitFor();

    await typeAt(desk, /^Why it is cancelled/, 'The singer is ill');
    await typeAt(desk, /^Write its name, Late evening/, 'Late');
    expect(await desk.getByRole('button', { name: 'Cancel it and refund everybody' }).isDisabled()).toBe(true);
    await typeAt(desk, /^Write its name, Late evening/, 'Late evening');
    await pressAt(desk, /^Cancel it and refund everybody$/, 'Enter');
    await told('The performance is cancelled and everybody is refunded.');
    await desk.getByText('2 of 2 bookings cancelled').waitFor();
    await look('cancelled');
  },
  LONG_MS,
);

test(
  'the result of the public draw is entered once the list is fixed, goes into the seed, and stands on the fairness page',
  async () => {
    const publicDraw = { source: 'Lotto of Saturday, seven numbers', waitSeconds: 3600 };
    const { saleId } = await newSale('Console Draw', { opensIn: 4, publicDraw });
    expect(await joinBy(saleId, {})).toBe(201);
    await openPart(saleId, 'live');
    await desk.getByText('Lotto of Saturday, seven numbers').waitFor();
    await told(/^The list is fixed\. Enter the result before /);
    await look('public-draw');
    await typeAt(desk, /^Its result, as it was published$/, '3 9 14 21 22 30 38');
    await pressAt(desk, /^Enter the result$/, 'Enter');
    await desk.getByRole('button', { name: 'Enter 3 9 14 21 22 30 38 for good' }).press('Enter');
    await told('Entered: 3 9 14 21 22 30 38');
    const fan = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await waitFor(async () => {
      await fan.goto(`${stack.origin}/sales/${saleId}/fairness`);
      await fan.getByRole('heading', { level: 1 }).waitFor();
      const check = fan.getByRole('listitem').filter({ hasText: 'The draw follows from it alone.' });
      return check.getByText('Checked').isVisible();
    }, 60_000);
    await fan.getByText('The public draw was used.').waitFor();
    await fan.context().close();
  },
  LONG_MS,
);

test(
  'a hall is brought as a file: what is wrong is named and mended, it is drawn, kept, and replaced by a table',
  async () => {
    await desk.goto(`${stack.origin}/staff/halls`);
    const bring = (name: string, text: string) =>
      desk
        .getByLabel('Seating plan (.json) or table (.csv)')
        .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await bring('hall.json', '{"name":');
    await desk.getByText(/^This is not JSON/).waitFor();
    await bring('hall.json', JSON.stringify(brokenHall));
    await pressAt(desk, /^Look at the file$/, 'Enter');
    await told('4 things are wrong with this file.');
    await desk.getByText('seat id seat-0-0 is there twice').waitFor();
    await look('hall-defects');
    await pressAt(desk, /^Mend this: Give seats without an id/, 'Enter');
    await told('3 things are wrong with this file.');
    await pressAt(desk, /^Mend this: Add the categories/, 'Enter');
    await told('Nothing is wrong with this file.');
    await desk.getByRole('img', { name: 'Drawing of Small hall' }).waitFor();
    await look('hall-drawn');
    await pressAt(desk, /^Keep this hall$/, 'Enter');
    await told('Small hall is kept.');
    await row('Small hall, version 1').getByText('6 seats: Stalls 3 · Balcony 3').waitFor();

    const table = await row('Small hall, version 1')
      .getByRole('link', { name: /^Table/ })
      .getAttribute('href');
    const csv = await (await desk.context().request.get(stack.origin + table)).text();
    expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
    await bring('hall.csv', csv.replace('Main,2,1,3', 'Main,2,1,2'));
    await desk.getByLabel('It is').selectOption({ label: 'the next version of Small hall' });
    await typeAt(desk, /^Name \(empty: as in the file\)$/, 'Small hall');
    await pressAt(desk, /^Look at the file$/, 'Enter');
    await desk.getByText(/^Against the version before/).waitFor();
    await pressAt(desk, /^Keep this hall$/, 'Enter');
    await row('Small hall, version 2').getByText('5 seats: Stalls 3 · Balcony 2').waitFor();
    await row('Small hall, version 1').getByText('replaced by a newer version').waitFor();
    await look('halls');
  },
  LONG_MS,
);

test(
  'a sale is planned as a draft: the checklist finds a phase without codes, is made green, and the sale is published',
  async () => {
    await staff.makeEvent({ title: 'Console Planner', capacity: 40 });
    const isThere = desk.getByRole('option', { name: 'Console Planner' });
    await waitFor(async () => {
      await desk.goto(`${stack.origin}/staff/planner`);
      await desk.getByRole('heading', { name: 'Plan a sale' }).waitFor();
      return (await isThere.count()) === 1;
    }, 30_000);
    await desk.getByLabel('Event').selectOption({ label: 'Console Planner' });
    await pressAt(desk, /^Begin a draft$/, 'Enter');
    await desk.getByRole('heading', { name: 'Console Planner, General sale' }).waitFor();
    await pressAt(desk, /^Only with a code$/, 'Space');
    await pressAt(desk, /^Save and check$/, 'Enter');
    await told('Saved. The checklist is not green yet.');
    await desk.getByText('this phase needs a code and no set of codes is for it').waitFor();
    expect(await desk.getByRole('button', { name: 'Publish …' }).isDisabled()).toBe(true);
    await look('planner-faults');
    await typeAt(desk, /^Codes to make for this phase/, '30');
    await pressAt(desk, /^Save and check$/, 'Enter');
    await told('Saved. The checklist is green.');
    await look('planner');
    await pressAt(desk, /^Publish …$/, 'Enter');
    await desk.getByRole('button', { name: /^Publish General sale: fans see it at once$/ }).press('Enter');
    await desk.getByRole('link', { name: 'To the sale' }).press('Enter');
    await desk.getByRole('link', { name: 'Codes' }).press('Enter');
    await row('Phase 1').getByText('0 of 30 used').first().waitFor();
  },
  LONG_MS,
);

const walk = () => ({ desk, staff, origin: stack.origin, email: stack.admin.email, look, told });

test('the overview of all sales and the machinery behind them', () => walkOverview(walk()), LONG_MS);

test(
  'the live part: charts, keys, two hands, halt and call, and what of it stands in the audit log',
  () => walkLive(walk()),
  LONG_MS,
);

test('the ways into an account', () => walkTheWaysIn({ stack, browser, desk }), LONG_MS);
