// What a sale is doing at a moment. Derived from its timetable and a few facts, never stored: a stored phase could lie.

export type SalePhase = 'scheduled' | 'prequeue' | 'open' | 'paused' | 'sold_out' | 'closed';

/** A window of a sale. Times in milliseconds since the epoch; prequeueOpensAt ≤ opensAt < closesAt. */
export type PhaseWindow = {
  readonly id: string;
  readonly kind: 'presale' | 'general';
  readonly prequeueOpensAt: number;
  readonly opensAt: number;
  readonly closesAt: number;
};

export type SaleFacts = {
  readonly windows: readonly PhaseWindow[];
  /** Ids of the windows whose draw has been held. */
  readonly drawn: ReadonlySet<string>;
  readonly paused: boolean;
  readonly soldOut: boolean;
  readonly closedByStaff: boolean;
};

/** The window that counts at `now`: the latest whose pre-queue has opened, else the first to come; null without any. */
export function currentWindow(windows: readonly PhaseWindow[], now: number): PhaseWindow | null {
  const ordered = [...windows].sort((a, b) => a.prequeueOpensAt - b.prequeueOpensAt);
  return ordered.findLast(({ prequeueOpensAt }) => prequeueOpensAt <= now) ?? ordered[0] ?? null;
}

/** The phase at `now`. A window is open only once its draw has been held, however late that is. Those who wait in a window
 * that is over keep their numbers, and are called first in the next. */
export function salePhase(facts: SaleFacts, now: number): SalePhase {
  const window = currentWindow(facts.windows, now);
  if (facts.closedByStaff || window === null) return 'closed';
  if (now < window.prequeueOpensAt) return 'scheduled';
  if (now >= window.closesAt) return 'closed';
  if (facts.soldOut) return 'sold_out';
  if (!isOpen(window, facts, now) && !goesOnBefore(window, facts, now)) return 'prequeue';
  return facts.paused ? 'paused' : 'open';
}

function isOpen(window: PhaseWindow, { drawn }: SaleFacts, now: number): boolean {
  return now >= window.opensAt && now < window.closesAt && drawn.has(window.id);
}

/** A phase goes on while the next one gathers its pre-queue: those who have a number are called, others join the draw. */
function goesOnBefore(window: PhaseWindow, facts: SaleFacts, now: number): boolean {
  return facts.windows.some((other) => other.id !== window.id && isOpen(other, facts, now));
}
