// The payment provider is away: the page says so, the seats stay held and their time is told, and a new attempt goes on to
// the provider's own page once it is back. The provider is Stripe's adapter; what stands in for Stripe is a small server.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser } from 'playwright-core';
import { bookAs } from '../test/book-as.ts';
import { inspect } from '../test/inspect.ts';
import { pressAt } from '../test/keyboard.ts';
import { staffHand } from '../test/staff-hand.ts';

const LONG_MS = 180_000;
/** Nothing listens there until the provider comes back. Below the ports that the system gives away meanwhile. */
const stripePort = 20_000 + (process.pid % 10_000);
const ofStripe = {
  ONSALE_PAYMENT_PROVIDER: 'stripe',
  ONSALE_STRIPE_SECRET_KEY: 'sk_test_of_nobody',
  ONSALE_STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody',
  ONSALE_STRIPE_API_URL: `http://127.0.0.1:${stripePort}`,
};
const stack = testStack({ prequeueSeconds: 60, environments: { 'booking-api': ofStripe, jobs: ofStripe } });
let browser: Browser;
let provider: Server | undefined;

beforeAll(async () => {
  browser = await launchChromium();
}, LONG_MS);
afterAll(async () => {
  await browser?.close();
  await new Promise((resolve) => (provider === undefined ? resolve(null) : provider.close(resolve)));
});

test(
  'a provider that is away is told honestly, the seats stay held, and the next attempt goes to its page',
  async () => {
    const staff = await staffHand(stack.origin, stack.admin);
    const sale = await staff.makeSale({ title: 'Away', prequeueIn: -60, opensIn: 1, holdSeconds: 120 });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    const { bookingId } = await bookAs(context, stack.origin, {
      ...sale,
      items: [{ categoryId: 'standing', quantity: 2 }],
    });
    const page = await context.newPage();
    await page.goto(`${stack.origin}/bookings/${bookingId}/pay`);
    const alert = page.getByRole('alert').filter({ hasText: 'The payment service does not answer at the moment.' });
    await alert.waitFor({ timeout: 60_000 });
    await page.getByText('left to pay').first().waitFor();
    expect(await page.getByRole('timer').textContent()).toMatch(/^[1-5]:\d\d$/);
    const faults = await inspect(page, 'pay-provider-away');
    provider = await comesBack(`${stack.origin}/bookings/${bookingId}`);
    await pressAt(page, /^Try again$/, 'Enter');
    // Its own page would be there; ours is where Stripe sends a fan who turns back.
    await page.getByRole('heading', { name: 'These seats are held for you' }).waitFor({ timeout: 60_000 });
    expect(faults).toEqual([]);
    await context.close();
  },
  LONG_MS,
);

/** Opens a Checkout page for whoever asks, at the address given. */
async function comesBack(url: string): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ id: 'cs_test_1', object: 'checkout.session', status: 'open', url }));
  });
  await new Promise<void>((resolve) => server.listen(stripePort, '127.0.0.1', resolve));
  expect((server.address() as AddressInfo).port).toBe(stripePort);
  return server;
}
