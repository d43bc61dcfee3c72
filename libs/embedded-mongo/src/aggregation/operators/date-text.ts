// Reading dates from text in the forms of ISO 8601.
import { ServerError } from '../../errors.ts';

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|z|[+-]\d{2}:?\d{2}|UTC|GMT)?$/;

/** Throws ConversionFailure (241) for what is no date. */
export function parseDate(text: string): Date {
  const match = iso.exec(text.trim());
  if (!match) throw new ServerError(241, `Error parsing date string '${text}'`);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  const millis = Number(fraction.padEnd(3, '0').slice(0, 3));
  const time = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    millis,
  );
  const date = new Date(time - offsetMinutes(zone) * 60_000);
  const valid =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= 31 &&
    Number(hour) <= 23 &&
    Number(minute) <= 59;
  if (!valid || Number.isNaN(date.getTime())) throw new ServerError(241, `Error parsing date string '${text}'`);
  return date;
}

/** Minutes east of Greenwich of `+02:00` and the like; 0 for UTC. */
export function offsetMinutes(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!match) return 0;
  const [, sign, hours, minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
