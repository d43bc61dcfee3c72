// Who asks: the fan's identity and the place, from `Authorization` or from cookies.
import { FAN_COOKIE, passCookie, placeCookie } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import {
  FAN_TOKEN_MAX_AGE_SECONDS,
  openFan,
  openPlace,
  type PassClaims,
  type PassKeys,
  type PlaceClaim,
  type TokenKeys,
  verifyPass,
} from '@onsale/pass';
import { type LaneHeaders, ProblemError, readAuthorization, readCookie, writeCookie } from '@onsale/runtime';

export type Credentials = {
  /** The fan, or null for a stranger. Throws 401 when `Authorization: Fan` was sent and is not ours. */
  fanOf(headers: LaneHeaders): FanId | null;
  /** The place, or null when none was shown that is ours and of this sale. */
  placeOf(headers: LaneHeaders, saleId: SaleId): ShownPlace | null;
  /** The pass of this sale that is shown, or that the browser kept, while it is valid; else null. */
  passOf(headers: LaneHeaders, saleId: SaleId): PassClaims | null;
};

export type ShownPlace = { readonly claim: PlaceClaim; readonly token: string };

export type CredentialDeps = {
  readonly keys: TokenKeys;
  readonly passKeys: PassKeys;
  readonly publicUrl: string;
  now(): number;
};

export function credentials({ keys, passKeys, publicUrl, now }: CredentialDeps): Credentials {
  return {
    fanOf: ({ authorization, cookie }) => {
      const sent = readAuthorization(authorization, 'Fan');
      if (sent !== undefined) {
        const fanId = openFan(keys, sent, now());
        if (fanId === null) throw new ProblemError('unauthenticated', { detail: 'This fan token is not valid.' });
        return fanId;
      }
      const kept = readCookie(cookie, FAN_COOKIE);
      return kept === undefined ? null : openFan(keys, kept, now());
    },
    placeOf: ({ authorization, cookie }, saleId) => {
      const token = readAuthorization(authorization, 'Place') ?? readCookie(cookie, placeCookie(saleId));
      const claim = token === undefined ? null : openPlace(keys, token, saleId);
      return claim === null || token === undefined ? null : { claim, token };
    },
    passOf: ({ authorization, cookie }, saleId) => {
      const kept = readAuthorization(authorization, 'Bearer') ?? readCookie(cookie, passCookie(saleId));
      if (kept === undefined) return null;
      const verdict = verifyPass(passKeys.verifying, kept, { issuer: publicUrl, saleId, now: now() });
      return verdict.kind === 'valid' ? verdict.claims : null;
    },
  };
}

/** The shown place; throws 401 without one. */
export function requirePlace(shown: ShownPlace | null): ShownPlace {
  if (shown === null) throw new ProblemError('unauthenticated', { detail: 'Show the place token of this sale.' });
  return shown;
}

export type Cookies = {
  fan(token: string): string;
  place(saleId: SaleId, token: string): string;
  pass(saleId: SaleId, pass: { readonly token: string; readonly maxAgeSeconds: number }): string;
  forgetPlace(saleId: SaleId): string;
  forgetPass(saleId: SaleId): string;
};

const PLACE_MAX_AGE_SECONDS = 30 * 24 * 3600; // longer than a sale's phases lie apart

export function cookiesFor({ secure }: { readonly secure: boolean }): Cookies {
  const write = (name: string, value: string, maxAgeSeconds: number) =>
    writeCookie({ name, value, maxAgeSeconds, secure });
  return {
    fan: (token) => write(FAN_COOKIE, token, FAN_TOKEN_MAX_AGE_SECONDS),
    place: (saleId, token) => write(placeCookie(saleId), token, PLACE_MAX_AGE_SECONDS),
    pass: (saleId, { token, maxAgeSeconds }) => write(passCookie(saleId), token, maxAgeSeconds),
    forgetPlace: (saleId) => write(placeCookie(saleId), '', 0),
    forgetPass: (saleId) => write(passCookie(saleId), '', 0),
  };
}
