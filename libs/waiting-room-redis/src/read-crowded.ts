// The groups of places that came in a storm from one block of addresses, for the draw that covers them.
import type { CrowdedGroups, SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { saleKeys } from './keys.ts';

const BLOCKS_PER_ROUND = 100;
const INDEX_BYTES = 4;

/** Each group rising, without repetition; only indexes in [firstIndex, firstIndex + size). */
export async function readCrowded(
  { redis }: LineRedis,
  { saleId, firstIndex, size }: { readonly saleId: SaleId; readonly firstIndex: number; readonly size: number },
): Promise<CrowdedGroups> {
  const { blocks, prefix } = saleKeys(saleId);
  const names = await redis.smembers(blocks);
  const groups: number[][] = [];
  for (let from = 0; from < names.length; from += BLOCKS_PER_ROUND) {
    const round = names.slice(from, from + BLOCKS_PER_ROUND);
    for (const packed of await Promise.all(round.map((name) => redis.getBuffer(`${prefix}b:${name}`)))) {
      const indexes = indexesIn(packed ?? Buffer.alloc(0));
      groups.push([...new Set(indexes)].filter((index) => index >= firstIndex && index < firstIndex + size));
    }
  }
  return groups.map((group) => group.sort((a, b) => a - b)).filter((group) => group.length > 0);
}

function indexesIn(packed: Buffer): number[] {
  return Array.from({ length: packed.length / INDEX_BYTES }, (_, i) => packed.readUInt32BE(i * INDEX_BYTES));
}
