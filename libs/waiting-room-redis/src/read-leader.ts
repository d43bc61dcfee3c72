// Who leads the line of a sale, as the lease says.
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { saleKeys } from './keys.ts';

/** Null when nobody holds the lease now. `untilMs` is on the line's clock. */
export async function readLeader(
  { redis }: LineRedis,
  saleId: SaleId,
): Promise<{ readonly holder: string; readonly untilMs: number } | null> {
  const [[holder, until], [seconds, microseconds]] = await Promise.all([
    redis.hmget(saleKeys(saleId).lead, 'holder', 'until'),
    redis.time(),
  ]);
  const now = Number(seconds) * 1000 + Number(microseconds) / 1000;
  return holder && Number(until) > now ? { holder, untilMs: Number(until) } : null;
}
