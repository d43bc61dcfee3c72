// Calendar parts of a moment in a time zone, and back.
import { ServerError } from '../../errors.ts';
import { offsetMinutes } from './date-text.ts';

export type Parts = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  dayOfYear: number;
  /** 1 is Sunday. */
  dayOfWeek: number;
  /** Weeks begin on Sunday; days before the first Sunday are week 0. */
  week: number;
  isoYear: number;
  isoWeek: number;
  /** 1 is Monday. */
  isoDay: number;
  /** Minutes east of Greenwich. */
  offset: number;
};

const dayMs = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    try {
      const numeric = 'numeric' as const;
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        year: numeric,
        month: numeric,
        day: numeric,
        hour: numeric,
        minute: numeric,
        second: numeric,
      });
    } catch {
      throw new ServerError(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Minutes east of Greenwich that the zone has at the moment. Throws 40485 for an unknown zone. */
export function zoneOffsetMinutes(date: Date, zone: string): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  if (/^[+-]\d{2}(:?\d{2})?$/.test(zone)) return offsetMinutes(zone);
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(date)) parts[type] = Number(value);
  const local = Date.UTC(parts.year ?? 0, (parts.month ?? 1) - 1, parts.day, parts.hour, parts.minute, parts.second);
  return Math.round((local - Math.floor(date.getTime() / 1000) * 1000) / 60_000);
}

export function localParts(date: Date, zone: string): Parts {
  const offset = zoneOffsetMinutes(date, zone);
  const local = new Date(date.getTime() + offset * 60_000);
  const year = local.getUTCFullYear();
  const today = Date.UTC(year, local.getUTCMonth(), local.getUTCDate());
  const dayOfYear = (today - Date.UTC(year, 0, 1)) / dayMs + 1;
  const weekday = local.getUTCDay();
  const isoDay = weekday === 0 ? 7 : weekday;
  const thursday = new Date(today + (4 - isoDay) * dayMs);
  const isoYear = thursday.getUTCFullYear();
  return {
    year,
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
    dayOfYear,
    dayOfWeek: weekday + 1,
    week: Math.floor((dayOfYear + 6 - weekday) / 7),
    isoYear,
    isoWeek: Math.floor((thursday.getTime() - Date.UTC(isoYear, 0, 1)) / dayMs / 7) + 1,
    isoDay,
    offset,
  };
}

/** The moment of local parts; numbers beyond their range carry over. */
export function partsToDate(parts: Readonly<Record<string, number>>, zone: string): Date {
  const { hour = 0, minute = 0, second = 0, millisecond = 0 } = parts;
  const time = hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond;
  let day: number;
  if (parts.isoWeekYear !== undefined) {
    const fourth = new Date(Date.UTC(parts.isoWeekYear, 0, 4));
    const firstMonday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * dayMs;
    day = firstMonday + ((parts.isoWeek ?? 1) - 1) * 7 * dayMs + ((parts.isoDayOfWeek ?? 1) - 1) * dayMs;
  } else day = Date.UTC(parts.year ?? 1970, (parts.month ?? 1) - 1, parts.day ?? 1);
  return fromLocal(day + time, zone);
}

/** The moment whose local clock shows `localMs`. */
export function fromLocal(localMs: number, zone: string): Date {
  const guess = new Date(localMs - zoneOffsetMinutes(new Date(localMs), zone) * 60_000);
  return new Date(localMs - zoneOffsetMinutes(guess, zone) * 60_000);
}
