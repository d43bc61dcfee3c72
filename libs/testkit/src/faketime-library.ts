// Wrong clocks for processes that a test starts.
import { requireTool } from '@onsale/local-services';

/** What to preload (LD_PRELOAD) into a process whose clock shall be wrong; undefined on systems that refuse that. */
export function faketimeLibrary(): string | undefined {
  return process.platform === 'linux' ? requireTool('faketime') : undefined;
}

/** The environment of a process whose time of day is wrong by so much, `+600s`. */
export function wrongClock(clock: string): Record<string, string> {
  const library = faketimeLibrary();
  if (library === undefined) throw new Error('no clock can be made wrong here');
  // Only the time of day is wrong: a machine's monotonic timer never is.
  return { LD_PRELOAD: library, FAKETIME: clock, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}
