// What the admitter saw of a sale's line at its last tick. The console outlives Redis: when it does not answer, the
// view says so by its zeros and the operator can still pause and resume.
import type { SaleHistory } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { Logger } from '@onsale/runtime';
import { type LineRedis, readReport, readSamples, SAMPLE_EVERY_MS } from '@onsale/waiting-room-redis';
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

export type ObserveHistory = (saleId: SaleId, after: { readonly afterMs: number }) => Promise<SaleHistory>;

/** Empty when the line's Redis does not answer. */
export function observeHistory(line: LineRedis, logger: Logger): ObserveHistory {
  const everySeconds = SAMPLE_EVERY_MS / 1000;
  return async (saleId, after) => {
    try {
      return { everySeconds, samples: [...(await readSamples(line, saleId, after))] };
    } catch (error) {
      logger.warn({ err: error, saleId }, 'the history of the line could not be read');
      return { everySeconds, samples: [] };
    }
  };
}
