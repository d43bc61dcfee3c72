// One line that is written anew each second on a terminal, every five seconds elsewhere.
import type { CrowdBook } from '../crowd-book.ts';

const TERMINAL_EVERY_MS = 1_000;
const LOG_EVERY_MS = 5_000;

/** Returns how to stop. */
export function showProgress(
  book: CrowdBook,
  { startedAt, stock, say }: { startedAt: number; stock: number; say: (text: string) => void },
): () => void {
  const show = () => {
    const { joined, waiting, called, holding, sold } = book.now;
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const line = `${String(seconds).padStart(4)} s  joined ${joined}  waiting ${waiting}  called ${called}  holding ${holding}  sold ${sold}/${stock}`;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
    else say(line);
  };
  const timer = setInterval(show, process.stdout.isTTY ? TERMINAL_EVERY_MS : LOG_EVERY_MS);
  return () => {
    clearInterval(timer);
    show();
    if (process.stdout.isTTY) say('');
  };
}
