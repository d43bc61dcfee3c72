import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './go-away.lua';

const awayScript = script(text);

export type GoAway = {
  readonly saleId: SaleId;
  readonly index: number;
  readonly number: number;
  /** presentUntil() of the end of the silence that is forgiven from now on. */
  readonly present: Buffer;
  /** Of the place token that is shown. */
  readonly version: number;
};

export type AwayOutcome = {
  /** `nothing`: called, gone, deferred, or silent for as long already. `moved`: the place is on another device. */
  readonly kind: 'away' | 'nothing' | 'moved' | 'blank';
};

/** Idempotent, and undone by the next check-in. */
export async function goAway(
  line: LineRedis,
  { saleId, index, number, present, version }: GoAway,
): Promise<AwayOutcome> {
  const { state, prefix } = saleKeys(saleId);
  const reply = await runScript(line, awayScript, {
    keys: [state],
    args: [line.runId(), index, number, prefix, present, version],
  });
  const [word] = reply;
  if (word === 'away' || word === 'nothing' || word === 'moved' || word === 'blank') return { kind: word };
  throw unexpectedReply(reply);
}
