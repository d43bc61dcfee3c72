import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './join-with-code.lua';

const joinScript = script(text);

/** A code, by its place in the sale. */
export type CodeRef = { readonly setNumber: number; readonly serial: number };

export type CodeJoin = {
  readonly saleId: SaleId;
  /** identityDigest(). */
  readonly identity: Buffer;
  /** presentUntil() of a place that is new. */
  readonly present: Buffer;
  /** Null finds the place the identity has, and makes none. */
  readonly code: (CodeRef & { readonly usesMax: number }) | null;
  /** How many have joined at least, as this process knows: below that, Redis has an older copy of the line. */
  readonly joinedAtLeast?: number;
};

export type CodeJoinOutcome =
  | {
      readonly kind: 'joined';
      readonly index: number;
      readonly isNew: boolean;
      readonly epoch: number;
      /** The code the place was taken with; null when that was none, or was forgotten with the line. */
      readonly code: CodeRef | null;
      /** Of the code, with this one; 0 when the place is not new. */
      readonly uses: number;
    }
  | { readonly kind: 'used' }
  /** Load the uses of codes, then join again. */
  | { readonly kind: 'unknown'; readonly epoch: number }
  /** Extend the lease of indexes, then join again. */
  | { readonly kind: 'lease'; readonly joined: number; readonly epoch: number }
  | { readonly kind: 'blank' };

export async function joinWithCode(
  line: LineRedis,
  { saleId, identity, present, code, joinedAtLeast = 0 }: CodeJoin,
): Promise<CodeJoinOutcome> {
  const { state, prefix } = saleKeys(saleId);
  const { setNumber, serial, usesMax } = code ?? { setNumber: 0, serial: 0, usesMax: 0 };
  const reply = await runScript(line, joinScript, {
    keys: [state],
    args: [line.runId(), prefix, present, identity, setNumber, serial, usesMax, joinedAtLeast],
  });
  const [word, first, second, third, ref, uses] = reply;
  if (word === 'used' || word === 'blank') return { kind: word };
  if (word === 'unknown') return { kind: 'unknown', epoch: Number(first) };
  if (word === 'lease') return { kind: 'lease', joined: Number(first), epoch: Number(second) };
  if (word !== 'joined') throw unexpectedReply(reply);
  return {
    kind: 'joined',
    index: Number(first),
    isNew: second === 1,
    epoch: Number(third),
    code: codeRef(String(ref)),
    uses: Number(uses),
  };
}

function codeRef(ref: string): CodeRef | null {
  const [setNumber, serial] = ref.split('.').map(Number);
  return setNumber === undefined || serial === undefined ? null : { setNumber, serial };
}
