// How a route is described. One list of these makes the gateways, the validation, the OpenAPI document and the tests.
import type { z } from 'zod';
import type { ErrorCode } from '../problem.ts';

export type AppName = 'waiting-room' | 'booking-api' | 'console-api';
export type HttpMethod = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a caller must or may show: fan identity, place token, pass, staff session or API key, a provider's signature. */
export type Credential = 'none' | 'fan_optional' | 'fan' | 'place' | 'pass' | 'staff' | 'provider_signature';

export type RouteDescription = {
  readonly id: string;
  readonly method: HttpMethod;
  /** With `{name}` for each path parameter. */
  readonly path: string;
  readonly app: AppName;
  readonly summary: string;
  readonly credential: Credential;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly requires?: readonly ('idempotency-key' | 'if-match')[];
  /** Headers it makes use of when they are there. */
  readonly accepts?: readonly 'idempotency-key'[];
  /** Status → shape of the answer; null where there is no JSON body. */
  readonly replies: Readonly<Record<number, z.ZodType | null>>;
  /** The errors of this route beyond those any route can give. */
  readonly errors: readonly ErrorCode[];
};

export function defineRoute<const Route extends RouteDescription>(route: Route): Route {
  return route;
}
