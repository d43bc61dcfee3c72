// Reads back who joined, in order of index: for the Merkle root of a frozen roster. Bucket by bucket, a few at a time,
// so that Redis answers everybody else in between.
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { IDENTITY_DIGEST_BYTES } from './identity-digest.ts';
import { saleKeys } from './keys.ts';

const BUCKETS = 16_384;
const BUCKETS_PER_ROUND = 256;

/** Digests of the indexes [firstIndex, firstIndex + size), 10 bytes each, end to end; zeros where nobody stands. */
export async function readRoster(
  { redis }: LineRedis,
  { saleId, firstIndex, size }: { readonly saleId: SaleId; readonly firstIndex: number; readonly size: number },
): Promise<Buffer> {
  const { prefix } = saleKeys(saleId);
  const roster = Buffer.alloc(size * IDENTITY_DIGEST_BYTES);
  for (let from = 0; from < BUCKETS; from += BUCKETS_PER_ROUND) {
    const round = Array.from({ length: BUCKETS_PER_ROUND }, (_, i) => from + i);
    const replies = await Promise.all(round.map((bucket) => redis.callBuffer('HGETALL', `${prefix}i:${bucket}`)));
    replies.forEach((reply, i) => {
      placeEntries({ roster, entries: reply as Buffer[], bucket: from + i, firstIndex });
    });
  }
  return roster;
}

type Bucket = { roster: Buffer; entries: readonly Buffer[]; bucket: number; firstIndex: number };

/** Entries are field and value in turn: the last 8 bytes of a digest, and its index in decimal. */
function placeEntries({ roster, entries, bucket, firstIndex }: Bucket): void {
  for (let i = 0; i + 1 < entries.length; i += 2) {
    const at = (Number(entries[i + 1]?.toString()) - firstIndex) * IDENTITY_DIGEST_BYTES;
    if (at < 0 || at >= roster.length) continue;
    roster.writeUInt16BE(bucket, at);
    entries[i]?.copy(roster, at + 2);
  }
}
