// Whose socket it is: by what the client shows, or by the page's cookies when the page is ours.
import type { IncomingMessage } from 'node:http';
import { FAN_COOKIE, passCookie, placeCookie } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { LiveCredentials, LiveIdentity, LivePass } from '@onsale/live-socketio';
import {
  openAnyPlace,
  openFan,
  type PassClaims,
  type PassKeys,
  type PlaceClaim,
  type TokenKeys,
  verifyAnyPass,
} from '@onsale/pass';

export type IdentifyDeps = {
  readonly keys: TokenKeys;
  readonly passKeys: PassKeys;
  readonly publicUrl: string;
  now(): number;
};

const PLACE_PREFIX = placeCookie('' as SaleId);
const PASS_PREFIX = passCookie('' as SaleId);
const TOKENS_MAX = 20; // of a kind; a browser with more sales at once than that is none

/** Null when nothing that was shown is ours. */
export function identify(deps: IdentifyDeps, auth: LiveCredentials, request: IncomingMessage): LiveIdentity | null {
  const cookies = isOurPage(deps, request) ? cookiesOf(request.headers.cookie) : [];
  const kept = (prefix: string) =>
    cookies.flatMap(([name, value]) => (name.startsWith(prefix) ? [value] : [])).slice(0, TOKENS_MAX);
  const places = shown(auth.place, kept(PLACE_PREFIX)).flatMap((token) => openAnyPlace(deps.keys, token) ?? []);
  const passes = shown(auth.pass, kept(PASS_PREFIX)).flatMap((token) => passOf(deps, token));
  const fans = shown(auth.fan, kept(FAN_COOKIE)).flatMap((token) => openFan(deps.keys, token, deps.now()) ?? []);
  const fanId = fans[0] ?? places[0]?.fanId ?? passes[0]?.sub ?? null;
  if (fanId === null) return null;
  return { fanId, places: places.map(placeOf), passes: passes.map(livePass) };
}

/** What the client shows itself counts before cookies. */
function shown(sent: string | undefined, kept: readonly string[]): readonly string[] {
  return sent === undefined ? kept : [sent];
}

function placeOf({ saleId, index, version }: PlaceClaim) {
  return { saleId, index, version };
}

function livePass({ aud, number, jti, iat, exp }: PassClaims): LivePass {
  return { saleId: aud, number, passId: jti, issuedAt: iat, expiresAt: exp };
}

function passOf({ passKeys, publicUrl, now }: IdentifyDeps, token: string) {
  const verdict = verifyAnyPass(passKeys.verifying, token, { issuer: publicUrl, now: now() });
  return verdict.kind === 'valid' ? [verdict.claims] : [];
}

/** A page of somebody else's must not listen with our fan's cookies. Programs send no Origin, and no cookies. */
function isOurPage({ publicUrl }: IdentifyDeps, { headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true;
  if (origin === new URL(publicUrl).origin) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

function cookiesOf(header: string | undefined): readonly (readonly [name: string, value: string])[] {
  return (header ?? '').split(';').map((part) => {
    const equals = part.indexOf('=');
    return [part.slice(0, Math.max(0, equals)).trim(), part.slice(equals + 1).trim()];
  });
}
