// What is measured on a simulated sale: messages (P5), people-ahead against the truth (P6), stated waits against those
// that came (P7).
import { type LineStanding, peopleAhead, waitRange } from '@onsale/domain';
import type { SeededRandom } from '../seeded-random.ts';
import { REFRESH, type SaleMoment } from './simulated-sale.ts';

const FRONT_FANS = 200;

export class MessageCount {
  private total = 0;
  private recent: number[] = [];
  private peak = 0;

  see({ messages, second }: SaleMoment): void {
    this.total += messages;
    this.recent.push(messages);
    if (this.recent.length > 10) this.recent.shift();
    // The first seconds hold the opening itself, which clients spread by themselves.
    if (second >= 10) this.peak = Math.max(this.peak, this.recent.reduce((sum, one) => sum + one, 0) / 10);
  }

  /** Against (rate / ε)(1 + ln(ε N / rate)): the mean over the sale, and the busiest ten seconds. */
  report({ fans, ratePerMinute, seconds }: { fans: number; ratePerMinute: number; seconds: number }) {
    const rate = ratePerMinute / 60;
    const bound = (rate / REFRESH.share) * (1 + Math.log(Math.max(1, (REFRESH.share * fans) / rate)));
    return { mean: this.total / seconds, peak: this.peak, bound, total: this.total };
  }
}

export class AheadCheck {
  readonly errors: number[] = [];
  readonly errorsAgainstPeople: number[] = [];
  frontChecked = 0;
  frontWrong = 0;

  /** Looks at a random sample of those who wait, and at each of the front. */
  see(moment: SaleMoment, { fans, sample, random }: { fans: number; sample: number; random: SeededRandom }): void {
    const { served } = moment.line;
    const present = presentAhead(moment, fans);
    for (let number = served + 1; number <= Math.min(fans, served + 2 * FRONT_FANS); number++) {
      const truth = present.known[number - served - 1] as number;
      if (truth > FRONT_FANS || moment.ghosts.isGhost(number)) continue;
      this.frontChecked++;
      if (peopleAhead(moment.line, number) !== truth) this.frontWrong++;
    }
    for (let i = 0; i < sample; i++) {
      const number = served + 1 + Math.floor(random.next() * (fans - served));
      const truth = present.known[number - served - 1] ?? 0;
      const people = present.people[number - served - 1] ?? 0;
      if (truth <= FRONT_FANS || moment.ghosts.isGhost(number)) continue;
      const told = peopleAhead(moment.line, number);
      this.errors.push(Math.abs(told - truth) / truth);
      this.errorsAgainstPeople.push(Math.abs(told - people) / Math.max(1, people));
    }
  }
}

/** For each number after `served`: how many before it are not known to be gone, and how many really are there. */
function presentAhead({ line, ghosts, isGone }: SaleMoment, fans: number) {
  const known = new Int32Array(fans - line.served);
  const people = new Int32Array(fans - line.served);
  let [notGhosts, there] = [0, 0];
  for (let number = line.served + 1; number <= fans; number++) {
    known[number - line.served - 1] = notGhosts;
    people[number - line.served - 1] = there;
    if (!ghosts.isGhost(number)) notGhosts++;
    if (!isGone(number)) there++;
  }
  return { known, people };
}

type Promised = { number: number; second: number; low: number; high: number };

export class WaitCheck {
  private readonly promised: Promised[] = [];

  see(moment: { line: LineStanding; second: number }, numbers: readonly number[]): void {
    for (const number of numbers) {
      const range = waitRange(moment.line, peopleAhead(moment.line, number));
      if (range === null) continue;
      this.promised.push({ number, second: moment.second, low: range.lowSeconds, high: range.highSeconds });
    }
  }

  report(calledAt: Int32Array): { readonly checked: number; readonly held: number; readonly early: number } {
    let [checked, held, early] = [0, 0, 0];
    for (const { number, second, low, high } of this.promised) {
      const called = calledAt[number] ?? -1;
      if (called < 0) continue;
      checked++;
      if (called - second < low) early++;
      else if (called - second <= high) held++;
    }
    return { checked, held, early };
  }
}
