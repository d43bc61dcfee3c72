// The Ed25519 keys of passes and tickets. The first signs; all are published and verify, so that a key is rotated by
// putting the new one in front and taking the old one away when nothing it signed is valid any more.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

export type PublicJwk = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
};

/** Enough to verify. */
export type PassPublicKeys = ReadonlyMap<string, KeyObject>;

export type PassKeys = {
  readonly signing: { readonly kid: string; readonly privateKey: KeyObject };
  readonly verifying: PassPublicKeys;
  readonly jwks: { readonly keys: readonly PublicJwk[] };
};

type Jwk = { kty: 'OKP'; crv: 'Ed25519'; x: string; d?: string; kid: string };

/** Reads a JSON array of Ed25519 JWKs (ONSALE_PASS_KEYS); only the first needs its private part. Throws RangeError. */
export function parsePassKeys(text: string): PassKeys {
  const jwks = readArray(text).map(readJwk);
  const [first] = jwks;
  if (first?.d === undefined) throw new RangeError('the first pass key must be a private Ed25519 JWK');
  const verifying = new Map(jwks.map((jwk) => [jwk.kid, publicKeyOf(jwk)]));
  if (verifying.size !== jwks.length) throw new RangeError('two pass keys have the same kid');
  return {
    signing: { kid: first.kid, privateKey: privateKeyOf(first) },
    verifying,
    jwks: { keys: jwks.map(({ x, kid }) => ({ kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' })) },
  };
}

/** A new private key in the form ONSALE_PASS_KEYS takes, for first starts and tests. */
export function generatePassKeyJwk(kid: string): Record<string, unknown> {
  return { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid };
}

function readArray(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed;
  } catch {
    // said below in the same words
  }
  throw new RangeError('pass keys are not a JSON array of JWKs');
}

function readJwk(value: unknown, position: number): Jwk {
  const { kty, crv, x, d, kid } = (value ?? {}) as Record<string, unknown>;
  const wrong = kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof kid !== 'string' || kid === '';
  if (wrong) throw new RangeError(`pass key ${position + 1} is not an Ed25519 JWK with a kid`);
  return { kty, crv, x, kid, ...(typeof d === 'string' ? { d } : {}) };
}

function publicKeyOf({ kty, crv, x, kid }: Jwk): KeyObject {
  try {
    return createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
  } catch {
    throw new RangeError(`pass key ${kid} cannot be read`);
  }
}

function privateKeyOf(jwk: Jwk): KeyObject {
  try {
    return createPrivateKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new RangeError(`pass key ${jwk.kid} cannot be read`);
  }
}
