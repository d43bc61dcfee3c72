import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './take-slot.lua';

const takeScript = script(text);

export type SlotRequest = {
  readonly saleId: SaleId;
  readonly index: number;
  readonly number: number;
  /** A fresh random id; without white space. */
  readonly passId: string;
  readonly passMs: number;
  /** Of the place token that is shown. */
  readonly version: number;
};

export type SlotOutcome =
  /** Times in seconds since 1970. */
  | { readonly kind: 'slot'; readonly passId: string; readonly issuedAt: number; readonly expiresAt: number }
  /** Not yet, or not again yet: who deferred, or is back, is called next. */
  | { readonly kind: 'not_called' }
  | { readonly kind: 'call_expired' }
  /** The place was left. */
  | { readonly kind: 'gone' }
  /** The place is on another device now. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'blank' };

/** Idempotent while the slot lasts. */
export async function takeSlot(line: LineRedis, request: SlotRequest): Promise<SlotOutcome> {
  const { saleId, index, number, passId, passMs, version } = request;
  const { state, called, slots, passes, left, returning, prefix } = saleKeys(saleId);
  const reply = await runScript(line, takeScript, {
    keys: [state, called, slots, passes, left, returning],
    args: [line.runId(), line.now(), index, number, passId, passMs, prefix, version],
  });
  const [word, slotPassId, issuedAt, expiresAt] = reply;
  if (word === 'slot') {
    return { kind: 'slot', passId: String(slotPassId), issuedAt: Number(issuedAt), expiresAt: Number(expiresAt) };
  }
  if (word === 'not_called' || word === 'call_expired' || word === 'gone') return { kind: word };
  if (word === 'moved' || word === 'blank') return { kind: word };
  throw unexpectedReply(reply);
}
