// The clock as a dependency, so that tests pass time in instead of sleeping.

export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number;
};

export const systemClock: Clock = { now: () => Date.now() };
