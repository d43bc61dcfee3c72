// Wrong clocks for processes that a test starts.
import { requireTool } from '@onsale/local-services';

/** What to preload (LD_PRELOAD) into a process whose clock shall be wrong; undefined on systems that refuse that. */
export function faketimeLibrary(): string | undefined {
  return process.platform === 'linux' ? requireTool('faketime') : undefined;
}
