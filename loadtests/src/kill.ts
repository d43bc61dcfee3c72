// Kills processes of the stack in the middle of a sale, as a crash would: no signal handler runs.
import type { SalesBook } from './checks/sales-book.ts';

const FIRST_AT = 0.15;
const LAST_AT = 0.6;
const LOOK_EVERY_MS = 100;

export type KillPlan = {
  pidOf(app: string): number | undefined;
  readonly apps: readonly string[];
  /** Tickets that this crowd will buy, more or less. */
  readonly expected: number;
  tell(what: string): void;
};

/** Each app once, when a growing share of what will be sold has been. Returns how to stop. */
export function killInTheMiddle(sales: SalesBook, { pidOf, apps, expected, tell }: KillPlan): () => void {
  const shares = apps.map((_, i) => FIRST_AT + ((LAST_AT - FIRST_AT) * i) / Math.max(1, apps.length - 1));
  const left = apps.map((app, i) => ({ app, at: (shares[i] ?? FIRST_AT) * expected }));
  const timer = setInterval(() => {
    const [next] = left;
    if (next === undefined || sales.sold < next.at) return;
    left.shift();
    const pid = pidOf(next.app);
    if (pid === undefined) return tell(`${next.app} is not part of this stack`);
    process.kill(pid, 'SIGKILL');
    tell(`killed ${next.app} (process ${pid}) with ${sales.sold} tickets sold`);
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}
