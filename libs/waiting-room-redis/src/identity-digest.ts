// What the line keeps of an identity: ten bytes that tell two fans of a sale apart (two among ten million meet by chance
// once in ten billion sales) and from which nobody can be found again.
import { createHash, hash } from 'node:crypto';
import type { FanId, SaleId } from '@onsale/domain';

export const IDENTITY_DIGEST_BYTES = 10;

const BUCKET_MASK_HIGH = 0x3f; // the two bits above it choose nothing and are left out, so that a bucket gives them back

export function identityDigest(saleId: SaleId, fanId: FanId): Buffer {
  const bytes = hash('sha256', `${saleId}\n${fanId}`, 'binary');
  const digest = Buffer.from(bytes.slice(0, IDENTITY_DIGEST_BYTES), 'latin1');
  digest[0] = bytes.charCodeAt(0) & BUCKET_MASK_HIGH;
  return digest;
}

/** What stands in a leaf of the roster for a fan: sha256(salt ‖ digest of the identity). `salt` in hex. */
export function saltedDigest(salt: string, digest: Buffer): Buffer {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(digest).digest();
}
