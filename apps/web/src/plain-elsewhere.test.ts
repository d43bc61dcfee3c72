// Paying with a provider on another site: without scripts, where a form may not lead away, and with them.
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { fanHand, fillContact, heading, listenForComplaints, press } from './test/fan-hand.ts';
import { staffHand } from './test/staff-hand.ts';
import { type StripeStandIn, startStripeStandIn } from './test/stripe-stand-in.ts';

const LONG_MS = 120_000;
let stripe: StripeStandIn;
beforeAll(async () => {
  stripe = await startStripeStandIn(() => `${stack.origin}/api/v1/webhooks/stripe`);
});
const stack = testStack({
  prequeueSeconds: 3,
  env: () => ({
    ONSALE_PAYMENT_PROVIDER: 'stripe',
    ONSALE_STRIPE_SECRET_KEY: 'sk_test_of_nobody',
    ONSALE_STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    ONSALE_STRIPE_API_URL: stripe.url,
  }),
});
let browser: Browser;
let saleId: string;
const { newFan } = fanHand({ browser: () => browser, origin: () => stack.origin });

beforeAll(async () => {
  browser = await launchChromium();
  const staff = await staffHand(stack.origin, stack.admin);
  ({ saleId } = await staff.makeSale({ title: 'Paid Elsewhere', prequeueIn: -60, opensIn: 1 }));
}, LONG_MS);

afterAll(async () => {
  await browser?.close();
  await stripe?.stop();
});

async function payElsewhere(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'Checkout elsewhere' }).waitFor();
  expect(new URL(page.url()).origin).toBe(stripe.url);
  await press(page, 'Pay now');
  await page.waitForURL(/\/bookings\//);
  expect(stripe.faults).toEqual([]);
}

test(
  'without scripts a link of our own page leads to the provider, and back to paid tickets',
  async () => {
    const page = await newFan(`/sales/${saleId}`, { javaScriptEnabled: false });
    const complaints = listenForComplaints(page);
    await press(page, 'Join the line');
    await press(page, 'Choose my seats');
    await page.getByLabel(/Standing/).check();
    await fillContact(page);
    await press(page, 'Hold these seats');
    await heading(page, 'These seats are held for you');
    await press(page, /^Pay/);
    await heading(page, 'Pay €50');
    const { host } = new URL(stripe.url);
    // What stands in <noscript> is no text to getByText.
    expect(await page.locator('.pay .lead').textContent()).toBe(`You pay at ${host}`);
    await page.reload(); // the same payment, begun once
    await page.getByRole('link', { name: 'Back to the booking' }).click();
    await heading(page, 'These seats are held for you');
    expect(await page.getByRole('button', { name: 'Succeed' }).count()).toBe(0);
    await press(page, /^Pay/);
    await page.getByRole('link', { name: `Go to ${host}` }).click();
    await payElsewhere(page);
    await heading(page, 'Your tickets');
    expect(await page.getByRole('img', { name: /^Code for/ }).count()).toBe(2);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

test(
  'with scripts the payment page leads there by itself, and back to the tickets',
  async () => {
    const page = await newFan(`/sales/${saleId}`);
    await press(page, 'Join the line');
    await press(page, 'Choose my seats');
    await page.getByText('Standing').first().click();
    await press(page, 'Continue');
    await fillContact(page);
    await press(page, 'Hold these seats');
    await page.getByRole('link', { name: /^Pay/ }).click();
    await payElsewhere(page);
    await heading(page, 'Your tickets');
    await page.context().close();
  },
  LONG_MS,
);
