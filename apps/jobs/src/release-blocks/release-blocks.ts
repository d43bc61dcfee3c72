// Proposes to release kept-back stock whose time has come or whose phase is over. The rules sell it to everybody from that
// moment already; this makes counts, claims and the plan say so. A sweep that is late or repeated does no harm.
import type { DueBlock } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';

export type ReleaseBlocksDeps = {
  findDueBlocks(limit: number): Promise<readonly DueBlock[]>;
  publish(command: BookingCommand): Promise<void>;
  now(): number;
};

/** In one run; the next comes a second later. */
const BLOCKS_MAX = 200;

/** How many releases were proposed. */
export async function releaseBlocks({ findDueBlocks, publish, now }: ReleaseBlocksDeps): Promise<number> {
  const due = await findDueBlocks(BLOCKS_MAX);
  for (const { blockId, performanceId } of due) {
    await publish({
      type: 'unblock',
      version: 1,
      commandId: `unblock:${blockId}`,
      acceptedAt: new Date(now()).toISOString(),
      trace: null,
      performanceId,
      blockId,
      seatIds: null,
    });
  }
  return due.length;
}
