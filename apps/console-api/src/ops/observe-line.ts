// What the admitter saw of a sale's line at its last tick. The console outlives Redis: when it does not answer, the
// view says so by its zeros and the operator can still pause and resume.
import type { Logger } from '@onsale/runtime';
import { type LineRedis, readReport } from '@onsale/waiting-room-redis';
import type { ObserveLine } from './admission-view.ts';

export function observeLine(line: LineRedis, logger: Logger): ObserveLine {
  return async (saleId) => {
    try {
      return await readReport(line, saleId);
    } catch (error) {
      logger.warn({ err: error, saleId }, 'the line could not be observed');
      return null;
    }
  };
}
