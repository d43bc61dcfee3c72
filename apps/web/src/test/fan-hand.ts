// What a fan does by hand, done for a test in a real browser.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export type FanHand = {
  /** A fan of one's own, with nothing kept from others. */
  newFan(path: string, options?: BrowserContextOptions): Promise<Page>;
};

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1440, height: 900 };

export function fanHand({ browser, origin }: { browser: () => Browser; origin: () => string }): FanHand {
  return {
    async newFan(path, options = {}) {
      const context = await browser().newContext({
        viewport: PHONE,
        locale: 'en-GB',
        timezoneId: 'Europe/Helsinki',
        ...options,
      });
      const page = await context.newPage();
      await page.goto(origin() + path);
      return page;
    },
  };
}

const TURN_LIMIT_MS = 60_000; // a call may take a while on a busy machine

export const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('heading', { level: 1, name }).waitFor({ timeout: TURN_LIMIT_MS });

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).click({ timeout: TURN_LIMIT_MS });

export async function fillContact(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('Aino Virtanen');
  await page.getByLabel('Email').fill('aino@example.com');
}

/** Everything the browser would show in red: errors and warnings of scripts, refused requests, broken resources. */
export function listenForComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}
