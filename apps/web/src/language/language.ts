// The language of the pages: which one, its messages, and how numbers, money, dates and spans of time are written in it.
import type { Money } from '@onsale/domain';
import { formatMessage, type MessageValues } from './format-message.ts';
import { en } from './messages-en.ts';
import type { enShop } from './messages-en-shop.ts';
import type { enStaff } from './messages-en-staff.ts';

/** What a fan reads up to the shop, and what the pages beyond the line hold. */
export type Messages = Readonly<Record<keyof typeof en, string>>;
export type ShopMessages = Readonly<Record<keyof typeof enShop, string>>;
/** The operators' pages are in English; their texts come with them. */
export type MessageKey = keyof Messages | keyof ShopMessages | keyof typeof enStaff;

/** Every language by its own name. */
export const languages = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fi: 'Suomi',
  fr: 'Français',
  ja: '日本語',
} as const;
export type Language = keyof typeof languages;

const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: async () => en,
  ar: async () => (await import('./messages-ar.ts')).ar,
  de: async () => (await import('./messages-de.ts')).de,
  es: async () => (await import('./messages-es.ts')).es,
  fi: async () => (await import('./messages-fi.ts')).fi,
  fr: async () => (await import('./messages-fr.ts')).fr,
  ja: async () => (await import('./messages-ja.ts')).ja,
};
const shopLoaders: Readonly<Record<Language, () => Promise<ShopMessages>>> = {
  en: async () => (await import('./messages-en-shop.ts')).enShop,
  ar: async () => (await import('./messages-ar-shop.ts')).arShop,
  de: async () => (await import('./messages-de-shop.ts')).deShop,
  es: async () => (await import('./messages-es-shop.ts')).esShop,
  fi: async () => (await import('./messages-fi-shop.ts')).fiShop,
  fr: async () => (await import('./messages-fr-shop.ts')).frShop,
  ja: async () => (await import('./messages-ja-shop.ts')).jaShop,
};

let language: Language = 'en';
let locale = 'en';
let messages: Partial<Record<MessageKey, string>> = en;
let staffMessages: Partial<Record<MessageKey, string>> = {};
let needsShop = false;

export const currentLanguage = (): Language => language;
export const currentLocale = (): string => locale;

export const directionOf = (name: Language): 'rtl' | 'ltr' => (name === 'ar' ? 'rtl' : 'ltr');

export type Words = {
  readonly language: Language;
  readonly locale: string;
  readonly messages: Partial<Record<MessageKey, string>>;
};

/** The messages of a language: those up to the shop, and those beyond once they were needed or when `all` are asked for. */
export async function loadMessages(name: Language, which: 'needed' | 'all' = 'needed'): Promise<Words['messages']> {
  const first = loaders[name]();
  return needsShop || which === 'all' ? { ...(await first), ...(await shopLoaders[name]()) } : first;
}

/** To be awaited before a page beyond the line is drawn. Rejects when its words cannot be fetched. */
export async function needShopWords(): Promise<void> {
  needsShop = true;
  messages = { ...messages, ...(await shopLoaders[language]()) };
}

/** What is written from now on is in this language. The page server says it anew before each page it renders. */
export function speak(words: Words): void {
  ({ language, locale, messages } = words);
}

/** Loads a language and makes it the page's. Throws when it cannot be fetched; the page then stays as it is. */
export async function takeLanguage(next: Language): Promise<void> {
  speak({ language: next, locale: regionalLocale(next), messages: await loadMessages(next) });
  document.documentElement.lang = next;
  document.documentElement.dir = directionOf(next);
}

/** The first of the wished-for languages that we have; English when we have none of them. */
export function firstKnown(wished: readonly string[]): Language {
  const known = wished.map((tag) => tag.split('-')[0] ?? '').find((name) => name in languages);
  return (known as Language | undefined) ?? 'en';
}

/** The text of a message in the current language. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return formatMessage(messages[key] ?? staffMessages[key] ?? key, values, locale);
}

/** The operator's page brings its own texts. */
export function speakToStaff(more: typeof enStaff): void {
  staffMessages = more;
}

export function formatCount(count: number): string {
  return numberFormat({}).format(count);
}

/** Minor units to text: 4500 EUR → €45, 4550 EUR → €45.50. */
export function formatMoney({ amount, currency }: Money): string {
  const whole = numberFormat({ style: 'currency', currency });
  const digits = whole.resolvedOptions().maximumFractionDigits ?? 2;
  const value = amount / 10 ** digits;
  if (!Number.isInteger(value)) return whole.format(value);
  return numberFormat({ style: 'currency', currency, maximumFractionDigits: 0 }).format(value);
}

/** A day and time where it happens: a performance is told in the time zone of its venue. */
export function formatDateTime(iso: string, timeZone?: string): string {
  return dateFormat({
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
  return dateFormat({ hour: 'numeric', minute: '2-digit', ...(timeZone && { timeZone }) }).format(new Date(iso));
}

/** The pieces of a date that a programme sets large: day, month, weekday with the time. */
export function dateParts(iso: string, timeZone: string): { day: string; month: string; rest: string } {
  const date = new Date(iso);
  const piece = (options: Intl.DateTimeFormatOptions) => dateFormat({ timeZone, ...options }).format(date);
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
  const { value, unit } = spanOf(seconds);
  if (unit !== 'hour') return unitFormat(unit).format(value);
  const [hours, rest] = [Math.floor(value / 60), value % 60];
  const whole = unitFormat('hour').format(hours);
  return rest === 0 ? whole : `${whole} ${unitFormat('minute').format(rest)}`;
}

/** A range of spans: 9–13 minutes, 50 seconds – 2 minutes. One span when both ends are said alike. */
export function formatSpanRange(lowSeconds: number, highSeconds: number): string {
  const [low, high] = [spanOf(lowSeconds), spanOf(highSeconds)];
  const [lowText, highText] = [formatSpan(lowSeconds), formatSpan(highSeconds)];
  if (lowText === highText) return highText;
  const sameUnit = low.unit === high.unit && low.unit !== 'hour';
  return sameUnit ? unitFormat(low.unit).formatRange(low.value, high.value) : `${lowText} – ${highText}`;
}

const FORMATS_MAX = 400;
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

// Making a format costs fifty times as much as using it, and a countdown uses one every second.
const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  keptFormat(numberFormats, options, () => new Intl.NumberFormat(locale, options));
const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  keptFormat(dateFormats, options, () => new Intl.DateTimeFormat(locale, options));

function keptFormat<Format>(formats: Map<string, Format>, options: object, make: () => Format): Format {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? make();
  if (formats.size >= FORMATS_MAX) formats.clear();
  formats.set(key, known);
  return known;
}

type SpanUnit = 'second' | 'minute' | 'hour' | 'day';

const unitFormat = (unit: SpanUnit): Intl.NumberFormat => numberFormat({ style: 'unit', unit, unitDisplay: 'long' });

/** The value is in seconds, minutes or days; for hours it is in minutes, rounded to five. */
function spanOf(seconds: number): { readonly value: number; readonly unit: SpanUnit } {
  if (seconds < 55) return { value: Math.max(5, Math.ceil(seconds / 5) * 5), unit: 'second' };
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return { value: minutes, unit: 'minute' };
  if (minutes < 24 * 60) return { value: Math.round(minutes / 5) * 5, unit: 'hour' };
  return { value: Math.round(minutes / (24 * 60)), unit: 'day' };
}

/** The region of the reader's language counts for dates and numbers: en-GB writes 19:00 where en-US writes 7 PM. */
export function regionalLocale(name: string, wished: readonly string[] = wishedInBrowser()): string {
  return wished.find((tag) => tag.split('-')[0] === name) ?? name;
}

const wishedInBrowser = (): readonly string[] => (typeof navigator === 'undefined' ? [] : navigator.languages);
