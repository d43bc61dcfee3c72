// Booking requests between the broker's confirm and their decision, so that one that does not come to a decision is
// noticed. A help, not a truth: all of it may be lost, and the queue keeps the command.
import type { BookingId } from '@onsale/domain';
import type { ShopRedis } from './connect-shop.ts';
import { waitingKeys } from './keys.ts';

export type WaitingRequest = { readonly bookingId: BookingId; readonly since: number; readonly command: string };

/** `command`: as JSON; `since`: milliseconds since 1970 by the clock of the edge. */
export async function noteWaiting({ redis }: ShopRedis, requests: readonly WaitingRequest[]): Promise<void> {
  if (requests.length === 0) return;
  const commands: string[] = [];
  const since: (string | number)[] = [];
  for (const one of requests) {
    commands.push(one.bookingId, one.command);
    since.push(one.since, one.bookingId);
  }
  await Promise.all([redis.hset(waitingKeys.commands, ...commands), redis.zadd(waitingKeys.since, 'NX', ...since)]);
}

export async function forgetWaiting({ redis }: ShopRedis, bookingIds: readonly BookingId[]): Promise<void> {
  if (bookingIds.length === 0) return;
  await Promise.all([redis.zrem(waitingKeys.since, ...bookingIds), redis.hdel(waitingKeys.commands, ...bookingIds)]);
}

/** The oldest that have waited since `before`. */
export async function readWaiting(
  { redis }: ShopRedis,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<readonly WaitingRequest[]> {
  const found = await redis.zrange(
    waitingKeys.since,
    '-inf',
    String(before),
    'BYSCORE',
    'LIMIT',
    0,
    limit,
    'WITHSCORES',
  );
  const ids = found.filter((_, at) => at % 2 === 0) as BookingId[];
  if (ids.length === 0) return [];
  const commands = await redis.hmget(waitingKeys.commands, ...ids);
  return ids.map((bookingId, at) => ({ bookingId, since: Number(found[2 * at + 1]), command: commands[at] ?? '' }));
}
