import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './lead.lua';

const leadScript = script(text);

export type Leadership = {
  /** One process, unlike any other that ever ran. */
  readonly holder: string;
  readonly fence: number;
};

export type LeadOutcome =
  | { readonly kind: 'leading'; readonly leadership: Leadership }
  | { readonly kind: 'following' };

/** Called again and again by whoever leads; the lease lapses `leaseMs` after the last call. */
export async function leadSale(
  line: LineRedis,
  { saleId, holder, leaseMs }: { readonly saleId: SaleId; readonly holder: string; readonly leaseMs: number },
): Promise<LeadOutcome> {
  const { lead } = saleKeys(saleId);
  const reply = await runScript(line, leadScript, { keys: [lead], args: [line.now(), holder, leaseMs] });
  if (reply[0] === 'following') return { kind: 'following' };
  if (reply[0] !== 'leading') throw unexpectedReply(reply);
  return { kind: 'leading', leadership: { holder, fence: Number(reply[1]) } };
}

/** Gives the lease up at once, so that another process need not wait for it to lapse. */
export async function stopLeading(line: LineRedis, saleId: SaleId, { holder }: Leadership): Promise<void> {
  await leadSale(line, { saleId, holder, leaseMs: 0 });
}
