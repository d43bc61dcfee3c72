// A fan's bad hour in a real browser: not ready when called, off the network, asleep, on slow 3G, with less motion, too late
// for a ticket.
import type { Page } from 'playwright-core';
import { browserStack } from './browser-stack.ts';
import { fillContact, heading, listenForComplaints, press } from './fan-hand.ts';
import { inspect } from './inspect.ts';
import { joinMany } from './staff-hand.ts';

const LONG_MS = 150_000;
const site = browserStack({ prequeueSeconds: 3 });
const { newFan } = site;

/** A line that moves only when staff call, and a fan in it. */
async function inTheLine(title: string, others = 20): Promise<{ page: Page; saleId: string }> {
  const { saleId } = await site.staff.makeSale({ title, prequeueIn: -60, opensIn: 3, admission: { mode: 'manual' } });
  await joinMany(site.origin, saleId, others);
  const page = await newFan(`/sales/${saleId}`);
  await press(page, 'Join the line');
  await heading(page, 'You are in the line');
  return { page, saleId };
}

test(
  'who is not ready lets others go first, is not called meanwhile, keeps the focus, and comes next when ready',
  async () => {
    const { page, saleId } = await inTheLine('Not Yet');
    const complaints = listenForComplaints(page);
    await page.getByText('Not ready?').click();
    await page.getByLabel('For how long?').selectOption('20');
    await press(page, 'Let others go first');
    const until = page.getByText(/^Others go first until .*You come next after that\.$/).first();
    await until.waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === 'I am ready now');
    const faults = await inspect(page, 'line-deferred');
    await site.staff.call(saleId, 200);
    await page.reload();
    await until.waitFor();
    await heading(page, 'You are in the line');
    await press(page, 'I am ready now');
    await site.staff.call(saleId, 200);
    await heading(page, 'It’s your turn');
    // Called, and still not ready: the right stays.
    await page.getByText('Not ready?').click();
    await press(page, /^Let others go first/);
    await heading(page, 'You are in the line');
    await until.waitFor();
    expect([faults, complaints]).toEqual([[], []]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'a turn that comes while the page has no network is there when the network is',
  async () => {
    const { page, saleId } = await inTheLine('Tunnel');
    await page.context().setOffline(true);
    await page.getByText('No connection just now.').waitFor();
    await site.staff.call(saleId, 200);
    await page.context().setOffline(false);
    await heading(page, 'It’s your turn');
    await page.getByText('No connection just now.').waitFor({ state: 'detached' });
    await press(page, 'Choose my seats');
    await page.getByText('Standing').first().click();
    await press(page, 'Continue');
    await fillContact(page);
    await page.context().setOffline(true);
    await press(page, 'Hold these seats');
    await page.getByText('The request may not have reached us. Send it again: it cannot book twice.').waitFor();
    await page.context().setOffline(false);
    await press(page, 'Hold these seats');
    await heading(page, 'These seats are held for you');
    const sale = await page.context().request.get(`${site.origin}/api/v1/bookings`);
    expect(((await sale.json()) as { bookings: unknown[] }).bookings).toHaveLength(1);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'a machine that slept through its call shows the call when it wakes',
  async () => {
    const { page, saleId } = await inTheLine('Deep Sleep');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await site.staff.call(saleId, 200);
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    const wokeAt = Date.now();
    await heading(page, 'It’s your turn');
    expect(Date.now() - wokeAt).toBeLessThan(20_000);
    await page.context().close();
  },
  LONG_MS,
);

/** Chromium's own preset of slow 3G. */
const SLOW_3G = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };

test(
  'on slow 3G the first answer can be used before any script has come, and the script then takes it over',
  async () => {
    const { saleId } = await site.staff.makeSale({ title: 'Far Away', prequeueIn: -60, opensIn: 3_600 });
    const page = await newFan('/nowhere');
    await page.evaluate(async () => (await navigator.serviceWorker.ready).unregister());
    const complaints = listenForComplaints(page);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/assets/*.js', async (route) => {
      await released;
      await route.continue();
    });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', SLOW_3G);
    const begunAt = Date.now();
    await page.goto(`${site.origin}/sales/${saleId}`, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Join the line' }).waitFor();
    const readAfterMs = Date.now() - begunAt;
    expect(await page.evaluate(() => document.documentElement.dataset.taken)).toBeUndefined();
    await page.getByRole('button', { name: 'Join the line' }).click({ noWaitAfter: true });
    await heading(page, 'You are in the draw');
    expect(await page.evaluate(() => document.documentElement.dataset.taken)).toBeUndefined();
    release();
    await page.waitForFunction(() => document.documentElement.dataset.taken === 'over', null, { timeout: 60_000 });
    await page.getByText('Choose while you wait').click();
    await press(page, 'One more');
    process.stdout.write(`\nslow 3G: the join button is there ${readAfterMs} ms after the click that leads to it\n`);
    expect(readAfterMs).toBeLessThan(15_000);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'who asks for less motion gets none; others see the hall glimmer',
  async () => {
    const { saleId } = await site.staff.makeSale({ title: 'Stillness', prequeueIn: -60, opensIn: 3_600 });
    const moving = (page: Page) =>
      page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
    const [calm, usual] = await Promise.all([
      newFan(`/sales/${saleId}`, { reducedMotion: 'reduce' }),
      newFan(`/sales/${saleId}`),
    ]);
    for (const page of [calm, usual]) {
      await press(page, 'Join the line');
      await heading(page, 'You are in the draw');
    }
    expect(await moving(usual)).toBeGreaterThan(0);
    expect(await moving(calm)).toBe(0);
    for (const path of ['/', `/sales/${saleId}/fairness`, '/bookings', '/events/winter-light']) {
      await calm.goto(site.origin + path);
      await calm.getByRole('heading', { level: 1 }).waitFor();
      expect([path, await moving(calm)]).toEqual([path, 0]);
    }
    await Promise.all([calm.context().close(), usual.context().close()]);
  },
  LONG_MS,
);

test(
  'a hold that nears its end asks, and one key gives more time, once',
  async () => {
    const { saleId } = await site.staff.makeSale({ title: 'More Time', prequeueIn: -60, opensIn: 1, holdSeconds: 75 });
    const page = await newFan(`/sales/${saleId}`);
    const complaints = listenForComplaints(page);
    await press(page, 'Join the line');
    await press(page, 'Choose my seats');
    await page.getByText('Standing').first().click();
    await press(page, 'Continue');
    await fillContact(page);
    await press(page, 'Hold these seats');
    await heading(page, 'These seats are held for you');
    const more = page.getByRole('button', { name: 'Give me more time' });
    await more.waitFor({ timeout: 60_000 });
    await page.waitForFunction(() => document.activeElement?.textContent === 'Give me more time');
    const faults = await inspect(page, 'booking-more-time');
    await more.focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^You have more time: /).waitFor();
    await more.waitFor({ state: 'detached' });
    await page.reload();
    await heading(page, 'These seats are held for you');
    expect([complaints, faults]).toEqual([[], []]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'sold out: an address is left, with and without scripts, and a slip is told beside its field',
  async () => {
    const { saleId } = await site.staff.makeSale({ title: 'Last One', prequeueIn: -60, opensIn: 1, capacity: 1 });
    const buyer = await newFan(`/sales/${saleId}`);
    await press(buyer, 'Join the line');
    await press(buyer, 'Choose my seats');
    await press(buyer, 'One fewer');
    await buyer.getByText('Standing').first().click();
    await press(buyer, 'Continue');
    await fillContact(buyer);
    await press(buyer, 'Hold these seats');
    await buyer.getByRole('link', { name: /^Pay/ }).click();
    await buyer.getByRole('button', { name: 'Succeed', exact: true }).click();
    await heading(buyer, 'Your ticket');
    const late = await newFan(`/sales/${saleId}`);
    const complaints = listenForComplaints(late);
    await heading(late, 'Sold out');
    await press(late, 'Write to me');
    await late.getByText('Please enter an email address.').waitFor();
    await late.waitForFunction(() => document.activeElement?.getAttribute('name') === 'email');
    await late.getByLabel('Email').fill('väinö');
    await press(late, 'Write to me');
    await late.getByText(/This does not look like an email address/).waitFor();
    const faults = await inspect(late, 'sale-sold-out-slip');
    await late.getByLabel('Email').fill('vaino@example.com');
    await late.getByLabel('How many tickets?').selectOption('3');
    await press(late, 'Write to me');
    await late.getByText('Noted. We write to you if tickets come back.').waitFor();
    faults.push(...(await inspect(late, 'sale-sold-out-told')));
    expect([complaints, faults]).toEqual([[], []]);
    const plain = await newFan(`/sales/${saleId}`, { javaScriptEnabled: false });
    await plain.getByLabel('Email').fill('aada@example.com');
    await press(plain, 'Write to me');
    await plain.getByText('Noted. We write to you if tickets come back.').waitFor();
    await Promise.all([buyer, late, plain].map((page) => page.context().close()));
  },
  LONG_MS,
);
