// Choosing seats in a real browser: accessible places with their companions, seats kept for those with a code, the price
// filter and the views, each on the plan and in the list alike; and how soon a change is seen.
import { waitFor } from '@onsale/testkit';
import type { Page } from 'playwright-core';
import { browserStack } from './browser-stack.ts';
import { DESK, fillContact, heading, listenForComplaints, press } from './fan-hand.ts';
import { inspect } from './inspect.ts';
import { smallHall } from './small-hall.ts';

const LONG_MS = 120_000;
const site = browserStack({ prequeueSeconds: 3 });
const { newFan } = site;

async function inTheShop(saleId: string, hash = ''): Promise<Page> {
  const page = await newFan(`/sales/${saleId}${hash}`);
  await press(page, 'Join the line');
  await press(page, 'Choose my seats');
  await page.getByRole('radio', { name: 'List' }).waitFor();
  return page;
}

const show = (page: Page, mode: 'Best seats' | 'Plan' | 'List') => page.getByRole('radio', { name: mode }).check();
const openRow = (page: Page, row: string) => page.getByRole('button', { name: new RegExp(`^Row ${row}`) }).click();
const seat = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Taps a seat of the small hall on the canvas, zoomed in so far that a tap chooses. */
async function tapOnPlan(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const canvas = page.locator('.plan canvas');
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the plan is not there');
  const scale = Math.min((box.width - 28) / 300, (box.height - 28) / 200);
  const position = { x: (box.width - 300 * scale) / 2 + x * scale, y: (box.height - 200 * scale) / 2 + y * scale };
  await canvas.click({ position });
}

test(
  'accessible places open with one question, on the plan and in the list, with the companion beside; others never get them',
  async () => {
    const { saleId } = await site.staff.makeSale({ title: 'For All', prequeueIn: -60, opensIn: 1, plan: smallHall() });
    const page = await inTheShop(saleId);
    const complaints = listenForComplaints(page);
    const faults: string[] = [];
    await show(page, 'List');
    await openRow(page, 'C');
    await seat(page, 'Seat 1, taken').waitFor();
    await seat(page, 'Seat 3, €40').waitFor();
    await page.getByText('We need accessible places').click();
    await seat(page, 'Seat 1, accessible place, €40').waitFor();
    await seat(page, 'Seat 2, beside an accessible place, €40').waitFor();
    faults.push(...(await inspect(page, 'shop-accessible-list')));
    await show(page, 'Plan');
    faults.push(...(await inspect(page, 'shop-accessible-plan')));
    await page.setViewportSize(DESK);
    await tapOnPlan(page, { x: 40, y: 148 });
    await page.locator('.told', { hasText: /Hall, row C, seat 1: .*the stage/ }).waitFor();
    await tapOnPlan(page, { x: 64, y: 148 });
    await press(page, 'Continue');
    await fillContact(page);
    await press(page, 'Hold these seats');
    await heading(page, 'These seats are held for you');
    await page.getByText('Hall, row C, seat 2').waitFor();
    expect([complaints, faults]).toEqual([[], []]);
    // Best seats for two of whom one needs the accessible place: the other pair.
    const other = await inTheShop(saleId);
    await other.getByText('We need accessible places').click();
    await other.getByText('Rear').first().click();
    await press(other, 'Continue');
    await fillContact(other);
    await press(other, 'Hold these seats');
    await heading(other, 'These seats are held for you');
    await other.getByText('Hall, row C, seat 10').waitFor();
    await other.getByText('Hall, row C, seat 9').waitFor();
    await Promise.all([page.context().close(), other.context().close()]);
  },
  LONG_MS,
);

test(
  'the demo’s hall has accessible places with companions’ seats',
  async () => {
    const page = await newFan('/events/winter-light');
    await page.locator('.sale-panel a').first().click();
    await press(page, 'Join the line');
    await press(page, 'Choose my seats');
    await page.getByRole('link', { name: /Symphony evening/ }).click();
    await show(page, 'List');
    await page.getByRole('button', { name: /^Stalls/ }).click();
    await openRow(page, '23');
    await seat(page, 'Seat 650, taken').waitFor();
    await page.getByText('We need accessible places').click();
    await seat(page, 'Seat 650, accessible place, €62').click();
    await seat(page, 'Seat 649, beside an accessible place, €62').click();
    await press(page, 'Continue');
    await fillContact(page);
    await press(page, 'Hold these seats');
    await heading(page, 'These seats are held for you');
    await page.getByText('Stalls, row 23, seat 650').waitFor();
    await page.context().close();
  },
  LONG_MS,
);

test(
  'seats kept for a code are free for who came by it and taken for everybody else',
  async () => {
    const { saleId, performanceId } = await site.staff.makeSale({
      title: 'Members First',
      prequeueIn: -60,
      opensIn: 1,
      plan: smallHall(),
    });
    const { codeSetId, codes } = await site.staff.makeCodes(saleId, 3);
    await waitForOpen(saleId);
    await site.staff.keepFor(performanceId, { codeSetId, seatIds: ['a1', 'a2', 'a3'] });
    const [member, stranger] = await Promise.all([inTheShop(saleId, `#code=${codes[0]}`), inTheShop(saleId)]);
    for (const page of [member, stranger]) {
      await show(page, 'List');
      await openRow(page, 'A');
    }
    await seat(stranger, 'Seat 2, taken').waitFor();
    await seat(stranger, 'Seat 4, €30').waitFor();
    await seat(member, 'Seat 1, €30').click();
    await seat(member, 'Seat 2, €30').click();
    await press(member, 'Continue');
    await fillContact(member);
    await press(member, 'Hold these seats');
    await heading(member, 'These seats are held for you');
    await member.getByText('Hall, row A, seat 2').waitFor();
    await Promise.all([member.context().close(), stranger.context().close()]);
  },
  LONG_MS,
);

const waitForOpen = (saleId: string) =>
  waitFor(async () => {
    const sale = (await (await fetch(`${site.origin}/api/v1/sales/${saleId}`)).json()) as { phase: string };
    return sale.phase === 'open';
  }, 60_000);

test(
  'the price filter and the view from a seat are the same on the plan and in the list',
  async () => {
    const { saleId } = await site.staff.makeSale({
      title: 'Which Price',
      prequeueIn: -60,
      opensIn: 1,
      plan: smallHall(),
    });
    const page = await inTheShop(saleId);
    await page.setViewportSize(DESK);
    const front = page.getByRole('button', { name: /^Front €30/ });
    await show(page, 'List');
    await front.click();
    await page.getByRole('button', { name: /^Row B/ }).waitFor();
    expect(await page.getByRole('button', { name: /^Row A/ }).count()).toBe(0);
    await show(page, 'Plan');
    await tapOnPlan(page, { x: 112, y: 80 }); // a4, outside the filter
    await page.getByText('Nothing chosen yet').waitFor();
    await tapOnPlan(page, { x: 112, y: 114 }); // b4
    const seen = page.locator('.told', {
      hasText: /Hall, row B, seat 4: (close to|in the middle of|far from) .*, .*\./,
    });
    await seen.waitFor();
    await page.locator('.basket-total').getByText('€40').waitFor();
    await page.mouse.move(0, 0);
    await hoverOnPlan(page, { x: 136, y: 114 }); // b5 under the mouse, in words
    await page
      .locator('.plan-hint')
      .getByText(/Hall, row B, seat 5: .*€40/)
      .waitFor();
    const told = (await seen.textContent())?.split(': ')[1];
    await show(page, 'List');
    await openRow(page, 'B');
    await seat(page, 'Seat 4, €40').click(); // gives it back
    await page.getByText('Nothing chosen yet').waitFor();
    await seat(page, 'Seat 4, €40').click();
    await seen.waitFor();
    expect((await seen.textContent())?.split(': ')[1]).toBe(told);
    await page.getByRole('button', { name: /^Row B.*(close to|in the middle of|far from)/ }).waitFor();
    await front.click();
    await page.getByRole('button', { name: /^Row A/ }).waitFor();
    await page.context().close();
  },
  LONG_MS,
);

async function hoverOnPlan(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const canvas = page.locator('.plan canvas');
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('the plan is not there');
  const scale = Math.min((box.width - 28) / 300, (box.height - 28) / 200);
  await canvas.hover({
    position: { x: (box.width - 300 * scale) / 2 + x * scale, y: (box.height - 200 * scale) / 2 + y * scale },
  });
}

test(
  'a seat lost in the race is answered with equal seats to take, not with an error',
  async () => {
    const { saleId, performanceId } = await site.staff.makeSale({
      title: 'Too Late by a Moment',
      prequeueIn: -60,
      opensIn: 1,
      plan: smallHall(),
    });
    const [slow, quick] = await Promise.all([newFan(`/sales/${saleId}`), inTheShop(saleId)]);
    const complaints = listenForComplaints(slow);
    // What the slow one sees stays as it was: no live connection, and an old answer.
    await slow.routeWebSocket(/\/live/, () => undefined);
    const old = await (await fetch(`${site.origin}/api/v1/performances/${performanceId}/availability`)).json();
    await slow.route('**/availability', (route) => route.fulfill({ json: old }));
    await press(slow, 'Join the line');
    await press(slow, 'Choose my seats');
    await show(slow, 'List');
    await openRow(slow, 'B');
    await seat(slow, 'Seat 5, €40').click();
    await seat(slow, 'Seat 6, €40').click();
    await press(slow, 'Continue');
    await fillContact(slow);
    await quick.evaluate(bookOne, { performanceId, seatId: 'b6' });
    await press(slow, 'Hold these seats');
    await heading(slow, 'Somebody was quicker');
    await slow.getByText('These seats side by side are free:').waitFor();
    const faults = await inspect(slow, 'booking-offer');
    await slow.getByRole('link', { name: 'Take these seats' }).click();
    await press(slow, 'Hold these seats'); // name and address are known by now
    await heading(slow, 'These seats are held for you');
    expect([faults, complaints]).toEqual([[], []]);
    await Promise.all([slow.context().close(), quick.context().close()]);
  },
  LONG_MS,
);

const ROUNDS = 6;
/** What a page sees may be this old: the worker tells what it committed at most every 250 ms. */
const GOAL_MS = 300;
/** A test must hold on a busy machine; the figures that are printed are what counts. */
const BUSY_LIMIT_MS = 3_000;

test(
  'a seat that is taken is gone from the plans of others soon after the decision',
  async () => {
    const { saleId, performanceId } = await site.staff.makeSale({
      title: 'Going Going',
      prequeueIn: -60,
      opensIn: 1,
      plan: smallHall(),
    });
    const [watcher, buyer] = await Promise.all([inTheShop(saleId), inTheShop(saleId)]);
    await show(watcher, 'List');
    await openRow(watcher, 'B');
    await watcher.waitForTimeout(1_000); // its live connection is up
    const delays: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const gone = watcher.evaluate(noteWhenTaken, `Seat ${round + 1}, taken`);
      const decidedAt = await buyer.evaluate(bookOne, { performanceId, seatId: `b${round + 1}` });
      delays.push((await gone) - decidedAt);
    }
    const sorted = delays.sort((a, b) => a - b);
    process.stdout.write(
      `\nlive change: ${sorted.map(Math.round).join(' ')} ms from the decision as its buyer's page heard it to the plans of others (goal ${GOAL_MS})\n`,
    );
    expect(sorted[sorted.length >> 1]).toBeLessThan(BUSY_LIMIT_MS);
    await Promise.all([watcher.context().close(), buyer.context().close()]);
  },
  LONG_MS,
);

/** Runs in the page: resolves to the moment a button has this name. */
function noteWhenTaken(name: string): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector(`button[aria-label="${name}"]`) === null) return;
      observer.disconnect();
      resolve(Date.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    look();
  });
}

/** Runs in the page: books one seat and asks until it is decided; resolves to that moment. */
async function bookOne({ performanceId, seatId }: { performanceId: string; seatId: string }): Promise<number> {
  const answer = await fetch(`/api/v1/performances/${performanceId}/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({ items: [{ seatIds: [seatId] }], contact: { name: 'A', email: 'a@example.com' } }),
  });
  const { bookingId } = (await answer.json()) as { bookingId: string };
  for (let attempt = 0; attempt < 600; attempt++) {
    const booking = (await (await fetch(`/api/v1/bookings/${bookingId}`)).json()) as { state: string };
    if (booking.state === 'held') return Date.now();
    if (booking.state !== 'requested') throw new Error(`${seatId}: ${JSON.stringify(booking)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${seatId} was not decided`);
}
