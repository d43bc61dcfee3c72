// Any small JSON signed under the pass keys, for QR codes that a door checks offline: `kid.payload.signature`. The
// purpose is signed with it and cannot look like a JWT, so that a ticket never passes as a pass or the reverse.
import { sign, verify } from 'node:crypto';
import type { PassKeys, PassPublicKeys } from './pass-keys.ts';

const SIGNED_LENGTH_MAX = 2048;

export function signPayload(keys: PassKeys, purpose: string, payload: object): string {
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
  const { kid, privateKey } = keys.signing;
  const signature = sign(null, signedBytes({ purpose, kid, encoded }), privateKey);
  return `${kid}.${encoded}.${signature.toString('base64url')}`;
}

/** The payload when it was signed by one of these keys for this purpose, else null. */
export function verifyPayload(keys: PassPublicKeys, purpose: string, signed: string): unknown {
  const [kid, encoded, signature, more] = signed.length > SIGNED_LENGTH_MAX ? [] : signed.split('.');
  if (kid === undefined || encoded === undefined || signature === undefined || more !== undefined) return null;
  const key = keys.get(kid);
  const bytes = Buffer.from(signature, 'base64url');
  if (key === undefined || bytes.toString('base64url') !== signature) return null;
  if (!verify(null, signedBytes({ purpose, kid, encoded }), key, bytes)) return null;
  return JSON.parse(Buffer.from(encoded, 'base64url').toString());
}

function signedBytes({ purpose, kid, encoded }: { purpose: string; kid: string; encoded: string }): Buffer {
  return Buffer.from(`onsale-${purpose}-v1\n${kid}.${encoded}`);
}
