// What waiting costs a fan with a small data plan, in bytes over the wire, against a budget: the first answer, the whole
// page, and an hour of waiting far back and near the front. Sizes are measured on the running stack; how often a page asks
// follows from the very rule it asks by.
import { get } from 'node:http';
import type { LineDocument } from '@onsale/contracts';
import { refreshAfterSeconds, waitRange } from '@onsale/domain';
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser } from 'playwright-core';
import { languages } from '../language/language.ts';
import { joinMany, staffHand } from './staff-hand.ts';

const LONG_MS = 120_000;
const BUDGET = {
  firstAnswer: 15_000,
  page: { script: 42_000, stylesheet: 0, font: 78_000, total: 135_000 },
  hourAt100000: 40_000,
  hourAt500: 80_000,
};
const HOUR_SECONDS = 3_600;

const stack = testStack({ prequeueSeconds: 3 });
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
}, 60_000);

afterAll(() => browser?.close());

/** Bytes of one answer with its headers, as they come over the wire. */
function wireBytes(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get(stack.origin + path, { headers: { ...headers, connection: 'close' } }, (response) => {
      const { socket } = response;
      response.resume().on('end', () => resolve(socket.bytesRead));
    });
    request.on('error', reject);
  });
}

async function waitingFan(title: string): Promise<{ saleId: string; cookie: string }> {
  const staff = await staffHand(stack.origin, stack.admin);
  const { saleId } = await staff.makeSale({ title, prequeueIn: -60, opensIn: 3_600 });
  await joinMany(stack.origin, saleId, 30);
  const joined = await fetch(`${stack.origin}/api/v1/sales/${saleId}/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const cookie = joined.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  return { saleId, cookie };
}

test(
  'the first waiting answer is whole and at most 15 KB, in every language, for a stranger and for who has a place',
  async () => {
    const { saleId, cookie } = await waitingFan('Small Answer');
    const sizes: Record<string, number> = {};
    for (const language of Object.keys(languages)) {
      const headers = { 'accept-encoding': 'gzip, br', 'accept-language': language };
      sizes[language] = Math.max(
        await wireBytes(`/sales/${saleId}`, headers),
        await wireBytes(`/sales/${saleId}`, { ...headers, cookie }),
      );
    }
    const largest = Math.max(...Object.values(sizes));
    expect([sizes, largest <= BUDGET.firstAnswer]).toEqual([sizes, true]);
  },
  LONG_MS,
);

test(
  'the whole waiting page stays within its budget, from our own origin alone',
  async () => {
    const { saleId } = await waitingFan('Whole Page');
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    const bytes: Record<string, number> = { total: 0 };
    const sizes: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      expect(new URL(request.url()).origin).toBe(stack.origin);
      if (new URL(request.url()).pathname === '/offline') return; // kept for later by the service worker
      sizes.push(
        request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
          const size = responseBodySize + responseHeadersSize;
          bytes[request.resourceType()] = (bytes[request.resourceType()] ?? 0) + size;
          bytes.total = (bytes.total ?? 0) + size;
        }),
      );
    });
    await page.goto(`${stack.origin}/sales/${saleId}`);
    await page.getByRole('button', { name: 'Join the line' }).waitFor();
    await page.waitForLoadState('networkidle');
    await Promise.all(sizes);
    for (const [kind, limit] of Object.entries(BUDGET.page))
      expect([kind, bytes[kind], (bytes[kind] ?? 0) <= limit]).toEqual([kind, bytes[kind], true]);
    await context.close();
  },
  LONG_MS,
);

/** How often a page asks within an hour, by its own rule, while the line moves as measured. */
function questionsInAnHour(
  line: LineDocument,
  { ahead, callsPerMinute }: { ahead: number; callsPerMinute: number },
): number {
  const moving = { ...line, phase: 'open' as const, ratePerMinute: { mean: callsPerMinute, spread: 0.1 } };
  let questions = 0;
  for (let second = 0; second < HOUR_SECONDS; questions++) {
    const left = Math.max(0, ahead - (second / 60) * callsPerMinute);
    second += refreshAfterSeconds(line.refresh, { wait: waitRange(moving, left), random: 0.5 });
  }
  return questions;
}

test(
  'an hour of waiting costs few bytes, far back and near the front',
  async () => {
    const { saleId, cookie } = await waitingFan('An Hour');
    const api = `/api/v1/sales/${saleId}`;
    const line = (await (await fetch(`${stack.origin}${api}/line`)).json()) as LineDocument;
    // After the pre-queue the rule is a share of the remaining wait; what the crowd of a test makes of it does not count.
    const open = { ...line, refresh: { share: 0.1, minSeconds: 2, maxSeconds: 1_800 } };
    // Every second question is a sign of life, whose answer brings the line along.
    const perQuestion = (await wireBytes(`${api}/line`, {})) + (await wireBytes(`${api}/place`, { cookie })) / 2;
    const farBack = perQuestion * questionsInAnHour(open, { ahead: 100_000, callsPerMinute: 600 });
    const near = perQuestion * questionsInAnHour(open, { ahead: 500, callsPerMinute: 500 / 60 });
    expect([farBack, farBack <= BUDGET.hourAt100000]).toEqual([farBack, true]);
    expect([near, near <= BUDGET.hourAt500]).toEqual([near, true]);
    process.stdout.write(
      `\nan hour of waiting: ${Math.round(farBack)} bytes at place 100,000, ${Math.round(near)} bytes at place 500\n`,
    );
  },
  LONG_MS,
);
