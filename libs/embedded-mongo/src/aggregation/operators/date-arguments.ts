// What date operators take for a date and for a time zone.
import { ObjectId, type Timestamp } from 'bson';
import { ServerError } from '../../errors.ts';
import { isNullish, typeOf, type Value } from '../../values/types.ts';
import type { Environment, Expression } from '../environment.ts';
import { zoneOffsetMinutes } from './time-zones.ts';

export function dateOf(value: Value): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (typeOf(value) === 'timestamp') return new Date((value as Timestamp).getHighBitsUnsigned() * 1000);
  throw new ServerError(16006, `can't convert from BSON type ${typeOf(value)} to Date`);
}

export function zoneOf(zone: Expression | null, environment: Environment): string | null {
  if (zone === null) return 'UTC';
  const name = zone(environment);
  if (isNullish(name)) return null;
  if (typeof name !== 'string')
    throw new ServerError(40517, `timezone must evaluate to a string, found ${typeOf(name)}`);
  zoneOffsetMinutes(new Date(0), name);
  return name;
}
