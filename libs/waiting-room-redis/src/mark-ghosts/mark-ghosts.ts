import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './mark-ghosts.lua';

const markScript = script(text);

export type GhostMarks = {
  readonly saleId: SaleId;
  readonly chunk: number;
  /** `left` for good; a ghost may come back. */
  readonly as: 'ghost' | 'left';
  /** Position within the chunk, and the entry that was seen there. */
  readonly entries: readonly { readonly position: number; readonly seen: number }[];
};

export type MarkOutcome = { readonly kind: 'marked'; readonly count: number } | { readonly kind: 'blank' };

/** Those heard of since they were looked at stay as they are. */
export async function markGhosts(line: LineRedis, { saleId, chunk, as, entries }: GhostMarks): Promise<MarkOutcome> {
  const { state, prefix } = saleKeys(saleId);
  const packed = Buffer.alloc(entries.length * 4);
  entries.forEach(({ position, seen }, i) => {
    packed.writeUInt16BE(position, i * 4);
    packed.writeUInt16BE(seen, i * 4 + 2);
  });
  const reply = await runScript(line, markScript, { keys: [state], args: [line.runId(), prefix, chunk, as, packed] });
  if (reply[0] === 'blank') return { kind: 'blank' };
  if (reply[0] !== 'marked') throw unexpectedReply(reply);
  return { kind: 'marked', count: Number(reply[1]) };
}
