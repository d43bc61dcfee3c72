// For processes without sockets: live events to one fan or to everybody inside a shop. An event that cannot be sent is
// lost, as the contract allows; the routes are the truth.
import { type AvailabilityEvent, type BookingEvent, rooms } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { Emitter } from '@socket.io/redis-emitter';
import { Redis } from 'ioredis';

export type LiveEmitter = {
  toFan(fanId: FanId, event: BookingEvent): void;
  toShop(saleId: SaleId, event: AvailabilityEvent): void;
  close(): Promise<void>;
};

export function liveEmitter(redisUrl: string): LiveEmitter {
  // Without an offline queue: events of the past are of no use to anybody.
  // The results of a batch are hundreds of messages of one turn of the event loop: one write carries them all.
  const redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, enableAutoPipelining: true });
  redis.on('error', () => undefined);
  const client = { publish: (...message: [string, Buffer]) => void redis.publish(...message).catch(() => undefined) };
  const emitter = new Emitter(client);
  return {
    toFan: (fanId, event) => void emitter.to(rooms.fan(fanId)).emit('booking', event),
    toShop: (saleId, event) => void emitter.to(rooms.shop(saleId)).emit('availability', event),
    close: async () => redis.disconnect(),
  };
}
