// The commands that were given up: read where they lie, and sent back by an act that stands in the audit log.
import { type Actor, type Mongo, recordAct } from '@onsale/booking-mongo';
import type { DeadLetterView } from '@onsale/contracts';
import type { DeadLetterSeen } from '@onsale/messaging-rabbitmq';
import { z } from 'zod';
import { refuse } from '../errors.ts';

export type Letters = {
  peek(max: number): Promise<readonly DeadLetterSeen[]>;
  /** How many went back. */
  replay(max: number): Promise<number>;
};

const LETTERS_DEFAULT = 50;
const RETRY_SECONDS = 5;

/** Whatever it is, it may be broken: each field is read for itself. */
const perhaps = z.string().max(200).nullable().catch(null).default(null);
const readable = z
  .object({ type: perhaps, bookingId: perhaps, performanceId: perhaps, acceptedAt: perhaps })
  .catch({ type: null, bookingId: null, performanceId: null, acceptedAt: null });

/** Refuses with unavailable while the broker is away. */
export async function listDeadLetters(letters: Letters, limit = LETTERS_DEFAULT): Promise<readonly DeadLetterView[]> {
  const seen = await orRefuse(letters.peek(limit));
  return seen.map(({ messageId, reason, origin, content }) => ({
    messageId,
    reason,
    origin,
    ...readable.parse(jsonOrNull(content)),
  }));
}

/** Refuses with unavailable while the broker is away. */
export async function sendBack(
  { mongo, letters }: { readonly mongo: Mongo; readonly letters: Letters },
  { count, actor }: { readonly count: number; readonly actor: Actor },
): Promise<number> {
  const replayed = await orRefuse(letters.replay(count));
  await recordAct(mongo, { act: 'dead letters sent back', subject: 'dead-letters', after: { replayed } }, { actor });
  return replayed;
}

function orRefuse<Value>(asked: Promise<Value>): Promise<Value> {
  return asked.catch(() => refuse('unavailable', { retryAfterSeconds: RETRY_SECONDS }));
}

/** A message the broker itself gave up may hold several commands, one a line: the first stands for it. */
function jsonOrNull(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8').split('\n')[0] ?? '');
  } catch {
    return null;
  }
}
