// Without JavaScript: from the programme into the shop, on the running stack, in a browser that runs no script.
import { launchChromium, testStack, waitFor } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { inspect } from './test/inspect.ts';
import { staffHand } from './test/staff-hand.ts';

const LONG_MS = 120_000;
const stack = testStack({ prequeueSeconds: 4 });
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
}, 60_000);

afterAll(() => browser?.close());

async function plainPage(locale = 'en-GB'): Promise<Page> {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
    locale,
    timezoneId: 'Europe/Helsinki',
  });
  return context.newPage();
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();

test(
  'a fan without scripts joins, is drawn, waits, is called by the page that renews itself, comes in and buys',
  async () => {
    const page = await plainPage();
    await page.goto(stack.origin);
    await heading(page, 'What’s on');
    await page.getByRole('link', { name: /Winter Light/ }).click();
    await page.getByRole('link', { name: /waiting room|See the sale/ }).click();
    const faults = await inspectPlain(page, 'lobby');
    await press(page, 'Join the line');
    await heading(page, 'It’s your turn');
    faults.push(...(await inspectPlain(page, 'called')));
    await press(page, 'Choose my seats');
    expect(new URL(page.url()).pathname).toMatch(/^\/sales\/[^/]+\/shop$/);
    const cookies = await page.context().cookies();
    expect(cookies.filter(({ httpOnly }) => httpOnly).map(({ name }) => name.replace(/_sale_.*/, ''))).toEqual(
      expect.arrayContaining(['onsale_fan', 'onsale_place', 'onsale_pass']),
    );
    await buyPlainly(page);
    await expectNobodyElseSees(page);
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

/** What one fan sees of the own bookings is never shown to the next, place or no place. */
async function expectNobodyElseSees(page: Page): Promise<void> {
  const cookies = (await page.context().cookies()).filter(({ name }) => name === 'onsale_fan');
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join();
  const mine = await (await fetch(`${stack.origin}/bookings`, { headers: { cookie } })).text();
  expect(mine).toContain('booking-state-confirmed');
  const theirs = await fetch(`${stack.origin}/bookings`);
  expect(await theirs.text()).not.toContain('booking-state-confirmed');
  expect(theirs.headers.get('cache-control')).toBe('private, no-store');
}

/** What stands on a page without scripts, put into a browser that runs some, so that axe can look at it. */
async function inspectPlain(page: Page, name: string): Promise<string[]> {
  const html = (await page.content())
    .replace(/<script[\s\S]*?<\/script>/g, '')
    .replace(/<meta http-equiv[^>]*>/g, '')
    .replace(/<\/?noscript[^>]*>/g, '');
  const copy = await (await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })).newPage();
  await copy.route(`${stack.origin}/plain-copy`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await copy.goto(`${stack.origin}/plain-copy`);
  const faults = await inspect(copy, `plain-${name}`);
  await copy.context().close();
  return faults;
}

async function buyPlainly(page: Page): Promise<void> {
  await page.getByRole('link', { name: /Symphony evening/ }).click();
  expect(await inspectPlain(page, 'shop')).toEqual([]);
  await page.getByLabel(/Standard/).check();
  await page.getByLabel('Name').fill('Aino Virtanen');
  await page.getByLabel('Email').fill('aino@example.com');
  await press(page, 'Hold these seats');
  await heading(page, 'These seats are held for you');
  expect(await inspectPlain(page, 'held')).toEqual([]);
  expect(await page.locator('.summary-total').textContent()).toContain('€124');
  await press(page, /^Pay/);
  await press(page, 'Fail');
  // What stands in <noscript> is no text to getByText.
  await page.locator('.problem').waitFor();
  await press(page, /^Pay/);
  await press(page, 'Succeed');
  await heading(page, 'Your tickets');
  expect(await inspectPlain(page, 'tickets')).toEqual([]);
  expect(await page.getByRole('img', { name: /^Code for/ }).count()).toBe(2);
  await page.getByRole('link', { name: 'My bookings' }).click();
  await page.locator('.booking-state-confirmed').waitFor();
}

test(
  'leaving, lining up again and the language need no scripts either',
  async () => {
    const staff = await staffHand(stack.origin, stack.admin);
    const { saleId } = await staff.makeSale({ title: 'Plain Song', prequeueIn: -60, opensIn: 3600 });
    const page = await plainPage('de-DE');
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await heading(page, 'Der Warteraum ist offen');
    await page.locator('select[name=language]').selectOption('en');
    await press(page, 'Ändern');
    await heading(page, 'The waiting room is open');
    await press(page, 'Join the line');
    await heading(page, 'You are in the draw');
    await page.getByText('Leave the line').click();
    await press(page, 'Yes, give up my place');
    await heading(page, 'The waiting room is open');
    await press(page, 'Join the line');
    await heading(page, 'You are in the draw');
    await page.context().close();
  },
  LONG_MS,
);

test(
  'where scripts run but ours never arrives, the page goes on as if there were none',
  async () => {
    const staff = await staffHand(stack.origin, stack.admin);
    const { saleId } = await staff.makeSale({ title: 'No Script Came', prequeueIn: -60, opensIn: 12 });
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await page.route('**/assets/*.js', (route) => route.abort());
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await press(page, 'Join the line');
    await heading(page, /You are in the draw|The draw is being held/);
    await page.getByRole('heading', { level: 1, name: 'It’s your turn' }).waitFor({ timeout: 90_000 });
    await page.context().close();
  },
  LONG_MS,
);

test('the page is asked for again by the refresh rule, and only without scripts', async () => {
  const staff = await staffHand(stack.origin, stack.admin);
  const { saleId } = await staff.makeSale({ title: 'Plain Chant', prequeueIn: -60, opensIn: 3600 });
  const joined = await form(`/sales/${saleId}/join`, { 'sec-fetch-site': 'same-origin' });
  const cookie = joined.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  await waitFor(
    async () =>
      (await (await fetch(`${stack.origin}/sales/${saleId}`, { headers: { cookie } })).text()).includes(
        'You are in the draw',
      ),
    10_000,
  );
  const page = await fetch(`${stack.origin}/sales/${saleId}`, { headers: { cookie } });
  const html = await page.text();
  const again = /<noscript>.*?<meta http-equiv="refresh" content="(\d+)"><\/noscript>/.exec(html)?.[1];
  expect(Number(again)).toBeGreaterThanOrEqual(4);
  expect(Number(again)).toBeLessThanOrEqual(60);
  expect(page.headers.get('cache-control')).toBe('private, no-store');
  // Nothing in the page lets a copy of it act for the fan.
  expect(html).not.toContain(decodeURIComponent(cookie).split('onsale_place_')[1]?.split('=')[1] ?? 'no place');
});

const form = (path: string, headers: Record<string, string>, body = '') =>
  fetch(stack.origin + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });

test('a form from another origin, or from nobody knows where, is refused', async () => {
  const staff = await staffHand(stack.origin, stack.admin);
  const { saleId } = await staff.makeSale({ title: 'Foreign Forms', prequeueIn: -60, opensIn: 3600 });
  const join = `/sales/${saleId}/join`;
  for (const headers of [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
  ] as Record<string, string>[]) {
    expect((await form(join, headers)).status).toBe(403);
  }
  expect((await form(join, { origin: stack.origin })).status).toBe(303);
  expect((await form(join, { 'sec-fetch-site': 'same-origin' }, `x=${'y'.repeat(5_000)}`)).status).toBe(413);
  expect((await form('/nowhere', { 'sec-fetch-site': 'same-origin' })).status).toBe(404);
});

test('choosing a language leads back to our own pages only', async () => {
  const choose = async (back: string) => {
    const body = new URLSearchParams({ language: 'fi', back }).toString();
    return (await form('/language', { 'sec-fetch-site': 'same-origin' }, body)).headers.get('location');
  };
  expect(await choose('/events/winter-light')).toBe('/events/winter-light');
  for (const elsewhere of [
    '//elsewhere.example',
    '/\\elsewhere.example',
    'https://elsewhere.example',
    '/a\nSet-Cookie: x=1',
  ])
    expect(await choose(elsewhere)).toBe('/');
});

test('a page says in its policy exactly what may run and paint', async () => {
  const page = await fetch(stack.origin);
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]+';/);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(policy).toMatch(/style-src 'self' 'sha256-[A-Za-z0-9+/=]+' 'sha256-[A-Za-z0-9+/=]+'/);
  const html = await page.text();
  expect(html).not.toMatch(/ style="| on[a-z]+="/);
});

test('what an organizer writes cannot break out of the page', async () => {
  const staff = await staffHand(stack.origin, stack.admin);
  const { slug } = await staff.makeSale({ title: 'A </script><b>B "C" & D', prequeueIn: 60, opensIn: 3600 });
  const html = await (await fetch(`${stack.origin}/events/${slug}`)).text();
  expect(html).toContain('A &lt;/script');
  expect(html).not.toContain('</script><b>');
});
