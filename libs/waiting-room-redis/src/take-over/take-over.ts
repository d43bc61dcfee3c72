import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { MOVES_CHANNEL, saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './take-over.lua';

const takeOverScript = script(text);

const MOVES_MAX = 30; // for each place; two devices in turn for a whole evening, and no game without end

export type TakeOver = {
  readonly saleId: SaleId;
  readonly index: number;
  /** Of the link or of the place token that is shown. */
  readonly version: number;
  /** The epoch in which the link was made; null to take back a place that moved away. */
  readonly linkEpoch: number | null;
};

export type TakeOverOutcome =
  | { readonly kind: 'taken'; readonly version: number; readonly epoch: number }
  /** By somebody before, or the line was lost since the link was made. */
  | { readonly kind: 'used' }
  | { readonly kind: 'too_often' }
  /** The place was left. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'blank' };

export async function takeOver(
  line: LineRedis,
  { saleId, index, version, linkEpoch }: TakeOver,
): Promise<TakeOverOutcome> {
  const { state, left, prefix } = saleKeys(saleId);
  const reply = await runScript(line, takeOverScript, {
    keys: [state, left],
    args: [line.runId(), prefix, index, version, linkEpoch ?? 0, MOVES_MAX, MOVES_CHANNEL, saleId],
  });
  const [word, taken, epoch] = reply;
  if (word === 'taken') return { kind: 'taken', version: Number(taken), epoch: Number(epoch) };
  if (word === 'used' || word === 'too_often' || word === 'gone' || word === 'blank') return { kind: word };
  throw unexpectedReply(reply);
}
