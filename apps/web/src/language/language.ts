// The language of the pages: which one, its messages, and how numbers, money, dates and spans of time are written in it.
import type { Money } from '@onsale/domain';
import { formatMessage, type MessageValues } from './format-message.ts';
import { en } from './messages-en.ts';

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;

const locale = 'en';
const messages: Messages = en;

export const currentLocale = (): string => locale;

/** The text of a message in the current language. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return formatMessage(messages[key], values, locale);
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** Minor units to text: 4500 EUR → €45, 4550 EUR → €45.50. */
export function formatMoney({ amount, currency }: Money): string {
  const whole = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = whole.resolvedOptions().maximumFractionDigits ?? 2;
  const value = amount / 10 ** digits;
  if (!Number.isInteger(value)) return whole.format(value);
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 0 }).format(value);
}

/** A day and time where it happens: a performance is told in the time zone of its venue. */
export function formatDateTime(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...(timeZone && { timeZone }),
  }).format(new Date(iso));
}

export function formatTime(iso: string, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', ...(timeZone && { timeZone }) }).format(
    new Date(iso),
  );
}

/** The pieces of a date that a programme sets large: day, month, weekday with the time. */
export function dateParts(iso: string, timeZone: string): { day: string; month: string; rest: string } {
  const date = new Date(iso);
  const piece = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(date);
  return {
    day: piece({ day: 'numeric' }),
    month: piece({ month: 'short', year: 'numeric' }),
    rest: piece({ weekday: 'long', hour: 'numeric', minute: '2-digit' }),
  };
}

/** A countdown as digits: 0:59, 12:05, 1:02:03. Never negative. */
export function formatClock(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = `${hours > 0 ? two(minutes) : minutes}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** A span in words, rounded as one would say it: 40 seconds, 12 minutes, 1 hour 20 minutes, 3 days. */
export function formatSpan(seconds: number): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  if (seconds < 55) return unit(Math.max(5, Math.ceil(seconds / 5) * 5), 'second');
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return unit(minutes, 'minute');
  if (minutes < 24 * 60) {
    const rest = Math.round((minutes % 60) / 5) * 5;
    const hours = Math.floor(minutes / 60) + (rest === 60 ? 1 : 0);
    return rest === 0 || rest === 60 ? unit(hours, 'hour') : `${unit(hours, 'hour')} ${unit(rest, 'minute')}`;
  }
  return unit(Math.round(minutes / (24 * 60)), 'day');
}
