// Operators on dates, with time zones (offsets and Olson names).
import { Int32, Long } from 'bson';
import { ServerError } from '../../errors.ts';
import { isArray, isDoc, isNullish, isNumber, toNumber, typeOf, type Value } from '../../values/types.ts';
import type { Expression, MakeExpression } from '../environment.ts';
import { namedArguments } from './arguments.ts';
import { calendarOperators } from './calendar.ts';
import { dateOf, zoneOf } from './date-arguments.ts';
import { parseDate } from './date-text.ts';
import { localParts, type Parts, partsToDate, zoneOffsetMinutes } from './time-zones.ts';

/** `{$year: <date>}` or `{$year: {date, timezone}}`. */
const part =
  (operator: string, read: (parts: Parts) => Value): MakeExpression =>
  (argument, compile) => {
    const list = isArray(argument) ? argument : [argument];
    if (list.length !== 1)
      throw new ServerError(
        40536,
        `${operator} accepts exactly one argument if given an array, but was given ${list.length}`,
      );
    const [only] = list;
    const named = isDoc(only) && !Object.keys(only)[0]?.startsWith('$');
    if (named) {
      for (const key of Object.keys(only))
        if (key !== 'date' && key !== 'timezone')
          throw new ServerError(40535, `unrecognized option to ${operator}: "${key}"`);
      if (!Object.hasOwn(only, 'date')) throw new ServerError(40539, `missing 'date' argument to ${operator}`);
    }
    const date = compile(named ? only.date : only);
    const zone = named && Object.hasOwn(only, 'timezone') ? compile(only.timezone) : null;
    return (environment) => {
      const value = date(environment);
      const name = zoneOf(zone, environment);
      if (isNullish(value) || name === null) return null;
      return read(localParts(dateOf(value), name));
    };
  };

const int = (n: number): Int32 => new Int32(n);

const dateToParts: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, {
    operator: '$dateToParts',
    required: ['date'],
    optional: ['timezone', 'iso8601'],
    codes: { unknown: 40520, missing: 40522, notDoc: 40524 },
  });
  const date = compile(given.date);
  const zone = Object.hasOwn(given, 'timezone') ? compile(given.timezone) : null;
  const iso = Object.hasOwn(given, 'iso8601') ? compile(given.iso8601) : () => false;
  return (environment) => {
    const value = date(environment);
    const name = zoneOf(zone, environment);
    if (isNullish(value) || name === null) return null;
    const p = localParts(dateOf(value), name);
    const time = { hour: int(p.hour), minute: int(p.minute), second: int(p.second), millisecond: int(p.millisecond) };
    return iso(environment) === true
      ? { isoWeekYear: int(p.isoYear), isoWeek: int(p.isoWeek), isoDayOfWeek: int(p.isoDay), ...time }
      : { year: int(p.year), month: int(p.month), day: int(p.day), ...time };
  };
};

const partNames = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
const isoNames = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek'] as const;

const dateFromParts: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, {
    operator: '$dateFromParts',
    required: [],
    optional: [...partNames, ...isoNames, 'timezone'],
    codes: { unknown: 40518, missing: 40516, notDoc: 40519 },
  });
  const iso = Object.hasOwn(given, 'isoWeekYear');
  if (!iso && !Object.hasOwn(given, 'year'))
    throw new ServerError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present");
  const compiled = new Map(Object.keys(given).map((name) => [name, compile(given[name])]));
  const zone = compiled.get('timezone') ?? null;
  return (environment) => {
    const name = zoneOf(zone, environment);
    const numbers: Record<string, number> = {};
    for (const [key, expression] of compiled) {
      if (key === 'timezone') continue;
      const value = expression(environment);
      if (isNullish(value)) return null;
      if (!isNumber(value) || !Number.isInteger(toNumber(value)))
        throw new ServerError(40515, `'${key}' must evaluate to an integer, found ${typeOf(value)}`);
      numbers[key] = toNumber(value);
    }
    return name === null ? null : partsToDate(numbers, name);
  };
};

const dateFromString: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, {
    operator: '$dateFromString',
    required: ['dateString'],
    optional: ['timezone', 'onError', 'onNull', 'format'],
    codes: { unknown: 40541, missing: 40542, notDoc: 40540 },
  });
  if (Object.hasOwn(given, 'format'))
    throw new ServerError(238, "$dateFromString with 'format' is not implemented by the embedded server");
  const text = compile(given.dateString);
  const zone = Object.hasOwn(given, 'timezone') ? compile(given.timezone) : null;
  const optional = (name: string): Expression | null => (Object.hasOwn(given, name) ? compile(given[name]) : null);
  const [onError, onNull] = [optional('onError'), optional('onNull')];
  return (environment) => {
    const value = text(environment);
    if (isNullish(value)) return onNull === null ? null : onNull(environment);
    try {
      if (typeof value !== 'string')
        throw new ServerError(241, `$dateFromString requires that 'dateString' be a string, found: ${typeOf(value)}`);
      const name = zoneOf(zone, environment);
      if (name === null) return null;
      const date = parseDate(value);
      return zone === null ? date : new Date(date.getTime() - zoneOffsetMinutes(date, name) * 60_000);
    } catch (error) {
      if (onError !== null && error instanceof ServerError && error.code === 241) return onError(environment);
      throw error;
    }
  };
};

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

const formats: Readonly<Record<string, (parts: Parts) => string>> = {
  Y: (p) => pad(p.year, 4),
  m: (p) => pad(p.month, 2),
  d: (p) => pad(p.day, 2),
  H: (p) => pad(p.hour, 2),
  M: (p) => pad(p.minute, 2),
  S: (p) => pad(p.second, 2),
  L: (p) => pad(p.millisecond, 3),
  j: (p) => pad(p.dayOfYear, 3),
  w: (p) => String(p.dayOfWeek),
  u: (p) => String(p.isoDay),
  U: (p) => pad(p.week, 2),
  V: (p) => pad(p.isoWeek, 2),
  G: (p) => pad(p.isoYear, 4),
  b: (p) => ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][p.month - 1] ?? '',
  B: (p) =>
    [
      'January',
      'February',
      'March',
      'April',
      'May',
      'June',
      'July',
      'August',
      'September',
      'October',
      'November',
      'December',
    ][p.month - 1] ?? '',
  z: (p) =>
    `${p.offset < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(p.offset) / 60), 2)}${pad(Math.abs(p.offset) % 60, 2)}`,
  Z: (p) => String(p.offset),
  '%': () => '%',
};

const dateToString: MakeExpression = (argument, compile) => {
  const given = namedArguments(argument, {
    operator: '$dateToString',
    required: ['date'],
    optional: ['format', 'timezone', 'onNull'],
    codes: { unknown: 18534, missing: 18628, notDoc: 18629 },
  });
  const date = compile(given.date);
  const zone = Object.hasOwn(given, 'timezone') ? compile(given.timezone) : null;
  const onNull = Object.hasOwn(given, 'onNull') ? compile(given.onNull) : () => null;
  const format = compile(given.format ?? '%Y-%m-%dT%H:%M:%S.%LZ');
  return (environment) => {
    const value = date(environment);
    const name = zoneOf(zone, environment);
    const pattern = format(environment);
    if (isNullish(value)) return onNull(environment);
    if (name === null || isNullish(pattern)) return null;
    if (typeof pattern !== 'string') throw new ServerError(18533, "$dateToString requires that 'format' be a string");
    const parts = localParts(dateOf(value), name);
    return pattern.replace(/%(.?)/gs, (_, letter: string) => {
      const write = formats[letter];
      if (write === undefined) throw new ServerError(18536, `Invalid format character '%${letter}' in format string`);
      return write(parts);
    });
  };
};

export const dateOperators: Readonly<Record<string, MakeExpression>> = {
  $year: part('$year', (p) => int(p.year)),
  $month: part('$month', (p) => int(p.month)),
  $dayOfMonth: part('$dayOfMonth', (p) => int(p.day)),
  $hour: part('$hour', (p) => int(p.hour)),
  $minute: part('$minute', (p) => int(p.minute)),
  $second: part('$second', (p) => int(p.second)),
  $millisecond: part('$millisecond', (p) => int(p.millisecond)),
  $dayOfYear: part('$dayOfYear', (p) => int(p.dayOfYear)),
  $dayOfWeek: part('$dayOfWeek', (p) => int(p.dayOfWeek)),
  $week: part('$week', (p) => int(p.week)),
  $isoWeek: part('$isoWeek', (p) => int(p.isoWeek)),
  $isoWeekYear: part('$isoWeekYear', (p) => Long.fromNumber(p.isoYear)),
  $isoDayOfWeek: part('$isoDayOfWeek', (p) => int(p.isoDay)),
  $dateToParts: dateToParts,
  $dateFromParts: dateFromParts,
  $dateFromString: dateFromString,
  $dateToString: dateToString,
  ...calendarOperators,
};
