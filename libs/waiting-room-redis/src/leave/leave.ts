import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import type { PlaceRef } from '../read-place/read-place.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './leave.lua';

const leaveScript = script(text);

/** `moved`: the place is on another device, and only that one gives it up. */
export type LeaveOutcome = { readonly kind: 'left' } | { readonly kind: 'moved' } | { readonly kind: 'blank' };

/** Idempotent. Frees the slot or the call that the place had. */
export async function leaveLine(
  line: LineRedis,
  { saleId, index, number, identity, version }: PlaceRef & { readonly identity: Buffer; readonly version: number },
): Promise<LeaveOutcome> {
  const { state, called, slots, passes, left, returning, missed, prefix } = saleKeys(saleId);
  const reply = await runScript(line, leaveScript, {
    keys: [state, called, slots, passes, left, returning, missed],
    args: [line.runId(), index, number ?? 0, identity, prefix, version],
  });
  if (reply[0] === 'left' || reply[0] === 'moved' || reply[0] === 'blank') return { kind: reply[0] };
  throw unexpectedReply(reply);
}
