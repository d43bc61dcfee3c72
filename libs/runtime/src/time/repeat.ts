// A loop that runs one thing again and again, never twice at once, and outlives its failures.
import type { Part } from '../life/run-app.ts';
import type { Logger } from '../log/create-logger.ts';

export type RepeatOptions = {
  readonly name: string;
  readonly everyMs: number;
  readonly logger: Logger;
  /** Ends within a bounded time of its own; the signal tells that the process is stopping. */
  run(signal: AbortSignal): Promise<void>;
};

/** The pause is counted from the end of a run, so a slow run never piles up on itself. A failed run is logged. */
export function repeat({ name, everyMs, logger, run }: RepeatOptions): Part {
  const stopping = new AbortController();
  let current: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    timer = setTimeout(() => {
      current = run(stopping.signal)
        .catch((error: unknown) => logger.warn({ err: error, loop: name }, 'a run of a loop failed'))
        .then(() => {
          if (!stopping.signal.aborted) next();
        });
    }, everyMs);
  };
  return {
    name,
    start: async () => next(),
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await current;
    },
  };
}
