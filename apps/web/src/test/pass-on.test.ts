// What leaves the pages: the calendar files and the link that is shared.
import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { browserStack } from './browser-stack.ts';
import { heading } from './fan-hand.ts';

const LONG_MS = 120_000;
const site = browserStack({ prequeueSeconds: 3 });
const { newFan } = site;

/** Reads a calendar file as RFC 5545 wants it read; throws where it is not one. */
function calendarEntries(file: string): Map<string, string> {
  if (!file.endsWith('\r\n') || /[^\r]\n/.test(file)) throw new Error('lines end with CRLF');
  const lines = file.slice(0, -2).split('\r\n');
  const long = lines.find((line) => Buffer.byteLength(line) > 75);
  if (long !== undefined) throw new Error(`a line of more than 75 bytes: ${long}`);
  const unfolded = lines.join('\r\n').replaceAll('\r\n ', '').split('\r\n');
  const open: string[] = [];
  const entries = new Map<string, string>();
  for (const line of unfolded) {
    const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no content line: ${line}`);
    if (name === 'BEGIN') open.push(value);
    else if (name === 'END' && open.pop() !== value) throw new Error(`END:${value} ends nothing`);
    else if (open.at(-1) === 'VEVENT') entries.set(name, value);
    else if (name !== 'END') entries.set(`${open.at(-1)}.${name}`, value);
  }
  if (open.length > 0) throw new Error(`${open.join()} has no end`);
  return entries;
}

const utc = (iso: string): string => new Date(iso).toISOString().replace(/[-:]|\.\d{3}/g, '');

async function saved(download: Promise<Download>): Promise<string> {
  return readFileSync(await (await download).path(), 'utf8');
}

test.each(['Asia/Tokyo', 'America/New_York'])(
  'the calendar file holds the moment the waiting room opens, also on a device in %s and without scripts',
  async (timezoneId) => {
    const title = `Long Äventyr, with commas; and more words than fit in a line ${timezoneId.replace('/', ' ')}`;
    const { slug, saleId } = await site.staff.makeSale({ title, prequeueIn: 86_400, opensIn: 90_000 });
    const page = await newFan(`/events/${slug}`, { timezoneId, javaScriptEnabled: timezoneId === 'Asia/Tokyo' });
    await heading(page, title);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save the date' }).click();
    const entries = calendarEntries(await saved(download));
    const sale = (await (await fetch(`${site.origin}/api/v1/sales/${saleId}`)).json()) as {
      phases: { prequeueOpensAt: string; opensAt: string }[];
    };
    const [phase] = sale.phases;
    expect(entries.get('DTSTART')).toBe(utc(phase?.prequeueOpensAt ?? ''));
    expect(entries.get('DTEND')).toBe(utc(phase?.opensAt ?? ''));
    expect(entries.get('SUMMARY')).toBe(`Tickets: ${title}`.replace(/[\\;,]/g, '\\$&'));
    expect(entries.get('LOCATION')).toBe('Sibelius Hall\\, Lahti');
    expect(entries.get('URL')).toBe(`${site.origin}/sales/${saleId}`);
    expect([entries.get('VCALENDAR.VERSION'), entries.get('VALARM.TRIGGER')]).toEqual(['2.0', '-PT10M']);
    // What stands on the page is the same moment, told where it happens.
    const told = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Helsinki' });
    await page
      .getByText(told.format(new Date(phase?.prequeueOpensAt ?? '')))
      .first()
      .waitFor();
    await page.context().close();
  },
  LONG_MS,
);

const share = (page: Page) => page.getByRole('button', { name: 'Share' }).click();

test(
  'an event is shared by the system’s sheet, else copied, else shown to be copied; the link opens the event',
  async () => {
    const url = `${site.origin}/events/winter-light`;
    const withSheet = await newFan('/nowhere');
    await withSheet.addInitScript(() => {
      Object.assign(navigator, {
        share: async (what: unknown) => Object.assign(window, { shared: what }),
      });
    });
    await withSheet.goto(url);
    await share(withSheet);
    await withSheet.waitForFunction(() => 'shared' in window);
    expect(await withSheet.evaluate(() => (window as unknown as { shared: unknown }).shared)).toEqual({
      title: 'Winter Light: a symphony by the lake',
      url,
    });
    const withClipboard = await newFan('/events/winter-light', {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await share(withClipboard);
    await withClipboard.getByText('Link copied.').waitFor();
    const copied = await withClipboard.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(url);
    const withNeither = await newFan('/nowhere');
    await withNeither.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await withNeither.goto(url);
    await share(withNeither);
    await withNeither.getByText(url).waitFor();
    await withNeither.goto(copied);
    await heading(withNeither, /Winter Light/);
    await Promise.all([withSheet, withClipboard, withNeither].map((page) => page.context().close()));
  },
  LONG_MS,
);
