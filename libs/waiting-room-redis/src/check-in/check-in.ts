import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { type PlaceRef, type PlaceStanding, parseStanding } from '../read-place/read-place.ts';
import { runScript, script } from '../run-script.ts';
import text from './check-in.lua';

const checkInScript = script(text);

export type CheckIn = PlaceRef & {
  /** presentUntil() of the end of the silence that is forgiven from now on. */
  readonly present: Buffer;
};

/** Where the place stands, as readPlace; one that was left stays left. */
export async function checkIn(line: LineRedis, { saleId, index, number, present }: CheckIn): Promise<PlaceStanding> {
  const { state, called, slots, left, prefix } = saleKeys(saleId);
  const reply = await runScript(line, checkInScript, {
    keys: [state, called, slots, left],
    args: [line.runId(), line.now(), index, number ?? 0, prefix, present],
  });
  return parseStanding(reply);
}
