import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import type { CodeRef } from '../join-with-code/join-with-code.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './load-code-uses.lua';

const loadScript = script(text);

const CODES_PER_CALL = 1000; // holds Redis for about a millisecond

export type UsedCode = CodeRef & {
  readonly uses: number;
  /** identityDigest() of who used a code that is good for one place; null where many may use it. */
  readonly usedBy: Buffer | null;
};

/** From then on codes can be used in this epoch of the line. */
export async function loadCodeUses(
  line: LineRedis,
  { saleId, epoch, used }: { readonly saleId: SaleId; readonly epoch: number; readonly used: readonly UsedCode[] },
): Promise<'loaded' | 'blank'> {
  const { state, prefix } = saleKeys(saleId);
  for (let from = 0; ; from += CODES_PER_CALL) {
    const some = used.slice(from, from + CODES_PER_CALL);
    const isLast = from + CODES_PER_CALL >= used.length;
    const listed = some.flatMap(({ setNumber, serial, usedBy, uses }) => [setNumber, serial, usedBy ?? '', uses]);
    const reply = await runScript(line, loadScript, {
      keys: [state],
      args: [line.runId(), prefix, epoch, isLast ? 1 : 0, ...listed],
    });
    if (reply[0] !== 'loaded' && reply[0] !== 'blank') throw unexpectedReply(reply);
    if (reply[0] === 'blank' || isLast) return reply[0];
  }
}
