import type { PhaseId, SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './freeze.lua';

const freezeScript = script(text);

export type FreezeOutcome =
  | { readonly kind: 'frozen'; readonly firstIndex: number; readonly size: number }
  | { readonly kind: 'not_open' }
  | { readonly kind: 'blank' };

export type Freeze = {
  readonly saleId: SaleId;
  readonly phaseId: PhaseId;
  /** As this process knows: below that, Redis has an older copy of the line. */
  readonly joinedAtLeast?: number;
  /** As the database has it, which then holds. */
  readonly fixed?: { readonly firstIndex: number; readonly size: number };
};

/** Idempotent: the same size for ever. */
export async function freezeRoster(
  line: LineRedis,
  { saleId, phaseId, joinedAtLeast = 0, fixed }: Freeze,
): Promise<FreezeOutcome> {
  const { state } = saleKeys(saleId);
  const reply = await runScript(line, freezeScript, {
    keys: [state],
    args: [line.runId(), phaseId, joinedAtLeast, fixed?.firstIndex ?? '', fixed?.size ?? ''],
  });
  const [word, firstIndex, size] = reply;
  if (word === 'frozen') return { kind: 'frozen', firstIndex: Number(firstIndex), size: Number(size) };
  if (word === 'not_open' || word === 'blank') return { kind: word };
  throw unexpectedReply(reply);
}
