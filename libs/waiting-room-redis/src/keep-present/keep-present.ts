import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './keep-present.lua';

const keepScript = script(text);

export type KeepPresent = {
  readonly saleId: SaleId;
  /** At most some hundred; Redis does nothing else meanwhile. */
  readonly numbers: readonly number[];
  /** presentUntil() of the end of the silence that is forgiven from now on. */
  readonly present: Buffer;
};

export type KeepOutcome = { readonly kind: 'kept'; readonly count: number } | { readonly kind: 'blank' };

export async function keepPresent(line: LineRedis, { saleId, numbers, present }: KeepPresent): Promise<KeepOutcome> {
  const { state, returning, prefix } = saleKeys(saleId);
  const reply = await runScript(line, keepScript, {
    keys: [state, returning],
    args: [line.runId(), prefix, present, line.now(), ...numbers],
  });
  if (reply[0] === 'blank') return { kind: 'blank' };
  if (reply[0] !== 'kept') throw unexpectedReply(reply);
  return { kind: 'kept', count: Number(reply[1]) };
}
