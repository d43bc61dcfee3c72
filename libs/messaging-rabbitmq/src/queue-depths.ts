// How much waits in the queues of the booking commands, for those who watch over them.
import { DEAD_QUEUE, partitionQueue } from '@onsale/contracts';
import { connect } from 'amqplib';

export type QueueDepths = {
  /** By partition. `waiting`: not delivered yet; what a worker has under way is not among them. */
  readonly partitions: readonly { readonly waiting: number; readonly consumers: number }[];
  readonly deadLetters: number;
};

const CONNECT_LIMIT_MS = 5_000;

/** On a connection of its own. Throws when the broker is away or the topology is not declared yet. */
export async function readQueueDepths(url: string, partitions: number): Promise<QueueDepths> {
  const connection = await connect(url, { timeout: CONNECT_LIMIT_MS });
  connection.on('error', () => undefined); // the failing call rejects as well
  try {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const depths: { waiting: number; consumers: number }[] = [];
    for (let partition = 0; partition < partitions; partition++) {
      const { messageCount, consumerCount } = await channel.checkQueue(partitionQueue(partition));
      depths.push({ waiting: messageCount, consumers: consumerCount });
    }
    const { messageCount } = await channel.checkQueue(DEAD_QUEUE);
    return { partitions: depths, deadLetters: messageCount };
  } finally {
    await connection.close().catch(() => undefined);
  }
}
