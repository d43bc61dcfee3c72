// The safety net: a sale whose waiting room is off lets everybody in at once, and the room switches on by itself when the
// sale's pages are hit above a threshold. It goes off again only after a long quiet time with nobody waiting, so that it
// does not flap at the edge.

export type RoomSettings = {
  /** `queue_all`: everybody goes through the line, always. `safety_net`: only from a surge on. */
  readonly mode: 'queue_all' | 'safety_net';
  /** Page hits per minute, over all processes of the shop. */
  readonly thresholdPerMinute: number;
};

export const ROOM_BY_DEFAULT: RoomSettings = { mode: 'queue_all', thresholdPerMinute: 600 };

export type RoomFacts = {
  readonly on: boolean;
  /** Null while nothing was measured. */
  readonly hitsPerMinute: number | null;
  readonly waiting: number;
  /** For how long the hits have been below half of the threshold with nobody waiting. */
  readonly quietSeconds: number;
};

export type RoomVerdict = { readonly on: boolean; readonly reason: string } | null;

export const QUIET_SECONDS = 5 * 60;
const QUIET_SHARE = 0.5; // of the threshold: between it and the threshold nothing changes

export function isQuiet({ hitsPerMinute, waiting }: RoomFacts, { thresholdPerMinute }: RoomSettings): boolean {
  return waiting === 0 && (hitsPerMinute ?? 0) < thresholdPerMinute * QUIET_SHARE;
}

/** Null leaves it as it is. */
export function switchRoom(facts: RoomFacts, settings: RoomSettings): RoomVerdict {
  const hits = Math.round(facts.hitsPerMinute ?? 0);
  const { mode, thresholdPerMinute } = settings;
  if (mode === 'queue_all') return facts.on ? null : { on: true, reason: 'Everybody goes through the waiting room.' };
  if (!facts.on && hits >= thresholdPerMinute) {
    return { on: true, reason: `The safety net: ${hits} page hits per minute, threshold ${thresholdPerMinute}.` };
  }
  if (facts.on && isQuiet(facts, settings) && facts.quietSeconds >= QUIET_SECONDS) {
    return {
      on: false,
      reason: `Quiet for ${Math.round(QUIET_SECONDS / 60)} minutes: ${hits} page hits per minute, nobody waits.`,
    };
  }
  return null;
}
