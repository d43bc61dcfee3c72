// Who gave up a place before its draw.
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { saleKeys } from './keys.ts';

/** The indexes in [firstIndex, firstIndex + size) that were left, in rising order. */
export async function readLeft(
  { redis }: LineRedis,
  { saleId, firstIndex, size }: { readonly saleId: SaleId; readonly firstIndex: number; readonly size: number },
): Promise<readonly number[]> {
  const firstByte = firstIndex >>> 3;
  const bits = await redis.getrangeBuffer(saleKeys(saleId).left, firstByte, (firstIndex + size) >>> 3);
  const left: number[] = [];
  for (let index = firstIndex; index < firstIndex + size; index++) {
    const byte = bits[(index >>> 3) - firstByte];
    if (byte === undefined) break;
    if ((byte & (0x80 >>> (index & 7))) !== 0) left.push(index);
  }
  return left;
}
