import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './lease-indexes.lua';

const leaseScript = script(text);

export type LeaseOutcome =
  | { readonly kind: 'leased'; readonly joined: number; readonly leased: number }
  | { readonly kind: 'blank' };

/** Only after the mark was written to the database with majority. */
export async function leaseIndexes(
  line: LineRedis,
  { saleId, epoch, leased }: { readonly saleId: SaleId; readonly epoch: number; readonly leased: number },
): Promise<LeaseOutcome> {
  const { state } = saleKeys(saleId);
  const reply = await runScript(line, leaseScript, { keys: [state], args: [line.runId(), epoch, leased] });
  if (reply[0] === 'blank') return { kind: 'blank' };
  if (reply[0] !== 'leased') throw unexpectedReply(reply);
  return { kind: 'leased', joined: Number(reply[1]), leased: Number(reply[2]) };
}
