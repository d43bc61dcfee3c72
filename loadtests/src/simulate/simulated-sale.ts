// One sale in simulated seconds: the rules and the client code are the product's own, only time and people are made up.
// Everybody is there at the opening. Some leave while they wait, half of those with a word, half without.
import {
  type AdmissionSettings,
  callRate,
  GhostMap,
  howManyToCall,
  type LineStanding,
  type Outflow,
  packGhosts,
  peopleAhead,
  RATE_WINDOW_MS,
  refreshAfterSeconds,
  silenceAllowedSeconds,
  waitRange,
} from '@onsale/domain';
import type { SeededRandom } from '../seeded-random.ts';
import { TimeWheel } from './time-wheel.ts';

export type SaleShape = {
  readonly fans: number;
  readonly ratePerMinute: number;
  /** Share of the fans who give up before their turn. */
  readonly leaving: number;
  /** Share of called fans who never come in. */
  readonly noShows: number;
  readonly maxActive: number;
  /** Mean seconds inside the shop; each stay is drawn from an exponential distribution. */
  readonly staySeconds: number;
};

/** What observers may look at each second. */
export type SaleMoment = {
  readonly second: number;
  readonly line: LineStanding;
  readonly ghosts: GhostMap;
  /** Messages of all fans in this second. */
  readonly messages: number;
  isGone(number: number): boolean;
};

export type SaleOutcome = {
  readonly seconds: number;
  readonly called: number;
  /** Fans called after somebody behind them who was there all the time. */
  readonly overtaken: number;
  /** Second of the call, by number; −1 for those never called. */
  readonly calledAt: Int32Array;
};

export const REFRESH = { share: 0.1, minSeconds: 2, maxSeconds: 1800 };
const CALL_WINDOW_SECONDS = 120;
const LONGEST_SECONDS = 5_000_000;

export function simulateSale(
  shape: SaleShape,
  random: SeededRandom,
  observe: (moment: SaleMoment) => void,
): SaleOutcome {
  const sale = new SimulatedSale(shape, random);
  let second = 0;
  for (; !sale.isOver() && second < sale.horizon; second++) observe(sale.tick(second));
  return { seconds: second, called: sale.called, overtaken: sale.overtaken, calledAt: sale.calledAt };
}

class SimulatedSale {
  readonly horizon: number;
  readonly calledAt: Int32Array;
  called = 0;
  overtaken = 0;
  private readonly shape: SaleShape;
  private readonly random: SeededRandom;
  private readonly settings: AdmissionSettings;
  private readonly ghosts = new GhostMap();
  private readonly gone: Uint8Array;
  private readonly forgivenUntil: Int32Array;
  private readonly messagesDue: TimeWheel;
  private readonly leavesDue: TimeWheel;
  private readonly silenceDue: TimeWheel;
  private readonly slotsDue: TimeWheel;
  private served = 0;
  private inside = 0;
  private credit = 0;
  private goneKnown = 0;
  private outflow: Outflow[] = [];
  private line: LineStanding;

  constructor(shape: SaleShape, random: SeededRandom) {
    const { fans, ratePerMinute, maxActive } = shape;
    this.shape = shape;
    this.random = random;
    const slowest = Math.min(ratePerMinute / 60, maxActive / shape.staySeconds);
    this.horizon = Math.min(LONGEST_SECONDS, Math.ceil((fans / slowest) * 3) + 600);
    const size = { seconds: this.horizon, members: fans };
    [this.messagesDue, this.leavesDue] = [new TimeWheel(size), new TimeWheel(size)];
    [this.silenceDue, this.slotsDue] = [new TimeWheel(size), new TimeWheel(size)];
    this.gone = new Uint8Array(fans + 1);
    this.forgivenUntil = new Int32Array(fans + 1);
    this.calledAt = new Int32Array(fans + 1).fill(-1);
    this.settings = {
      mode: 'automatic',
      ratePerMinute,
      maxActive,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: false,
      autoSlow: false,
    };
    this.line = { served: 0, ghosts: { front: '', blocks: '' }, ratePerMinute: { mean: ratePerMinute, spread: 0.5 } };
    for (let number = 1; number <= fans; number++) {
      const expected = number / slowest;
      this.forgivenUntil[number] = Math.ceil(this.silenceOf(number)) + 31;
      this.messagesDue.add(number, 1 + Math.floor(this.periodOf(number) * random.next()));
      if (random.chance(shape.leaving)) this.leavesDue.add(number, 1 + Math.floor(expected * 0.9 * random.next()));
    }
  }

  isOver(): boolean {
    return this.served >= this.shape.fans;
  }

  tick(second: number): SaleMoment {
    const messages = this.hearMessages(second);
    this.leavesDue.forEachDue(second, (number) => this.leave(number, second));
    this.silenceDue.forEachDue(second, (number) => this.markGhost(number));
    this.slotsDue.forEachDue(second, () => {
      this.inside--;
    });
    this.call(second);
    this.line = {
      served: this.served,
      ghosts: packGhosts(this.ghosts, { served: this.served, last: this.shape.fans }),
      ratePerMinute: callRate(this.outflow, second * 1000) ?? { mean: this.shape.ratePerMinute, spread: 0.5 },
    };
    return { second, line: this.line, ghosts: this.ghosts, messages, isGone: (number) => this.gone[number] === 1 };
  }

  private hearMessages(second: number): number {
    let messages = 0;
    this.messagesDue.forEachDue(second, (number) => {
      if (this.gone[number] === 1 || number <= this.served) return;
      messages++;
      this.forgivenUntil[number] = second + Math.ceil(this.silenceOf(number));
      this.messagesDue.add(number, second + Math.max(1, Math.round(this.periodOf(number))));
    });
    return messages;
  }

  private leave(number: number, second: number): void {
    if (number <= this.served) return;
    this.gone[number] = 1;
    if (this.random.chance(0.5)) this.markGhost(number);
    else this.silenceDue.add(number, Math.max(second, this.forgivenUntil[number] as number) + 1);
  }

  private markGhost(number: number): void {
    if (number <= this.served || this.ghosts.isGhost(number)) return;
    this.ghosts.set(number, true);
    this.goneKnown++;
  }

  private call(second: number): void {
    const { fans, noShows, staySeconds } = this.shape;
    const waiting = fans - this.served - (this.ghosts.countThrough(fans) - this.ghosts.countThrough(this.served));
    const decision = howManyToCall(
      {
        phase: 'open',
        draining: false,
        waiting,
        restoredSecondsAgo: null,
        called: 0,
        active: this.inside,
        choosing: 0,
        stock: null,
        basket: 1,
        noShowRate: null,
        credit: this.credit,
        secondsSinceLast: 1,
        manualCalls: 0,
      },
      this.settings,
    );
    this.credit = decision.credit;
    for (let left = decision.count; left > 0 && this.served < fans; ) {
      this.served++;
      if (this.ghosts.isGhost(this.served)) continue;
      left--;
      this.called++;
      this.calledAt[this.served] = second;
      this.inside++;
      const absent = this.gone[this.served] === 1 || this.random.chance(noShows);
      const stay = absent ? CALL_WINDOW_SECONDS : -Math.log(1 - this.random.next()) * staySeconds;
      this.slotsDue.add(this.served, second + 1 + Math.floor(stay));
    }
    if (waiting === 0) this.served = fans;
    this.remember(second, waiting);
  }

  private remember(second: number, waiting: number): void {
    const at = second * 1000;
    this.outflow.push({ at, served: this.served, called: this.called, gone: this.goneKnown, waiting });
    if (this.outflow.length > (2 * RATE_WINDOW_MS) / 1000) {
      this.outflow = this.outflow.filter((one) => at - one.at <= RATE_WINDOW_MS);
    }
  }

  private waitOf(number: number) {
    return waitRange(this.line, peopleAhead(this.line, number));
  }

  private periodOf(number: number): number {
    return refreshAfterSeconds(REFRESH, { wait: this.waitOf(number), random: this.random.next() });
  }

  private silenceOf(number: number): number {
    return silenceAllowedSeconds(REFRESH, this.waitOf(number));
  }
}
