// The doors in a real browser: staff make codes and a bypass link, a fan comes by a code, by a mailbox, past the line.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium, testStack, waitFor } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { inspect } from '../test/inspect.ts';
import { type StaffHand, staffHand } from '../test/staff-hand.ts';

const stack = testStack({ prequeueSeconds: 60 });
const LONG_MS = 180_000;
let browser: Browser;
let staff: StaffHand;

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
}, LONG_MS);
afterAll(() => browser?.close());

const newPage = async (): Promise<Page> =>
  (await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })).newPage();
const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name }).waitFor({ timeout: 60_000 });
const press = (page: Page, name: string) => page.getByRole('button', { name }).click();

async function staffPage(saleId: string): Promise<Page> {
  const page = await newPage();
  await page.goto(`${stack.origin}/staff`);
  await page.getByLabel('Email').fill(stack.admin.email);
  await page.getByLabel('Password').fill(stack.admin.password);
  await press(page, 'Sign in');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.goto(`${stack.origin}/staff/sales/${saleId}/codes`);
  await page.getByRole('heading', { name: 'Access codes' }).waitFor();
  return page;
}

test(
  'staff make codes and a bypass link; fans come by them',
  async () => {
    const { saleId } = await staff.makeSale({
      title: 'By the Doors',
      prequeueIn: -60,
      opensIn: 3,
      admission: { mode: 'manual' },
    });
    const desk = await staffPage(saleId);
    await desk.getByLabel('Name of the set').fill('Press');
    await press(desk, 'Make the codes');
    await desk.getByText('0 of 100 used').first().waitFor();
    const href = await desk.getByRole('link', { name: 'Download' }).getAttribute('href');
    const file = await (await desk.context().request.get(stack.origin + href)).text();
    const [, line = ''] = file.split('\r\n');
    const fan = await newPage();
    await fan.goto(line.split(',')[1] ?? '');
    await fan.getByLabel('Access code').waitFor();
    expect(await fan.getByLabel('Access code').inputValue()).toBe(line.split(',')[0]);
    await press(fan, 'Join the line');
    await heading(fan, 'You are in the line');

    await desk.getByRole('link', { name: 'Live' }).click();
    await desk.getByText(/^On since/).waitFor();
    await desk.getByLabel('For whom and why').fill('The conductor');
    await press(desk, 'Make a link for one hour');
    const link = (await desk.locator('.secret-link').textContent()) ?? '';
    const faults = await inspect(desk, 'staff-doors');
    const guest = await newPage();
    await guest.goto(link.trim());
    await guest.getByText('You have a link that lets you in past the line.').waitFor();
    faults.push(...(await inspect(guest, 'door-bypass')));
    await press(guest, 'Come in');
    await guest.waitForURL(/\/shop/, { timeout: 90_000 });
    const late = await newPage();
    await late.goto(link.trim());
    await press(late, 'Come in');
    await late.getByText('This link was used already or its time is over.').waitFor();
    expect(faults).toEqual([]);
  },
  LONG_MS,
);

test(
  'a sale for mailboxes asks for one, mails a link, and the link joins',
  async () => {
    const { saleId } = await staff.makeSale({ title: 'By Mail', prequeueIn: -60, opensIn: 3600, identity: 'email' });
    const page = await newPage();
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await press(page, 'Join the line');
    await page.getByText('This sale gives one place to each mailbox.').waitFor();
    const faults = await inspect(page, 'door-mailbox');
    await page.getByLabel('Email').fill('aino@example.org');
    await press(page, 'Send me the link');
    await page.getByText(/^Sent\./).waitFor();
    const url = await waitFor(() => {
      const [mail] = existsSync(stack.mailDir)
        ? readdirSync(stack.mailDir).filter((name) => name.endsWith('.eml'))
        : [];
      if (mail === undefined) return null;
      const body = readFileSync(join(stack.mailDir, mail), 'utf8').split('\r\n\r\n')[1] ?? '';
      return /https?:\S+/.exec(Buffer.from(body, 'base64').toString())?.[0];
    }, 30_000);
    await page.goto('about:blank');
    await page.goto(url);
    await heading(page, 'You are in the draw');
    expect(faults).toEqual([]);
  },
  LONG_MS,
);
