// The body of a hot route: checked against the contract, every wrong field named.
import type { RouteDescription } from '@onsale/contracts';
import { ProblemError, parseJson, parseOrRefuse } from '@onsale/runtime';
import type { CallHeaders } from '../http.ts';

export const BODY_LIMIT_BYTES = 4096; // the largest join body the contract allows, with room

const NOTHING = {};

/** Most join without saying anything; that is checked once, when the table is made. */
export function bodyReader({ body: schema }: RouteDescription): (headers: CallHeaders, text: string) => unknown {
  const takesNothing = schema?.safeParse({}).success === true;
  return (headers, text) => {
    if (text === '{}' && takesNothing && headers['content-type'] === 'application/json') return NOTHING;
    if (text.length > BODY_LIMIT_BYTES) throw new ProblemError('body_too_large');
    const given = text === '' ? undefined : parseJson(headers['content-type'], text);
    return schema === undefined ? undefined : parseOrRefuse(schema, given === undefined ? {} : given, 'body');
  };
}
