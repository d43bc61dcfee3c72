// What the person at the terminal reads. The stack is a command-line tool: it speaks in sentences, not in JSON.
import { SetupError } from '@onsale/local-services';
import { ConfigError } from '@onsale/runtime';

/** Started with the process, so that each line can say how long the start has taken so far. */
const begunMs = performance.now() - process.uptime() * 1000;

/** One line of progress. */
export function tellProgress(line: string): void {
  const seconds = ((performance.now() - begunMs) / 1000).toFixed(1).padStart(6);
  process.stdout.write(`${seconds} s  ${line}\n`);
}

export function tell(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A fault a person can mend is one sentence; anything else is a bug and shows where it happened. */
export function tellFault(error: unknown): void {
  const mendable = error instanceof SetupError || error instanceof ConfigError;
  const text = error instanceof Error ? (mendable ? error.message : error.stack) : String(error);
  process.stderr.write(`\n${text}\n`);
}
