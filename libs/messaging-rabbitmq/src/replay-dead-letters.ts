// Sends dead letters back to where they came from, after a person has mended what was wrong.
import { COMMANDS_EXCHANGE, DEAD_ORIGIN_HEADER, DEAD_QUEUE, partitionKey, partitionQueue } from '@onsale/contracts';
import { connect, type GetMessage } from 'amqplib';

/**
 * How many went back, `max` at most. A letter leaves the dead-letter queue only when its partition has confirmed it; one
 * without a known origin stays. Letters that the broker put there itself name their queue in `x-death`.
 */
export async function replayDeadLetters(url: string, max: number): Promise<number> {
  const connection = await connect(url);
  try {
    const channel = await connection.createConfirmChannel();
    const kept: GetMessage[] = [];
    let replayed = 0;
    while (replayed + kept.length < max) {
      const letter = await channel.get(DEAD_QUEUE);
      if (letter === false) break;
      const key = originOf(letter);
      if (key === null) {
        kept.push(letter);
        continue;
      }
      const { messageId, contentType } = letter.properties;
      channel.publish(COMMANDS_EXCHANGE, key, letter.content, { persistent: true, messageId, contentType });
      await channel.waitForConfirms();
      channel.ack(letter);
      replayed += 1;
    }
    for (const letter of kept) channel.nack(letter, false, true);
    await channel.close();
    return replayed;
  } finally {
    await connection.close();
  }
}

function originOf({ properties: { headers } }: GetMessage): string | null {
  const told: unknown = headers?.[DEAD_ORIGIN_HEADER];
  if (typeof told === 'string') return told;
  const partition = new RegExp(`^${partitionQueue(0).slice(0, -1)}(\\d+)$`).exec(
    String(headers?.['x-death']?.[0]?.queue),
  );
  return partition === null ? null : partitionKey(Number(partition[1]));
}
