// Every key of the shop in Redis. All keys of a performance share one hash tag; `sr1` is the version of this layout.
import type { PerformanceId } from '@onsale/domain';

const LAYOUT = 'sr1';

/**
 * `stock`  hash: version, `c:<category>` → capacity held heldOfPool blocked free
 * `<prefix>b:<section>`  bitmap by the seat's place in its section: taken
 */
export function performanceKeys(performanceId: PerformanceId) {
  const prefix = `${LAYOUT}:{perf:${performanceId}}:`;
  return { prefix, stock: `${prefix}stock`, bitmapOf: (sectionId: string) => `${prefix}b:${sectionId}` } as const;
}

/** Requests that were accepted and are not decided yet: booking id → the command; and since when. */
export const waitingKeys = { commands: `${LAYOUT}:{waiting}:commands`, since: `${LAYOUT}:{waiting}:since` } as const;
