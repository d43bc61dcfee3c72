import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './adopt-slot.lua';

const adoptScript = script(text);

/** Of a pass whose signature was verified. Times in seconds since 1970. */
export type ReturningPass = {
  readonly saleId: SaleId;
  readonly number: number;
  readonly passId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
};

export type AdoptOutcome = { readonly kind: 'adopted' } | { readonly kind: 'known' } | { readonly kind: 'blank' };

/** Idempotent. */
export async function adoptSlot(line: LineRedis, pass: ReturningPass): Promise<AdoptOutcome> {
  const { state, called, slots, passes, returning } = saleKeys(pass.saleId);
  const reply = await runScript(line, adoptScript, {
    keys: [state, called, slots, passes, returning],
    args: [line.runId(), line.now(), pass.number, pass.passId, pass.issuedAt, pass.expiresAt],
  });
  if (reply[0] === 'adopted' || reply[0] === 'known' || reply[0] === 'blank') return { kind: reply[0] };
  throw unexpectedReply(reply);
}
