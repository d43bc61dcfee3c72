// Calendar files (RFC 5545): the opening of a sale, made by the page server, and a show one has tickets for, made in the
// page.
import type { EventView, SaleView } from '@onsale/contracts';
import { windowAt } from '../waiting/waiting-screen.ts';

export type CalendarEntry = {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly place: string;
  readonly startsAt: string;
  readonly minutes: number;
  /** The page to come back to. */
  readonly url: string;
};

/** The text of an .ics file with one event and an alarm ten minutes before it. */
export function calendarFile(entry: CalendarEntry, madeAtMs: number): string {
  const start = Date.parse(entry.startsAt);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Onsale//Onsale//EN',
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `DTSTAMP:${stamp(madeAtMs)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(start + entry.minutes * 60_000)}`,
    `SUMMARY:${escapeText(entry.title)}`,
    `DESCRIPTION:${escapeText(`${entry.description} ${entry.url}`)}`,
    `LOCATION:${escapeText(entry.place)}`,
    `URL:${entry.url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapeText(entry.title)}`,
    'TRIGGER:-PT10M',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.flatMap(fold).join('\r\n')}\r\n`;
}

const OPENING_LEAST_MINUTES = 15;

/** The opening of a sale's waiting room; null for a sale without a timetable. */
export function openingOf(
  { event, sale, origin }: { readonly event: EventView; readonly sale: SaleView; readonly origin: string },
  { title, text }: { readonly title: string; readonly text: string },
  nowMs: number,
): string | null {
  const window = windowAt(sale, nowMs);
  if (window === null) return null;
  const minutes = Math.round((Date.parse(window.opensAt) - Date.parse(window.prequeueOpensAt)) / 60_000);
  const entry = {
    uid: `${sale.id}@${new URL(origin).hostname}`,
    title,
    description: text,
    place: `${event.venue.name}, ${event.venue.city}`,
    startsAt: window.prequeueOpensAt,
    minutes: Math.max(OPENING_LEAST_MINUTES, minutes),
    url: `${origin}/sales/${sale.id}`,
  };
  return calendarFile(entry, nowMs);
}

/** Hands a text to the browser as a download. */
export function saveFile({ name, type, text }: { name: string; type: string; text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const stamp = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');

const escapeText = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

// A line has at most 75 bytes; a longer one goes on after a line break and a space (RFC 5545, 3.1).
function fold(line: string): string[] {
  const bytes = (text: string) => new TextEncoder().encode(text).length;
  const folded: string[] = [];
  let part = '';
  for (const char of line) {
    const room = folded.length === 0 ? 75 : 74;
    if (bytes(part + char) > room) {
      folded.push(part);
      part = '';
    }
    part += char;
  }
  return [...folded, part].map((text, i) => (i === 0 ? text : ` ${text}`));
}
