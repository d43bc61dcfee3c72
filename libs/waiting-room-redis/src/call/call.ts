import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { RECALLS_CHANNEL, saleKeys } from '../keys.ts';
import type { Leadership } from '../lead/lead.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './call.lua';

const callScript = script(text);

export type Call = {
  readonly saleId: SaleId;
  readonly leadership: Leadership;
  readonly count: number;
  readonly maxActive: number;
  readonly callWindowMs: number;
  /** Stands in the checkpoint already: no number above it is called. */
  readonly servedMax: number;
  /** How far `served` has come at least, as the caller knows: below that, Redis has an older copy of the line. */
  readonly servedAtLeast?: number;
};

export type CallOutcome =
  | {
      readonly kind: 'called';
      readonly servedBefore: number;
      readonly served: number;
      /** Fans called now; fewer than asked for when the shop or the line ends first. */
      readonly count: number;
      /** Called in all and may still come in. */
      readonly called: number;
      readonly active: number;
    }
  /** Somebody else leads this sale by now. */
  | { readonly kind: 'fenced' }
  | { readonly kind: 'blank' };

export async function callNext(line: LineRedis, call: Call): Promise<CallOutcome> {
  const { state, lead, called, slots, returning, prefix } = saleKeys(call.saleId);
  const { holder, fence } = call.leadership;
  const reply = await runScript(line, callScript, {
    keys: [state, lead, called, slots, returning],
    args: [
      line.runId(),
      line.now(),
      prefix,
      holder,
      fence,
      call.count,
      call.maxActive,
      call.callWindowMs,
      call.servedMax,
      RECALLS_CHANNEL,
      call.saleId,
      call.servedAtLeast ?? 0,
    ],
  });
  if (reply[0] === 'blank' || reply[0] === 'fenced') return { kind: reply[0] };
  if (reply[0] !== 'called') throw unexpectedReply(reply);
  const [servedBefore = 0, served = 0, count = 0, inAll = 0, active = 0] = reply.slice(1).map(Number);
  return { kind: 'called', servedBefore, served, count, called: inAll, active };
}
