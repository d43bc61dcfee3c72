// RabbitMQ topology as data. Commands of one performance always meet in one partition, so that one writer decides them
// in order. Every consumed queue has a delivery limit and a dead letter that is bound.

export const COMMANDS_EXCHANGE = 'booking.commands';
export const DEAD_EXCHANGE = 'booking.dead';
export const DEAD_QUEUE = 'booking.dead-letters';

/** After so many deliveries without acknowledgement a command is dead-lettered; 20 outlasts a worker's crash loop. */
export const DELIVERY_LIMIT = 20;

export const partitionQueue = (partition: number): string => `booking.commands.${partition}`;
export const partitionKey = (partition: number): string => `p${partition}`;

/** The partition of a performance: FNV-1a of its id over the number of partitions. Changing it needs drained queues. */
export function partitionOf(performanceId: string, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < performanceId.length; i++) {
    hash = Math.imul(hash ^ performanceId.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash % partitions;
}

export type QueueDescription = {
  readonly name: string;
  readonly arguments: Readonly<Record<string, string | number | boolean>>;
  readonly bindings: readonly { readonly exchange: string; readonly key: string }[];
};

export type Topology = {
  readonly exchanges: readonly { readonly name: string; readonly type: 'direct' | 'fanout' }[];
  readonly queues: readonly QueueDescription[];
};

/** The whole topology for this many partitions; a prefix keeps tests on one broker apart. */
export function bookingTopology(partitions: number, prefix = ''): Topology {
  const queues = Array.from({ length: partitions }, (_, partition) => ({
    name: prefix + partitionQueue(partition),
    arguments: {
      'x-queue-type': 'quorum',
      'x-single-active-consumer': true,
      'x-delivery-limit': DELIVERY_LIMIT,
      'x-dead-letter-exchange': prefix + DEAD_EXCHANGE,
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
    bindings: [{ exchange: prefix + COMMANDS_EXCHANGE, key: partitionKey(partition) }],
  }));
  const dead = {
    name: prefix + DEAD_QUEUE,
    arguments: { 'x-queue-type': 'quorum' },
    bindings: [{ exchange: prefix + DEAD_EXCHANGE, key: '' }],
  };
  return {
    exchanges: [
      { name: prefix + COMMANDS_EXCHANGE, type: 'direct' },
      { name: prefix + DEAD_EXCHANGE, type: 'fanout' },
    ],
    queues: [...queues, dead],
  };
}
