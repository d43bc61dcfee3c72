// What waiting fans are promised, against what came of it: a sample of them is looked at every half minute, and each
// promise is settled when the line reaches its number or ends before. The counts are published with the sale.
import type { Chance } from './chance.ts';
import type { WaitRange } from './people-ahead.ts';

export type PromiseCounts = {
  readonly waits: { readonly checked: number; readonly held: number; readonly early: number; readonly late: number };
  readonly chances: Readonly<Record<Chance['kind'], { readonly told: number; readonly could: number }>>;
};

export const NO_PROMISES: PromiseCounts = {
  waits: { checked: 0, held: 0, early: 0, late: 0 },
  chances: { likely: { told: 0, could: 0 }, uncertain: { told: 0, could: 0 }, unlikely: { told: 0, could: 0 } },
};

export type Promised = {
  readonly number: number;
  /** ms */
  readonly at: number;
  readonly wait: WaitRange | null;
  readonly chance: Chance['kind'] | null;
};

const PENDING_MAX = 5_000;

export class PromiseBook {
  private pending: Promised[] = [];
  counts: PromiseCounts = NO_PROMISES;

  add(promised: Promised): void {
    if (this.pending.length < PENDING_MAX) this.pending.push(promised);
  }

  /** The line has come to `served`. Whose fan was gone by then was promised nothing that could be checked. */
  reach({ served, now, free, isGone }: Reached): void {
    if (!this.pending.some(({ number }) => number <= served)) return;
    const reached = this.pending.filter(({ number }) => number <= served);
    this.pending = this.pending.filter(({ number }) => number > served);
    for (const { number, at, wait, chance } of reached) {
      if (isGone(number)) continue;
      if (wait !== null) this.settleWait(wait, (now - at) / 1000);
      if (chance !== null && free !== null) this.settleChance(chance, free > 0);
    }
  }

  /** Sold out: nobody who still waits can buy. */
  end(isGone: (number: number) => boolean): void {
    const left = this.pending;
    this.pending = [];
    for (const { number, chance } of left) if (chance !== null && !isGone(number)) this.settleChance(chance, false);
  }

  /** The counts since the last time, to be added to what is kept; null when nothing is new. */
  take(): PromiseCounts | null {
    const { counts } = this;
    this.counts = NO_PROMISES;
    return counts === NO_PROMISES ? null : counts;
  }

  private settleWait({ lowSeconds, highSeconds }: WaitRange, seconds: number): void {
    const { checked, held, early, late } = this.counts.waits;
    const isEarly = seconds < lowSeconds;
    const isLate = seconds > highSeconds;
    const waits = {
      checked: checked + 1,
      held: held + (isEarly || isLate ? 0 : 1),
      early: early + (isEarly ? 1 : 0),
      late: late + (isLate ? 1 : 0),
    };
    this.counts = { ...this.counts, waits };
  }

  private settleChance(kind: Chance['kind'], could: boolean): void {
    const { told, could: before } = this.counts.chances[kind];
    const chances = { ...this.counts.chances, [kind]: { told: told + 1, could: before + (could ? 1 : 0) } };
    this.counts = { ...this.counts, chances };
  }
}

type Reached = {
  readonly served: number;
  readonly now: number;
  /** Seats free when they were called; null where stock is not known. */
  readonly free: number | null;
  isGone(number: number): boolean;
};
