// A line to measure on: opened by hand, with room for millions.
import { randomBytes } from 'node:crypto';
import type { SaleId } from '@onsale/domain';
import { IDENTITY_DIGEST_BYTES, type LineRedis, leaseIndexes, restoreLine } from '@onsale/waiting-room-redis';

const LEASED = 100_000_000;
const BUCKET_MASK = 0x3fff;

export async function openBenchLine(line: LineRedis, saleId: SaleId): Promise<void> {
  const nothing = { leased: 0, served: 0, servedForSure: 0, prequeue: null, draws: [] };
  await restoreLine(line, { saleId, epoch: 1, ...nothing });
  await leaseIndexes(line, { saleId, epoch: 1, leased: LEASED });
}

/** Digests as of so many different fans. */
export function randomIdentities(count: number): readonly Buffer[] {
  const bytes = randomBytes(count * IDENTITY_DIGEST_BYTES);
  return Array.from({ length: count }, (_, i) => {
    const digest = bytes.subarray(i * IDENTITY_DIGEST_BYTES, (i + 1) * IDENTITY_DIGEST_BYTES);
    digest.writeUInt16BE(digest.readUInt16BE(0) & BUCKET_MASK, 0);
    return digest;
  });
}
