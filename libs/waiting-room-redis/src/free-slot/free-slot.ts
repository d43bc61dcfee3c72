import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './free-slot.lua';

const freeScript = script(text);

export type FreeOutcome = { readonly kind: 'free' } | { readonly kind: 'blank' };

/** Idempotent. */
export async function freeSlot(
  line: LineRedis,
  { saleId, number }: { readonly saleId: SaleId; readonly number: number },
): Promise<FreeOutcome> {
  const { state, slots, passes } = saleKeys(saleId);
  const reply = await runScript(line, freeScript, { keys: [state, slots, passes], args: [line.runId(), number] });
  if (reply[0] === 'free' || reply[0] === 'blank') return { kind: reply[0] };
  throw unexpectedReply(reply);
}
