import type { PhaseId, SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './open-prequeue.lua';

const openScript = script(text);

export type PrequeueOutcome =
  | { readonly kind: 'open'; readonly firstIndex: number }
  | { readonly kind: 'frozen'; readonly firstIndex: number; readonly size: number }
  | { readonly kind: 'blank' };

/** Idempotent. */
export async function openPrequeue(
  line: LineRedis,
  { saleId, phaseId }: { readonly saleId: SaleId; readonly phaseId: PhaseId },
): Promise<PrequeueOutcome> {
  const { state } = saleKeys(saleId);
  const reply = await runScript(line, openScript, { keys: [state], args: [line.runId(), phaseId] });
  const [word, firstIndex, size] = reply;
  if (word === 'open') return { kind: 'open', firstIndex: Number(firstIndex) };
  if (word === 'frozen') return { kind: 'frozen', firstIndex: Number(firstIndex), size: Number(size) };
  if (word === 'blank') return { kind: 'blank' };
  throw unexpectedReply(reply);
}
