// Slows down guessing: after five failures for an address or for an account within the window, further attempts are
// refused until the oldest failure leaves it. Kept in this process: with several of them a guesser gets that many times
// five attempts, which Argon2 passwords bear.

const FAILURES_MAX = 5;
const WINDOW_MS = 5 * 60_000;
const KEYS_MAX = 10_000;

export type SignInThrottle = {
  /** Seconds to wait before an attempt with any of these keys is allowed; 0 when it is allowed now. */
  waitSeconds(keys: readonly string[], now: number): number;
  failed(keys: readonly string[], now: number): void;
};

export function signInThrottle(): SignInThrottle {
  const failures = new Map<string, number[]>();
  const recent = (key: string, now: number) => (failures.get(key) ?? []).filter((at) => at > now - WINDOW_MS);
  return {
    waitSeconds: (keys, now) => {
      const waits = keys.map((key) => {
        const times = recent(key, now);
        const oldest = times.at(-FAILURES_MAX);
        return oldest === undefined ? 0 : Math.ceil((oldest + WINDOW_MS - now) / 1000);
      });
      return Math.max(0, ...waits);
    },
    failed: (keys, now) => {
      for (const key of keys) {
        const times = [...recent(key, now), now].slice(-FAILURES_MAX);
        // Moved to the end: the key that has been quiet longest is forgotten first.
        failures.delete(key);
        failures.set(key, times);
      }
      for (const key of failures.keys()) {
        if (failures.size <= KEYS_MAX) break;
        failures.delete(key);
      }
    },
  };
}
