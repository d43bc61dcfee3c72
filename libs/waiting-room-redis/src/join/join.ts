import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './join.lua';

const join = script(text);

export type JoinBatch = {
  readonly saleId: SaleId;
  /** identityDigest() of each who joins; the same one twice is fine. */
  readonly identities: readonly Buffer[];
  /** presentUntil() of a place that is new. */
  readonly present: Buffer;
  /** How many have joined at least, as this process knows: below that, Redis has an older copy of the line. */
  readonly joinedAtLeast?: number;
};

export type JoinOutcome =
  | {
      readonly kind: 'joined';
      readonly epoch: number;
      /** How many have joined by now. */
      readonly joined: number;
      /** In the order of the identities. */
      readonly places: readonly { readonly index: number; readonly isNew: boolean }[];
    }
  /** The leased indexes do not suffice: extend the lease, then join again. */
  | { readonly kind: 'lease'; readonly joined: number; readonly epoch: number }
  | { readonly kind: 'blank' };

/** One round trip for the whole batch. Rejects when Redis is away. */
export async function joinLine(
  line: LineRedis,
  { saleId, identities, present, joinedAtLeast = 0 }: JoinBatch,
): Promise<JoinOutcome> {
  const { state, prefix } = saleKeys(saleId);
  const reply = await runScript(line, join, {
    keys: [state],
    args: [line.runId(), prefix, present, Buffer.concat(identities), joinedAtLeast],
  });
  const [word, first, second] = reply;
  if (word === 'blank') return { kind: 'blank' };
  if (first === undefined || second === undefined) throw unexpectedReply(reply);
  if (word === 'lease') return { kind: 'lease', joined: Number(first), epoch: Number(second) };
  if (word !== 'joined') throw unexpectedReply(reply);
  const places: { index: number; isNew: boolean }[] = [];
  // New indexes come in order; one below the next is of an identity that was there, or comes twice in this batch.
  let joined = Number(first);
  for (let at = 3; at < reply.length; at++) {
    const index = Number(reply[at]);
    const isNew = index === joined;
    if (index >= joined) joined = index + 1;
    places.push({ index, isNew });
  }
  return { kind: 'joined', epoch: Number(second), joined, places };
}
