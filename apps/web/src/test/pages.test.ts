// Every page and state of the product on the running stack, looked at by axe at phone and desktop size.
// `npm run screenshots` runs this file and keeps a picture of each.
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { colorScheme } from './config.ts';
import { inspect } from './inspect.ts';
import { joinMany, type StaffHand, staffHand } from './staff-hand.ts';

const LONG_MS = 120_000;
const stack = testStack({ prequeueSeconds: 3 });
let browser: Browser;
let staff: StaffHand;

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
}, LONG_MS);

afterAll(() => browser?.close());

async function newFan(path: string, locale = 'en-GB'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale,
    colorScheme: colorScheme(),
    reducedMotion: 'reduce',
    timezoneId: 'Europe/Helsinki',
  });
  const page = await context.newPage();
  await page.goto(stack.origin + path);
  return page;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

test(
  'the programme, an event and a sale to come',
  async () => {
    const { saleId, slug } = await staff.makeSale({ title: 'Spring Voices', prequeueIn: 86_400, opensIn: 90_000 });
    const page = await newFan('/');
    const faults: string[] = [];
    await heading(page, 'What’s on');
    faults.push(...(await inspect(page, 'events')));
    await page.goto(`${stack.origin}/events/${slug}`);
    await heading(page, 'Spring Voices');
    faults.push(...(await inspect(page, 'event-scheduled')));
    await page.goto(`${stack.origin}/events/winter-light`);
    await heading(page, /Winter Light/);
    faults.push(...(await inspect(page, 'event-open')));
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await heading(page, 'Not open yet');
    faults.push(...(await inspect(page, 'sale-scheduled')));
    await page.goto(`${stack.origin}/nowhere`);
    await heading(page, 'There is nothing here');
    faults.push(...(await inspect(page, 'not-found')));
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'the lobby, the pre-queue, and fairness before the draw',
  async () => {
    const { saleId } = await staff.makeSale({ title: 'Summer Brass', prequeueIn: -60, opensIn: 3600 });
    await joinMany(stack.origin, saleId, 40);
    const page = await newFan(`/sales/${saleId}`);
    const faults: string[] = [];
    await heading(page, 'The waiting room is open');
    faults.push(...(await inspect(page, 'sale-lobby')));
    await press(page, 'Join the line');
    await heading(page, 'You are in the draw');
    await page.reload();
    await page.getByText(/people are here/).waitFor();
    faults.push(...(await inspect(page, 'sale-prequeue')));
    await page.getByText('Choose while you wait').click();
    await press(page, 'One more');
    faults.push(...(await inspect(page, 'line-wish')));
    await page.goto(`${stack.origin}/sales/${saleId}/fairness`);
    await heading(page, 'How the order is made');
    faults.push(...(await inspect(page, 'fairness-before')));
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'a place moves to another device by its link, and can be taken back',
  async () => {
    const { saleId } = await staff.makeSale({ title: 'Two Phones', prequeueIn: -60, opensIn: 3600 });
    const page = await newFan(`/sales/${saleId}`);
    const faults: string[] = [];
    await press(page, 'Join the line');
    await press(page, 'Show a code to scan');
    await page.getByRole('img', { name: 'Code that moves your place' }).waitFor();
    faults.push(...(await inspect(page, 'line-move')));
    const made = page.waitForResponse((answer) => answer.url().endsWith('/move-link'));
    await page.reload();
    await press(page, 'Show a code to scan');
    const { url } = (await (await made).json()) as { url: string };
    const other = await newFan(new URL(url).pathname + new URL(url).hash);
    await heading(other, 'Bring your place here?');
    faults.push(...(await inspect(other, 'move-here')));
    await press(other, 'Continue on this device');
    await heading(other, 'You are in the draw');
    expect(new URL(other.url()).hash).toBe('');
    await page.reload();
    await heading(page, 'Your place is on another device');
    faults.push(...(await inspect(page, 'line-moved')));
    await press(page, 'Take it back here');
    await heading(page, 'You are in the draw');
    expect(faults).toEqual([]);
    await Promise.all([page.context().close(), other.context().close()]);
  },
  LONG_MS,
);

test(
  'the line: waiting, offline, paused, called, missed; fairness after the draw; leaving',
  async () => {
    const { saleId } = await staff.makeSale({
      title: 'Autumn Strings',
      prequeueIn: -60,
      opensIn: 4,
      callWindowSeconds: 8,
      admission: { mode: 'manual' },
    });
    await joinMany(stack.origin, saleId, 120);
    await staff.notify(saleId, 'The doors of the hall open at six. The cloakroom is free tonight.');
    const page = await newFan(`/sales/${saleId}`);
    const faults: string[] = [];
    await press(page, 'Join the line');
    await heading(page, 'You are in the line');
    await page.getByText('The doors of the hall').waitFor();
    faults.push(...(await inspect(page, 'line-waiting')));
    await page.context().setOffline(true);
    await page.getByText('No connection just now.').waitFor();
    faults.push(...(await inspect(page, 'line-offline')));
    await page.reload();
    await page.getByText('No connection just now.').first().waitFor();
    faults.push(...(await inspect(page, 'offline')));
    await page.context().setOffline(false);
    await heading(page, 'You are in the line');
    await page.getByText('No connection just now.').waitFor({ state: 'detached' });
    await page.goto(`${stack.origin}/sales/${saleId}/fairness`);
    await page.getByText('Checked').first().waitFor();
    faults.push(...(await inspect(page, 'fairness-after')));
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await staff.act(saleId, 'pause');
    await heading(page, 'The line is paused');
    faults.push(...(await inspect(page, 'line-paused')));
    await staff.act(saleId, 'resume');
    await heading(page, 'You are in the line');
    await staff.call(saleId, 200);
    await heading(page, 'It’s your turn');
    faults.push(...(await inspect(page, 'line-called')));
    await heading(page, 'You missed your turn');
    faults.push(...(await inspect(page, 'line-missed')));
    await press(page, 'Line up again');
    await heading(page, /It’s your turn|You are in the line/);
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'the shop: date, best seats, plan, list, details, hold, payment, tickets',
  async () => {
    const page = await newFan('/events/winter-light');
    const faults: string[] = [];
    await page.getByRole('link', { name: /waiting room|See the sale/ }).click();
    await press(page, 'Join the line');
    await heading(page, 'It’s your turn');
    await press(page, 'Choose my seats');
    await heading(page, 'Which date?');
    faults.push(...(await inspect(page, 'shop-dates')));
    await page.getByRole('link', { name: /Symphony evening/ }).click();
    await page.getByText('Premium').first().click();
    faults.push(...(await inspect(page, 'shop-best')));
    await page.getByRole('radio', { name: 'Plan' }).check();
    faults.push(...(await inspect(page, 'shop-plan')));
    await page.getByRole('radio', { name: 'List' }).check();
    await press(page, /^Stalls/);
    await press(page, /^Row 9/);
    await press(page, /^Seat 231,/);
    await press(page, /^Seat 232,/);
    faults.push(...(await inspect(page, 'shop-list')));
    await press(page, 'Continue');
    await press(page, 'Hold these seats');
    await page.getByText('Please enter a name.').waitFor();
    faults.push(...(await inspect(page, 'shop-details')));
    await page.getByLabel('Name').fill('Aino Virtanen');
    await page.getByLabel('Email').fill('aino@example.com');
    await press(page, 'Hold these seats');
    await heading(page, 'These seats are held for you');
    faults.push(...(await inspect(page, 'booking-held')));
    await page.getByRole('link', { name: /^Pay/ }).click();
    await page.getByRole('button', { name: 'Fail' }).waitFor();
    faults.push(...(await inspect(page, 'booking-pay')));
    await press(page, 'Fail');
    await page.getByText('The payment did not go through.').waitFor();
    faults.push(...(await inspect(page, 'booking-payment-failed')));
    await page.getByRole('link', { name: /^Pay/ }).click();
    await page.getByRole('button', { name: 'Succeed', exact: true }).click();
    await heading(page, 'Your tickets');
    await page
      .getByRole('img', { name: /^Code for/ })
      .nth(1)
      .waitFor();
    faults.push(...(await inspect(page, 'booking-tickets')));
    await page.getByRole('link', { name: 'My bookings' }).click();
    await heading(page, 'My bookings');
    faults.push(...(await inspect(page, 'bookings')));
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'a hold released, a sale sold out, a sale that ended',
  async () => {
    const soldOut = await staff.makeSale({ title: 'One Ticket', prequeueIn: -60, opensIn: 2, capacity: 1 });
    const closed = await staff.makeSale({ title: 'Too Late', prequeueIn: -60, opensIn: 1, closesIn: 4 });
    const page = await newFan(`/sales/${soldOut.saleId}`);
    const faults: string[] = [];
    await press(page, 'Join the line');
    await heading(page, 'It’s your turn');
    await press(page, 'Choose my seats');
    await holdOneStanding(page);
    await press(page, 'Release the seats');
    await press(page, 'Yes, release them');
    await heading(page, 'The seats are released');
    faults.push(...(await inspect(page, 'booking-released')));
    await page.getByRole('link', { name: 'Choose again' }).click();
    await holdOneStanding(page);
    await page.getByRole('link', { name: /^Pay/ }).click();
    await page.getByRole('button', { name: 'Succeed', exact: true }).click();
    await heading(page, 'Your ticket');
    const late = await newFan(`/sales/${soldOut.saleId}`);
    await heading(late, 'Sold out');
    faults.push(...(await inspect(late, 'sale-sold-out')));
    await late.goto(`${stack.origin}/sales/${closed.saleId}`);
    await heading(late, 'The sale has ended');
    faults.push(...(await inspect(late, 'sale-closed')));
    expect(faults).toEqual([]);
    await Promise.all([page.context().close(), late.context().close()]);
  },
  LONG_MS,
);

async function holdOneStanding(page: Page): Promise<void> {
  await press(page, 'One fewer');
  await page.getByText('Standing').first().click();
  await press(page, 'Continue');
  await page.getByLabel('Name').fill('Aino Virtanen');
  await page.getByLabel('Email').fill('aino@example.com');
  await press(page, 'Hold these seats');
  await heading(page, 'These seats are held for you');
}

test(
  'an organizer’s colours, however chosen, keep their contrast on light and dark pages',
  async () => {
    const theme = { accent: '#ffd400', stage: '#5a1846' }; // a yellow nobody could read as a link
    const { saleId, slug } = await staff.makeSale({ title: 'Cabaret', prequeueIn: -60, opensIn: 3600, theme });
    const faults: string[] = [];
    for (const scheme of ['light', 'dark'] as const) {
      const page = await newFan(`/events/${slug}`);
      await page.emulateMedia({ colorScheme: scheme });
      await heading(page, 'Cabaret');
      faults.push(...(await inspect(page, `theme-event-${scheme}`)));
      await page.goto(`${stack.origin}/sales/${saleId}`);
      await press(page, 'Join the line');
      await heading(page, 'You are in the draw');
      faults.push(...(await inspect(page, `theme-prequeue-${scheme}`)));
      await page.context().close();
    }
    expect(faults).toEqual([]);
  },
  LONG_MS,
);

test(
  'the operator’s page',
  async () => {
    const page = await newFan('/staff');
    const faults: string[] = [];
    await heading(page, 'Sign in');
    faults.push(...(await inspect(page, 'staff-sign-in')));
    await page.getByLabel('Email').fill(stack.admin.email);
    await page.getByLabel('Password').fill(stack.admin.password);
    await press(page, 'Sign in');
    await page.getByRole('link', { name: /Winter Light/ }).click();
    await press(page, 'Pause');
    await page.getByText('Paused').first().waitFor();
    await press(page, 'Resume');
    await page.getByText('Calling').first().waitFor();
    faults.push(...(await inspect(page, 'staff-operations')));
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);
