// Something that may be used once in a sale, such as a solved challenge.
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { saleKeys } from './keys.ts';

export type SingleUse = { readonly saleId: SaleId; readonly id: string; readonly forMs: number };

/** True for the first who uses it within the time, on whatever process. */
export async function useOnce({ redis }: LineRedis, { saleId, id, forMs }: SingleUse): Promise<boolean> {
  const key = `${saleKeys(saleId).prefix}u:${id}`;
  return (await redis.set(key, '1', 'PX', Math.max(1, Math.ceil(forMs)), 'NX')) === 'OK';
}
