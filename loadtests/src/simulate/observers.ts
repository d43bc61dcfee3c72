// What is measured on a simulated sale: messages (P5), people-ahead against the truth (P6), stated waits and chances
// against those that came (P7).
import { type Chance, chanceOfTicket, peopleAhead, REFRESH, statedWait } from '@onsale/domain';
import type { SeededRandom } from '../seeded-random.ts';
import type { SaleMoment, SaleOutcome } from './simulated-sale.ts';

const FRONT_FANS = 200;
const PEAK_SECONDS = 10;

export class MessageCount {
  private recent: number[] = [];
  private peak = 0;
  private total = 0;

  see({ messages, second }: SaleMoment): void {
    const { fetches, checkIns, pushes, places } = messages;
    this.total = fetches + checkIns + pushes + places;
    this.recent.push(this.total);
    if (this.recent.length > PEAK_SECONDS + 1) this.recent.shift();
    // The first seconds hold the opening itself, when everybody asks for the own number.
    if (second < 2 * PEAK_SECONDS) return;
    this.peak = Math.max(this.peak, (this.total - (this.recent[0] ?? 0)) / PEAK_SECONDS);
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
  see(moment: SaleMoment, { sample, random }: { sample: number; random: SeededRandom }): void {
    const { served, joined } = moment.line;
    if (joined <= served) return;
    const present = presentAhead(moment);
    for (let number = served + 1; number <= Math.min(joined, served + 2 * FRONT_FANS); number++) {
      const truth = present.known[number - served - 1] as number;
      if (truth > FRONT_FANS || moment.ghosts.isGhost(number)) continue;
      this.frontChecked++;
      if (peopleAhead(moment.line, number) !== truth) this.frontWrong++;
    }
    for (let i = 0; i < sample; i++) {
      const number = served + 1 + Math.floor(random.next() * (joined - served));
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
function presentAhead({ line: { served, joined }, ghosts, isGone }: SaleMoment) {
  const known = new Int32Array(joined - served);
  const people = new Int32Array(joined - served);
  let [notGhosts, there] = [0, 0];
  for (let number = served + 1; number <= joined; number++) {
    known[number - served - 1] = notGhosts;
    people[number - served - 1] = there;
    if (!ghosts.isGhost(number)) notGhosts++;
    if (!isGone(number)) there++;
  }
  return { known, people };
}

type Promised = { number: number; second: number; low: number; high: number; chance: Chance['kind'] | null };
export type ChanceTold = { told: number; could: number };

/** What a few of those who wait are told, from time to time, against what came. */
export class PromiseCheck {
  private readonly promised: Promised[] = [];

  see({ line, second, isGone }: SaleMoment, { count, random }: { count: number; random: SeededRandom }): void {
    const waiting = line.joined - line.served;
    for (let i = 0; i < count && waiting > 0; i++) {
      const number = line.served + 1 + Math.floor(random.next() * waiting);
      if (isGone(number)) continue;
      const ahead = peopleAhead(line, number);
      const range = statedWait(line, ahead);
      const { seats } = line;
      const chance = seats === undefined ? null : chanceOfTicket({ ...line, seats }, { ahead }).kind;
      this.promised.push({ number, second, low: range?.lowSeconds ?? 0, high: range?.highSeconds ?? 0, chance });
    }
  }

  waits({ calledAt }: SaleOutcome) {
    let [checked, held, early] = [0, 0, 0];
    for (const { number, second, low, high } of this.promised) {
      if (high === 0) continue;
      const called = calledAt[number] ?? -1;
      if (called < 0) continue;
      checked++;
      if (called - second < low) early++;
      else if (called - second <= high) held++;
    }
    return { checked, held, early };
  }

  /** Of those who stayed: who came in found seats or not, who was never called because all was sold did not. */
  chances({ calledAt, found, soldOut, isGone }: SaleOutcome): Record<Chance['kind'], ChanceTold> {
    const counts = { likely: none(), uncertain: none(), unlikely: none() };
    for (const { number, chance } of this.promised) {
      if (chance === null) continue;
      const came = found[number] ?? -1;
      const leftOver = soldOut && (calledAt[number] ?? -1) < 0 && !isGone(number);
      if (came < 0 && !leftOver) continue;
      counts[chance].told++;
      if (came === 1) counts[chance].could++;
    }
    return counts;
  }
}

const none = (): ChanceTold => ({ told: 0, could: 0 });
