// The ways into a staff account, by keyboard on the running stack: an invitation, a forgotten password, the page of the set-up.
import type { TestStack } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { inspect } from './inspect.ts';
import { pressAt, typeAt } from './keyboard.ts';
import { mailedLink } from './mailed-link.ts';

const DESK = { width: 1440, height: 900 };

/** `desk` is signed in as an owner. */
export async function walkTheWaysIn({
  stack,
  browser,
  desk,
}: {
  readonly stack: TestStack;
  readonly browser: Browser;
  readonly desk: Page;
}): Promise<void> {
  const { request } = desk.context();
  const session = (await (await request.get(`${stack.origin}/api/v1/session`)).json()) as { csrfToken: string };
  const to = 'minna@example.org';
  const invited = await request.post(`${stack.origin}/api/v1/organizer/team/invitations`, {
    headers: { 'x-csrf-token': session.csrfToken },
    data: { email: to, role: 'finance' },
  });
  expect(invited.status()).toBe(201);
  const page = await (await browser.newContext({ locale: 'en-GB', viewport: DESK })).newPage();
  await page.goto(await mailedLink(stack.mailDir, { to, path: '/staff/join#' }));
  await typeAt(page, /^New password$/, 'password1234');
  await page.keyboard.press('Enter');
  await page.getByText('is one of those that are guessed first').first().waitFor();
  expect(await inspect(page, 'console-join')).toEqual([]);
  await typeAt(page, /^New password$/, 'mit Eimern voll Regen');
  await page.keyboard.press('Enter');
  await page.getByText(`${to} · Finance`).waitFor();
  await pressAt(page, /^Sign out$/, 'Enter');
  expect(await inspect(page, 'console-sign-in')).toEqual([]);
  await pressAt(page, /^Forgotten your password\?$/, 'Enter');
  // The page of the sign-in, which is left here, asks for an email too.
  await page.getByRole('heading', { level: 1, name: 'Forgotten password' }).waitFor();
  await typeAt(page, /^Email$/, to);
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: 'the link is on its way' }).waitFor();
  await page.goto(await mailedLink(stack.mailDir, { to, path: '/staff/new-password#' }));
  await typeAt(page, /^New password$/, 'a river under seven bridges');
  await page.keyboard.press('Enter');
  await page.getByText('The password is set. Sign in with it.').waitFor();
  await page.goto(`${stack.origin}/staff/setup`);
  await page.getByLabel('Set-up code').waitFor();
  expect(await inspect(page, 'console-setup')).toEqual([]);
  await page.context().close();
}
