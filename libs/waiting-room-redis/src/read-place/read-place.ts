import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, type ScriptReply, script, unexpectedReply } from '../run-script.ts';
import text from './read-place.lua';

const readScript = script(text);

export type PlaceRef = {
  readonly saleId: SaleId;
  readonly index: number;
  /** Null before its draw. */
  readonly number: number | null;
};

export type PlaceStanding =
  | {
      readonly kind: 'place';
      readonly epoch: number;
      readonly served: number;
      readonly left: boolean;
      /** Milliseconds since 1970; null when not called or no longer. */
      readonly callExpiresAt: number | null;
      /** Null when it holds no slot. */
      readonly slotExpiresAt: number | null;
      /** Passed over or missed, back again, and called next. */
      readonly back: boolean;
      /** How often it has moved to another device, as far as this line knows. */
      readonly version: number;
      /** Milliseconds since 1970; null when it does not let others go first now. */
      readonly deferredUntil: number | null;
      readonly deferrals: number;
    }
  | { readonly kind: 'blank' };

export async function readPlace(line: LineRedis, { saleId, index, number }: PlaceRef): Promise<PlaceStanding> {
  const { state, called, slots, left, returning, prefix } = saleKeys(saleId);
  const reply = await runScript(line, readScript, {
    keys: [state, called, slots, left, returning],
    args: [line.runId(), line.now(), index, number ?? 0, prefix],
  });
  return parseStanding(reply);
}

export function parseStanding(reply: ScriptReply): PlaceStanding {
  if (reply[0] === 'blank') return { kind: 'blank' };
  const [epoch, served, left, call, slot, back, version, deferredUntil, deferrals] = reply.slice(1).map(Number);
  if (reply[0] !== 'place' || epoch === undefined || served === undefined) throw unexpectedReply(reply);
  return {
    kind: 'place',
    epoch,
    served,
    left: left === 1,
    callExpiresAt: call || null,
    slotExpiresAt: slot || null,
    back: back === 1,
    version: version ?? 0,
    deferredUntil: deferredUntil || null,
    deferrals: deferrals ?? 0,
  };
}
