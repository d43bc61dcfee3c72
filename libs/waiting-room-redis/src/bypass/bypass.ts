import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import type { CodeRef } from '../join-with-code/join-with-code.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import type { SlotOutcome } from '../take-slot/take-slot.ts';
import text from './bypass.lua';

const bypassScript = script(text);

/** No line is so long: slots are kept by number, and those past the line need numbers of their own. */
const FIRST_NUMBER = 2_000_000_000;
const CODES_PER_SET = 1_000;

export type Bypass = {
  readonly saleId: SaleId;
  /** identityDigest() of who comes. */
  readonly identity: Buffer;
  readonly code: CodeRef;
  /** A fresh random id; without white space. */
  readonly passId: string;
  readonly passMs: number;
  readonly maxActive: number;
};

export type BypassOutcome =
  | (Extract<SlotOutcome, { kind: 'slot' }> & { readonly number: number })
  | { readonly kind: 'used' }
  | { readonly kind: 'full' }
  /** Load the uses of codes, then ask again. */
  | { readonly kind: 'unknown'; readonly epoch: number }
  | { readonly kind: 'blank' };

/** Idempotent for one person while the slot lasts. */
export async function letPast(line: LineRedis, bypass: Bypass): Promise<BypassOutcome> {
  const { saleId, identity, code, passId, passMs, maxActive } = bypass;
  const { setNumber, serial } = code;
  const { state, called, slots, passes, prefix } = saleKeys(saleId);
  const number = FIRST_NUMBER + setNumber * CODES_PER_SET + serial;
  const reply = await runScript(line, bypassScript, {
    keys: [state, called, slots, passes],
    args: [line.runId(), line.now(), prefix, identity, setNumber, serial, number, passId, passMs, maxActive],
  });
  const [word, first, second, third] = reply;
  if (word === 'used' || word === 'full' || word === 'blank') return { kind: word };
  if (word === 'unknown') return { kind: 'unknown', epoch: Number(first) };
  if (word !== 'slot') throw unexpectedReply(reply);
  return { kind: 'slot', passId: String(first), issuedAt: Number(second), expiresAt: Number(third), number };
}
