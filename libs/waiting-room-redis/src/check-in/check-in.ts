import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { type PlaceRef, type PlaceStanding, parseStanding } from '../read-place/read-place.ts';
import { runScript, script } from '../run-script.ts';
import text from './check-in.lua';

const checkInScript = script(text);

export type CheckIn = PlaceRef & {
  /** presentUntil() of the end of the silence that is forgiven from now on. */
  readonly present: Buffer;
  /** Whether a call that was missed is to be made good: the fan came back, not only the page. */
  readonly makesGood: boolean;
  /** Of the place token that is shown. */
  readonly version: number;
};

/** Where the place stands, as readPlace; one that was left stays left. */
export async function checkIn(
  line: LineRedis,
  { saleId, index, number, present, makesGood, version }: CheckIn,
): Promise<PlaceStanding> {
  const { state, called, slots, left, returning, missed, again, prefix } = saleKeys(saleId);
  const reply = await runScript(line, checkInScript, {
    keys: [state, called, slots, left, returning, missed, again],
    args: [line.runId(), line.now(), index, number ?? 0, prefix, present, makesGood ? 1 : 0, version],
  });
  return parseStanding(reply);
}
