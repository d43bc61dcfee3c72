// A clock that stands still until a test moves it.

export interface ManualClock {
  /** Milliseconds since 1970, as Date.now() gives them. */
  now(): number;
  /** Moves on by `ms` and wakes, in order of their time, all who sleep until then or earlier. */
  advance(ms: number): Promise<void>;
  /** Resolves once the clock has moved on by `ms`. */
  sleep(ms: number): Promise<void>;
}

const NEW_YEAR_2030 = Date.UTC(2030, 0, 1);

export function manualClock(startMs = NEW_YEAR_2030): ManualClock {
  let nowMs = startMs;
  const sleepers: { untilMs: number; wake: () => void }[] = [];

  const advance = async (ms: number) => {
    const endMs = nowMs + ms;
    await turn();
    while (true) {
      sleepers.sort((a, b) => a.untilMs - b.untilMs);
      const next = sleepers[0];
      if (!next || next.untilMs > endMs) break;
      sleepers.shift();
      nowMs = next.untilMs;
      next.wake();
      await turn();
    }
    nowMs = endMs;
  };
  const sleep = (ms: number) =>
    new Promise<void>((wake) => {
      if (ms <= 0) wake();
      else sleepers.push({ untilMs: nowMs + ms, wake });
    });
  return { now: () => nowMs, advance, sleep };
}

// Whoever is awake may go to sleep before the clock moves on: it gets the turn of the event loop that it needs.
const turn = () => new Promise((resolve) => setImmediate(resolve));
