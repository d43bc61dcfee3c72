// What the line keeps of an identity: ten bytes that tell two fans of a sale apart (two among ten million meet by chance
// once in ten billion sales) and from which nobody can be found again.
import { createHash, hash } from 'node:crypto';
import type { FanId, SaleId } from '@onsale/domain';

export const IDENTITY_DIGEST_BYTES = 10;

const BUCKET_MASK = 0x3fff; // the two bits above it choose nothing and are left out, so that a bucket gives them back

export function identityDigest(saleId: SaleId, fanId: FanId): Buffer {
  const digest = Buffer.from(hash('sha256', `${saleId}\n${fanId}`, 'hex').slice(0, 2 * IDENTITY_DIGEST_BYTES), 'hex');
  digest.writeUInt16BE(digest.readUInt16BE(0) & BUCKET_MASK, 0);
  return digest;
}

/** What stands in a leaf of the roster for a fan: sha256(salt ‖ digest of the identity). `salt` in hex. */
export function saltedDigest(salt: string, digest: Buffer): Buffer {
  return createHash('sha256').update(Buffer.from(salt, 'hex')).update(digest).digest();
}
