import { DEFERRALS_MAX } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import type { PlaceRef } from '../read-place/read-place.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './defer.lua';

const deferScript = script(text);

export type Deferral = PlaceRef & {
  readonly number: number;
  /** Of the place token that is shown. */
  readonly version: number;
  /** 0 ends a deferral now. */
  readonly forMs: number;
};

export type DeferOutcome =
  | { readonly kind: 'deferred'; readonly until: number; readonly times: number }
  | { readonly kind: 'ended' }
  /** The fan is in the shop. */
  | { readonly kind: 'inside' }
  /** The turn is over. */
  | { readonly kind: 'missed' }
  | { readonly kind: 'spent' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'blank' };

export async function deferPlace(
  line: LineRedis,
  { saleId, index, number, version, forMs }: Deferral,
): Promise<DeferOutcome> {
  const { state, called, slots, left, returning, prefix } = saleKeys(saleId);
  const reply = await runScript(line, deferScript, {
    keys: [state, called, slots, left, returning],
    args: [line.runId(), line.now(), index, number, prefix, version, forMs, DEFERRALS_MAX],
  });
  const [word, until, times] = reply;
  if (word === 'deferred') return { kind: 'deferred', until: Number(until), times: Number(times) };
  if (word === 'ended' || word === 'inside' || word === 'missed' || word === 'spent') return { kind: word };
  if (word === 'moved' || word === 'gone' || word === 'blank') return { kind: word };
  throw unexpectedReply(reply);
}
