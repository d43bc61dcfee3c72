// How long a fan may be silent before the place counts as a ghost.
import type { LineDocument } from '@onsale/contracts';
import { peopleAhead, silenceAllowedSeconds, waitRange } from '@onsale/domain';

const UNKNOWN_MS = 10 * 60_000;

/** `number` null before the draw. */
export function silenceAllowedMs(document: LineDocument | null, number: number | null): number {
  if (document === null || number === null) return UNKNOWN_MS;
  const wait = waitRange(document, peopleAhead(document, number));
  return silenceAllowedSeconds(document.refresh, wait) * 1000;
}
