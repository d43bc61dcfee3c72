// Looks at the dead letters and leaves them where they are.
import { DEAD_ORIGIN_HEADER, DEAD_QUEUE, DEAD_REASON_HEADER } from '@onsale/contracts';
import { connect, type GetMessage } from 'amqplib';

export type DeadLetterSeen = {
  readonly messageId: string;
  /** Why it was given up; null when the broker did it after too many deliveries. */
  readonly reason: string | null;
  /** The partition it came from. */
  readonly origin: string | null;
  readonly content: Buffer;
};

const CONNECT_LIMIT_MS = 5_000;

/** The oldest `max`, on a connection of its own: while it looks, nobody else sees them. Throws when the broker is away. */
export async function peekDeadLetters(url: string, max: number): Promise<readonly DeadLetterSeen[]> {
  const connection = await connect(url, { timeout: CONNECT_LIMIT_MS });
  connection.on('error', () => undefined); // the failing call rejects as well
  try {
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    const seen: DeadLetterSeen[] = [];
    while (seen.length < max) {
      const letter = await channel.get(DEAD_QUEUE);
      if (letter === false) break;
      seen.push(asSeen(letter));
    }
    await channel.close(); // what was not acknowledged goes back to where it was
    return seen;
  } finally {
    await connection.close().catch(() => undefined);
  }
}

function asSeen({ content, properties: { headers, messageId } }: GetMessage): DeadLetterSeen {
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    messageId: text(messageId) ?? '',
    reason: text(headers?.[DEAD_REASON_HEADER]),
    origin: text(headers?.[DEAD_ORIGIN_HEADER]) ?? text(headers?.['x-death']?.[0]?.queue),
    content,
  };
}
