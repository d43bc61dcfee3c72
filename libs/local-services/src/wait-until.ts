// Waiting with a limit: the one way in which local tooling waits for something it cannot be told of.
import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitLimit {
  /** After this long the wait gives up with an error that names `what`. */
  limitMs: number;
  /** Pause between two looks; default 50 ms, short beside any start it is used for. */
  everyMs?: number;
  what: string;
}

/** Resolves with the first truthy value of `look`; rejects when the limit has passed. Errors of `look` pass through. */
export async function waitUntil<T>(look: () => T | Promise<T>, limit: WaitLimit): Promise<NonNullable<T>> {
  const deadline = performance.now() + limit.limitMs;
  while (true) {
    const value = await look();
    if (value) return value;
    if (performance.now() >= deadline) throw new Error(`${limit.what}: not within ${limit.limitMs} ms`);
    await sleep(limit.everyMs ?? 50);
  }
}
