// Writes the uses of codes to MongoDB behind the line: many in one write, and before the fan is answered, so that a code
// whose use was told is used for good, also when Redis forgets. While MongoDB is away the line goes on: uses are kept
// here and written when it is back.
import { type CodeUse, keepCodeUses, type Mongo } from '@onsale/booking-mongo';
import type { Logger } from '@onsale/runtime';

const BATCH_MAX = 500;
const KEPT_MAX = 200_000; // uses that wait for MongoDB; beyond, the oldest go
const TOLD_LATEST_MS = 1_500; // a fan waits no longer than this for the write
const RETRY_MS = 1_000;

type Entry = { readonly use: CodeUse; readonly written: () => void };

export class CodeLedger {
  private readonly deps: { readonly mongo: Mongo; readonly logger: Logger };
  private waiting: Entry[] = [];
  private underWay: Promise<void> | null = null;
  private retry: NodeJS.Timeout | undefined;

  constructor(deps: { readonly mongo: Mongo; readonly logger: Logger }) {
    this.deps = deps;
  }

  /** Resolves when the use is written, or when a fan has waited long enough. */
  keep(use: CodeUse): Promise<void> {
    const written = new Promise<void>((resolve) => {
      const latest = setTimeout(resolve, TOLD_LATEST_MS);
      this.waiting.push({
        use,
        written: () => {
          clearTimeout(latest);
          resolve();
        },
      });
    });
    if (this.waiting.length > KEPT_MAX) this.waiting.splice(0, this.waiting.length - KEPT_MAX);
    this.write();
    return written;
  }

  /** Writes what is left; what cannot be written is told in the log. */
  async stop(): Promise<void> {
    clearTimeout(this.retry);
    await this.underWay;
    const left = this.waiting.splice(0);
    await keepCodeUses(
      this.deps.mongo,
      left.map(({ use }) => use),
    ).catch((error: unknown) =>
      this.deps.logger.error({ err: error, count: left.length }, 'uses of codes were not written'),
    );
  }

  private write(): void {
    if (this.underWay !== null || this.waiting.length === 0) return;
    const batch = this.waiting.splice(0, BATCH_MAX);
    this.underWay = keepCodeUses(
      this.deps.mongo,
      batch.map(({ use }) => use),
    ).then(
      () => {
        this.underWay = null;
        for (const { written } of batch) written();
        this.write();
      },
      (error: unknown) => {
        this.underWay = null;
        this.waiting.unshift(...batch);
        this.deps.logger.warn({ err: error, count: this.waiting.length }, 'uses of codes wait for the database');
        clearTimeout(this.retry);
        this.retry = setTimeout(() => this.write(), RETRY_MS);
        this.retry.unref();
      },
    );
  }
}
