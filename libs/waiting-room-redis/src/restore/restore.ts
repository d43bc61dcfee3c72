import type { PhaseId, SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './restore.lua';

const restoreScript = script(text);

export type Restore = {
  readonly saleId: SaleId;
  /** One above any epoch the line ever had. */
  readonly epoch: number;
  /** Indexes below may have been given out. */
  readonly leased: number;
  /** The highest number that may have been called. */
  readonly served: number;
  /** Numbers up to here had their call long ago; those above are called again when they are heard of. */
  readonly servedForSure: number;
  readonly prequeue: { readonly phaseId: PhaseId; readonly firstIndex: number } | null;
  readonly draws: readonly { readonly phaseId: PhaseId; readonly firstIndex: number; readonly size: number }[];
};

export type RestoreOutcome = {
  /** `open`: somebody else was first. */
  readonly kind: 'restored' | 'open';
  readonly epoch: number;
};

/** Opens a new line as well: with epoch 1 and nothing leased or served. */
export async function restoreLine(line: LineRedis, restore: Restore): Promise<RestoreOutcome> {
  const { state } = saleKeys(restore.saleId);
  const { prequeue, draws } = restore;
  const reply = await runScript(line, restoreScript, {
    keys: [state],
    args: [
      line.runId(),
      line.now(),
      restore.epoch,
      restore.leased,
      restore.served,
      restore.servedForSure,
      prequeue?.firstIndex ?? '',
      prequeue?.phaseId ?? '',
      ...draws.flatMap(({ phaseId, firstIndex, size }) => [phaseId, `${firstIndex} ${size}`]),
    ],
  });
  if (reply[0] === 'restored' || reply[0] === 'open') return { kind: reply[0], epoch: Number(reply[1]) };
  throw unexpectedReply(reply);
}
