// Waiting in tests for what only the outside can tell.
import { waitUntil } from '@onsale/local-services';

/** A busy machine may be slow; a test that waits longer than this has failed. */
const DEFAULT_LIMIT_MS = 20_000;

/** Resolves with the first truthy value of `look`; fails after `limitMs`. An error of `look` fails at once. */
export function waitFor<T>(look: () => T | Promise<T>, limitMs = DEFAULT_LIMIT_MS): Promise<NonNullable<T>> {
  return waitUntil(look, { limitMs, everyMs: 20, what: `waiting for ${look.toString()}` });
}
