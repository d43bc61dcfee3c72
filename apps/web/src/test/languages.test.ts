// Every page and state of the journey in the languages that strain a layout most: from right to left, without spaces between
// words, with long words. Axe, widths and zoom are looked at in each; what is pressed is found by the language's own words. `npm test` walks in Arabic, `npm run languages` in all.
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser, Page } from 'playwright-core';
import { formatMessage, type MessageValues } from '../language/format-message.ts';
import { ar } from '../language/messages-ar.ts';
import { arShop } from '../language/messages-ar-shop.ts';
import { de } from '../language/messages-de.ts';
import { deShop } from '../language/messages-de-shop.ts';
import { ja } from '../language/messages-ja.ts';
import { jaShop } from '../language/messages-ja-shop.ts';
import { colorScheme, languagesWanted } from './config.ts';
import { fanHand, heading } from './fan-hand.ts';
import { inspect } from './inspect.ts';
import { joinMany, type StaffHand, staffHand } from './staff-hand.ts';

const LONG_MS = 240_000;
const stack = testStack({ prequeueSeconds: 2 });
let browser: Browser;
let staff: StaffHand;
const { newFan } = fanHand({ browser: () => browser, origin: () => stack.origin });

beforeAll(async () => {
  browser = await launchChromium();
  staff = await staffHand(stack.origin, stack.admin);
}, LONG_MS);

afterAll(() => browser?.close());

const words = { ar: { ...ar, ...arShop }, ja: { ...ja, ...jaShop }, de: { ...de, ...deShop } };
type Strained = keyof typeof words;

type Walk = {
  readonly page: Page;
  readonly say: (key: keyof typeof words.ar, values?: MessageValues) => string;
  readonly look: (state: string) => Promise<void>;
  readonly press: (key: keyof typeof words.ar) => Promise<void>;
};

test.each(languagesWanted(words))(
  'each page and state in %s',
  async (language) => {
    const options = { locale: language, reducedMotion: 'reduce', colorScheme: colorScheme() } as const;
    const page = await newFan('/', options);
    const faults: string[] = [];
    const say: Walk['say'] = (key, values = {}) => formatMessage(words[language][key], values, language);
    const walk: Walk = {
      page,
      say,
      look: async (state) => {
        faults.push(...(await inspect(page, `${language}-${state}`)));
        if (language === 'ar') expect([state, await readsFromTheRight(page)]).toEqual([state, true]);
      },
      press: (key) => page.getByRole('button', { name: say(key), exact: true }).click({ timeout: 60_000 }),
    };
    await heading(page, say('events.title'));
    await walk.look('events');
    await page.goto(`${stack.origin}/events/winter-light`);
    await heading(page, /Winter Light/);
    await walk.look('event');
    await theLine(walk, language);
    await theShop(walk);
    for (const [path, title] of [
      ['/nowhere', 'notFound.title'],
      ['/offline', 'connection.lost'],
    ] as const) {
      await page.goto(stack.origin + path);
      await heading(page, say(title));
      await walk.look(path.slice(1));
    }
    expect(faults).toEqual([]);
    await page.context().close();
  },
  LONG_MS,
);

/** The brand stands where reading begins, the link to the bookings where a line ends. */
async function readsFromTheRight(page: Page): Promise<boolean> {
  const [brand, bookings] = await Promise.all([
    page.locator('.brand').boundingBox(),
    page.locator('.top-link').boundingBox(),
  ]);
  const dir = await page.locator('html').getAttribute('dir');
  return dir === 'rtl' && (brand?.x ?? 0) > (bookings?.x ?? Number.POSITIVE_INFINITY);
}

async function theLine({ page, say, look, press }: Walk, language: Strained): Promise<void> {
  const scheduled = await staff.makeSale({ title: `Later ${language}`, prequeueIn: 9e5, opensIn: 1e6 });
  await page.goto(`${stack.origin}/sales/${scheduled.saleId}`);
  await heading(page, say('scheduled.title'));
  await look('sale-scheduled');
  const { saleId } = await staff.makeSale({
    title: `Long Line ${language}`,
    prequeueIn: -60,
    opensIn: 25,
    callWindowSeconds: 30,
    admission: { mode: 'manual' },
  });
  await joinMany(stack.origin, saleId, 60);
  await page.goto(`${stack.origin}/sales/${saleId}`);
  await heading(page, say('lobby.titlePrequeue'));
  await look('sale-lobby');
  await press('lobby.join');
  await heading(page, say('prequeue.title'));
  await look('sale-prequeue');
  await heading(page, say('waiting.title'));
  await staff.notify(saleId, 'The doors of the hall open at six.');
  await page.getByText(say('wish.title')).click();
  await look('line-waiting');
  await page.getByText(say('defer.title')).click();
  await press('defer.do');
  await page.getByRole('button', { name: say('defer.end') }).waitFor();
  await look('line-deferred');
  await press('defer.end');
  await staff.act(saleId, 'pause');
  await heading(page, say('paused.title'));
  await look('line-paused');
  await staff.act(saleId, 'resume');
  await heading(page, say('waiting.title'));
  await page.goto(`${stack.origin}/sales/${saleId}/fairness`);
  await page.getByText(say('fairness.holds')).first().waitFor();
  await look('fairness');
  await page.goto(`${stack.origin}/sales/${saleId}`);
  await staff.call(saleId, 200);
  await heading(page, say('called.title'));
  await look('line-called');
  await heading(page, say('missed.title'));
  await look('line-missed');
}

async function theShop({ page, say, look, press }: Walk): Promise<void> {
  const events = (await (await fetch(`${stack.origin}/api/v1/events`)).json()) as {
    events: { slug: string; sales: { id: string }[] }[];
  };
  const demo = events.events.find(({ slug }) => slug === 'winter-light')?.sales[0]?.id;
  await page.goto(`${stack.origin}/sales/${demo}`);
  await press('lobby.join');
  await press('called.enter');
  await page.getByRole('link', { name: /Symphony evening/ }).click();
  await page.getByText('Premium').first().click();
  await look('shop-best');
  await page.getByRole('radio', { name: say('shop.mode_plan') }).check();
  await look('shop-plan');
  await page.getByRole('radio', { name: say('shop.mode_list') }).check();
  await page.getByRole('button', { name: /^Stalls/ }).click();
  await page.locator('.row-list .seat-list-head').nth(4).click();
  await look('shop-list');
  await page.getByRole('radio', { name: say('shop.mode_quick') }).check();
  await press('shop.continue');
  await press('checkout.hold');
  await page.getByText(say('contact.nameMissing')).waitFor();
  await look('shop-details');
  await page.getByLabel(say('contact.name'), { exact: true }).fill('Aino Virtanen');
  await page.getByLabel(say('contact.email'), { exact: true }).fill('aino@example.com');
  await press('checkout.hold');
  await heading(page, say('hold.title'));
  await look('booking-held');
  await page.locator('a.primary').click();
  await page.getByRole('button', { name: say('pay.fail'), exact: true }).waitFor();
  await look('booking-pay');
  await press('pay.fail');
  await page.getByText(say('hold.paymentFailed')).waitFor();
  await look('booking-payment-failed');
  await page.locator('a.primary').click();
  await press('pay.succeed');
  await heading(page, say('tickets.title', { count: 2 }));
  await page.locator('.qr').nth(1).waitFor();
  await look('booking-tickets');
  await page.goto(`${stack.origin}/bookings`);
  await heading(page, say('bookings.title'));
  await page.locator('.booking-state-confirmed').waitFor();
  await look('bookings');
}
