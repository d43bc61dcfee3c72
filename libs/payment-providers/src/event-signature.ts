// Signatures of provider events, `t=<seconds>,v1=<hex hmac-sha256 of "t.body">`: the time is signed with the body, so an
// event that was recorded cannot be played back later.
import { createHmac, timingSafeEqual } from 'node:crypto';

export const EVENT_TOLERANCE_SECONDS = 300;

type Signed = { readonly secret: string; readonly rawBody: Buffer | string };

/** The header value for a body sent at `now` (milliseconds). */
export function signEvent({ secret, rawBody, now }: Signed & { readonly now: number }): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${digest({ secret, rawBody }, seconds)}`;
}

export function verifiesEvent({
  secret,
  rawBody,
  signature,
  now,
}: Signed & { readonly signature: string | undefined; readonly now: number }): boolean {
  const [, time, hex] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  if (time === undefined || hex === undefined) return false;
  if (Math.abs(now / 1000 - Number(time)) > EVENT_TOLERANCE_SECONDS) return false;
  return timingSafeEqual(Buffer.from(hex, 'hex'), Buffer.from(digest({ secret, rawBody }, Number(time)), 'hex'));
}

function digest({ secret, rawBody }: Signed, seconds: number): string {
  return createHmac('sha256', secret).update(`${seconds}.`).update(rawBody).digest('hex');
}
