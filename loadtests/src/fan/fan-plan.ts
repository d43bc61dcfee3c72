// What a fan will do, decided before the run so that a seed means the same crowd again.
import { habits, type Profile, restWithinSeconds } from '../profiles.ts';
import { type SeededRandom, seededRandom } from '../seeded-random.ts';

export type FanPlan = {
  /** Milliseconds after the pre-queue opened. */
  readonly joinsAfterMs: number;
  readonly party: number;
  readonly letsHoldLapse: boolean;
  readonly whileWaiting: 'stays' | 'reloads' | 'leaves' | 'vanishes';
  readonly doubleTaps: boolean;
  readonly random: SeededRandom;
};

/** Those in the pre-queue come until this long before it ends: nobody means to come at the last moment and is late. */
const LAST_JOIN_MS = 1_500;

export function planFan({
  index,
  seed,
  fans,
  profile,
  prequeueSeconds,
}: {
  readonly index: number;
  readonly seed: number;
  readonly fans: number;
  readonly profile: Profile;
  readonly prequeueSeconds: number;
}): FanPlan {
  const random = seededRandom(seed, index);
  const prequeueMs = prequeueSeconds * 1000;
  const early = random.chance(profile.joinedBeforeOpening);
  const joinsAfterMs = early
    ? random.between(0, Math.max(0, prequeueMs - LAST_JOIN_MS))
    : prequeueMs + random.between(0, restWithinSeconds(profile, fans) * 1000);
  const { reload, leave, vanish } = habits;
  return {
    joinsAfterMs,
    party: Number(random.weighted(profile.partySizes)),
    letsHoldLapse: random.chance(profile.holdsLapse),
    whileWaiting: random.weighted({
      reloads: reload,
      leaves: leave,
      vanishes: vanish,
      stays: 1 - reload - leave - vanish,
    }) as FanPlan['whileWaiting'],
    doubleTaps: random.chance(habits.doubleTap),
    random,
  };
}
