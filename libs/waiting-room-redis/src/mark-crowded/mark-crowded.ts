import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './mark-crowded.lua';

const markScript = script(text);
const CROWDED_MAX = 1_000_000; // places of one sale; 4 MB

export type CrowdedMarks = {
  readonly saleId: SaleId;
  /** New places; `block` names a block of addresses within this sale, without white space. */
  readonly places: readonly { readonly block: string; readonly index: number }[];
};

export type CrowdedOutcome = { readonly kind: 'marked'; readonly count: number } | { readonly kind: 'blank' };

export async function markCrowded(line: LineRedis, { saleId, places }: CrowdedMarks): Promise<CrowdedOutcome> {
  const { state, blocks, prefix } = saleKeys(saleId);
  const reply = await runScript(line, markScript, {
    keys: [state, blocks],
    args: [line.runId(), prefix, CROWDED_MAX, ...places.flatMap(({ block, index }) => [block, index])],
  });
  if (reply[0] === 'blank') return { kind: 'blank' };
  if (reply[0] !== 'marked') throw unexpectedReply(reply);
  return { kind: 'marked', count: Number(reply[1]) };
}
