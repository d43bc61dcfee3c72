// What the broker and its client can do at best: the baselines of the benchmarks. A quorum queue, persistent messages,
// confirms in a window, a consumer that acknowledges in batches; nothing else.
import { DEAD_QUEUE, DEAD_REASON_HEADER, partitionQueue } from '@onsale/contracts';
import { type ConfirmChannel, connect } from 'amqplib';

export type RawRates = {
  /** Messages per second from the first publication to the last confirm. */
  confirmsPerSecond(messages: number): Promise<number>;
  /** Messages per second from the first publication to the last acknowledgement. */
  publishAndConsumePerSecond(messages: number): Promise<number>;
  /** Forgets the booking commands that nobody decided, in so many partitions. */
  purgeCommands(partitions: number): Promise<void>;
  /** Takes all dead letters; the reason of each. */
  takeDeadReasons(): Promise<readonly string[]>;
  close(): Promise<void>;
};

const QUEUE = 'bench.raw';
const ACK_EVERY = 200;

export async function rawRates(
  url: string,
  { bytes, window }: { readonly bytes: number; readonly window: number },
): Promise<RawRates> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  await channel.assertQueue(QUEUE, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const content = Buffer.alloc(bytes, 'x');
  return {
    async confirmsPerSecond(messages) {
      const begun = performance.now();
      await publishAll(channel, { content, messages, window });
      const seconds = (performance.now() - begun) / 1000;
      await channel.purgeQueue(QUEUE);
      return messages / seconds;
    },
    async publishAndConsumePerSecond(messages) {
      const consuming = await connection.createChannel();
      await consuming.prefetch(ACK_EVERY * 2);
      const begun = performance.now();
      let seen = 0;
      const all = new Promise<void>((resolve) => {
        void consuming.consume(QUEUE, (message) => {
          seen += 1;
          if (message !== null && (seen % ACK_EVERY === 0 || seen === messages)) consuming.ack(message, true);
          if (seen === messages) resolve();
        });
      });
      await publishAll(channel, { content, messages, window });
      await all;
      const seconds = (performance.now() - begun) / 1000;
      await consuming.close();
      return messages / seconds;
    },
    async purgeCommands(partitions) {
      for (let partition = 0; partition < partitions; partition++) await channel.purgeQueue(partitionQueue(partition));
    },
    async takeDeadReasons() {
      const reasons: string[] = [];
      for (;;) {
        const letter = await channel.get(DEAD_QUEUE, { noAck: true });
        if (letter === false) return reasons;
        reasons.push(String(letter.properties.headers?.[DEAD_REASON_HEADER]));
      }
    },
    close: () => connection.close(),
  };
}

/** Never more than `window` without a confirm. */
function publishAll(
  channel: ConfirmChannel,
  { content, messages, window }: { readonly content: Buffer; readonly messages: number; readonly window: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let published = 0;
    let confirmed = 0;
    const more = () => {
      while (published < messages && published - confirmed < window) {
        published += 1;
        channel.publish('', QUEUE, content, { persistent: true }, (error: unknown) => {
          if (error) return reject(error);
          confirmed += 1;
          if (confirmed === messages) resolve();
          else more();
        });
      }
    };
    more();
  });
}
