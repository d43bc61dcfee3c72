// Calendar arithmetic: $dateAdd, $dateSubtract, $dateDiff, $dateTrunc.
import { Long } from 'bson';
import { ServerError } from '../../errors.ts';
import { isNullish, isNumber, toNumber, type Value } from '../../values/types.ts';
import type { MakeExpression } from '../environment.ts';
import { namedArguments } from './arguments.ts';
import { dateOf, zoneOf } from './date-arguments.ts';
import { fromLocal, zoneOffsetMinutes } from './time-zones.ts';

const dayMs = 86_400_000;
const fixed: Readonly<Record<string, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: dayMs,
  week: 7 * dayMs,
};
const months: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

function checkUnit(value: Value): string {
  if (typeof value !== 'string' || !(value in fixed || value in months))
    throw new ServerError(9, `unknown time unit value: ${String(value)}`);
  return value;
}

const localOf = (date: Date, zone: string): number => date.getTime() + zoneOffsetMinutes(date, zone) * 60_000;

type Moment = { readonly date: Date; readonly unit: string; readonly zone: string };

export function addUnits({ date, unit, zone }: Moment, amount: number): Date {
  if (unit in fixed) {
    const by = amount * (fixed[unit] as number);
    // Days and weeks keep the clock across a change of summer time; hours and below do not.
    return unit === 'day' || unit === 'week'
      ? fromLocal(localOf(date, zone) + by, zone)
      : new Date(date.getTime() + by);
  }
  const local = new Date(localOf(date, zone));
  const month = local.getUTCMonth() + amount * (months[unit] as number);
  const last = new Date(Date.UTC(local.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(local.getUTCDate(), last);
  const timeOfDay = ((local.getTime() % dayMs) + dayMs) % dayMs;
  return fromLocal(Date.UTC(local.getUTCFullYear(), month, day) + timeOfDay, zone);
}

const shifting =
  (operator: string, sign: 1 | -1): MakeExpression =>
  (argument, compile) => {
    const given = namedArguments(argument, {
      operator,
      required: ['startDate', 'unit', 'amount'],
      optional: ['timezone'],
      codes: { unknown: 5166401, missing: 5166402, notDoc: 5166400 },
    });
    const [start, unit, amount] = [compile(given.startDate), compile(given.unit), compile(given.amount)];
    const zone = Object.hasOwn(given, 'timezone') ? compile(given.timezone) : null;
    return (environment) => {
      const [from, by, count] = [start(environment), unit(environment), amount(environment)];
      const name = zoneOf(zone, environment);
      if (isNullish(from) || isNullish(by) || isNullish(count) || name === null) return null;
      if (!isNumber(count) || !Number.isInteger(toNumber(count)))
        throw new ServerError(5166405, `${operator} expects integer amount of time units`);
      return addUnits({ date: dateOf(from), unit: checkUnit(by), zone: name }, sign * toNumber(count));
    };
  };

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function weekStart(value: Value): number {
  if (isNullish(value)) return 0;
  const name = String(value).toLowerCase();
  const at = weekdays.findIndex((day) => day === name || day.slice(0, 3) === name);
  if (at < 0) throw new ServerError(9, `unknown day of week value: ${String(value)}`);
  return at;
}

const monthIndex = (local: number): number => new Date(local).getUTCFullYear() * 12 + new Date(local).getUTCMonth();
const dayIndex = (local: number): number => Math.floor(local / dayMs);
// Day 0 of the epoch was a Thursday.
const weekIndex = (local: number, start: number): number => Math.floor((dayIndex(local) + 4 - start) / 7);

const dateDiff: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, {
    operator: '$dateDiff',
    required: ['startDate', 'endDate', 'unit'],
    optional: ['timezone', 'startOfWeek'],
    codes: { unknown: 5166302, missing: 5166303, notDoc: 5166301 },
  });
  const [start, end, unit] = [compile(given.startDate), compile(given.endDate), compile(given.unit)];
  const zone = Object.hasOwn(given, 'timezone') ? compile(given.timezone) : null;
  const week = compile(given.startOfWeek ?? null);
  return (environment) => {
    const [from, to, by] = [start(environment), end(environment), unit(environment)];
    const name = zoneOf(zone, environment);
    if (isNullish(from) || isNullish(to) || isNullish(by) || name === null) return null;
    const step = checkUnit(by);
    const [a, b] = [localOf(dateOf(from), name), localOf(dateOf(to), name)];
    if (step in months) {
      const size = months[step] as number;
      return Long.fromNumber(Math.floor(monthIndex(b) / size) - Math.floor(monthIndex(a) / size));
    }
    if (step === 'week')
      return Long.fromNumber(weekIndex(b, weekStart(week(environment))) - weekIndex(a, weekStart(week(environment))));
    if (step === 'day') return Long.fromNumber(dayIndex(b) - dayIndex(a));
    const size = fixed[step] as number;
    return Long.fromNumber(Math.floor(dateOf(to).getTime() / size) - Math.floor(dateOf(from).getTime() / size));
  };
};

const dateTrunc: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, {
    operator: '$dateTrunc',
    required: ['date', 'unit'],
    optional: ['binSize', 'timezone', 'startOfWeek'],
    codes: { unknown: 5439008, missing: 5439009, notDoc: 5439007 },
  });
  const [date, unit] = [compile(given.date), compile(given.unit)];
  const bin = compile(given.binSize ?? 1);
  const zone = Object.hasOwn(given, 'timezone') ? compile(given.timezone) : null;
  const week = compile(given.startOfWeek ?? null);
  return (environment) => {
    const [value, by, size] = [date(environment), unit(environment), bin(environment)];
    const name = zoneOf(zone, environment);
    if (isNullish(value) || isNullish(by) || isNullish(size) || name === null) return null;
    const [step, count] = [checkUnit(by), toNumber(size)];
    if (!Number.isInteger(count) || count <= 0)
      throw new ServerError(5439018, '$dateTrunc requires a positive integer binSize');
    return truncated({ date: dateOf(value), unit: step, zone: name }, count, weekStart(week(environment)));
  };
};

// Bins are counted from 1 January 2000, local time.
const origin = Date.UTC(2000, 0, 1);

function truncated({ date, unit, zone }: Moment, count: number, start: number): Date {
  const local = localOf(date, zone);
  if (unit in months) {
    const size = (months[unit] as number) * count;
    const first = 2000 * 12 + Math.floor((monthIndex(local) - 2000 * 12) / size) * size;
    return fromLocal(Date.UTC(Math.floor(first / 12), ((first % 12) + 12) % 12, 1), zone);
  }
  const size = (fixed[unit] as number) * count;
  // The first week begins on the given day of the week at or before the origin (a Saturday).
  const base = unit === 'week' ? origin - ((6 - start + 7) % 7) * dayMs : origin;
  return fromLocal(base + Math.floor((local - base) / size) * size, zone);
}

export const calendarOperators: Readonly<Record<string, MakeExpression>> = {
  $dateAdd: shifting('$dateAdd', 1),
  $dateSubtract: shifting('$dateSubtract', -1),
  $dateDiff: dateDiff,
  $dateTrunc: dateTrunc,
};
