// One sale in simulated seconds: the rules and the client code are the product's own, only time and people are made up.
import {
  type AdmissionSettings,
  callRate,
  FULL_PACE,
  GhostMap,
  howManyToCall,
  type LineStanding,
  NO_GHOSTS,
  type Outflow,
  packGhosts,
  RATE_WINDOW_MS,
  REFRESH,
  type RefreshRule,
  refreshRule,
  type SeatsStanding,
  secondsToSellOut,
} from '@onsale/domain';
import type { SeededRandom } from '../seeded-random.ts';
import type { SaleShape } from './sale-shape.ts';
import { SimulatedShop } from './simulated-shop.ts';
import { type Messages, WaitingFans } from './waiting-fans.ts';

export type SimulatedDocument = LineStanding & {
  readonly epoch: number;
  readonly back: number;
  readonly refresh: RefreshRule;
  readonly seats: SeatsStanding | undefined;
  /** Second in which everybody could know that nothing is left; null before. */
  readonly soldOutAt: number | null;
};

/** What observers may look at each second. */
export type SaleMoment = {
  readonly second: number;
  readonly line: SimulatedDocument;
  readonly ghosts: GhostMap;
  /** Of all fans since the beginning. */
  readonly messages: Messages;
  isGone(number: number): boolean;
};

export type SaleOutcome = {
  readonly seconds: number;
  readonly called: number;
  readonly sold: number;
  /** Fans who were there and whom the calls passed over. */
  readonly overtaken: number;
  readonly wronglyGone: number;
  readonly jumps: number;
  /** Seconds after which those still waiting knew that all was sold. */
  readonly toldOfEnd: readonly number[];
  /** Of these, of those who had not been told before that a ticket is unlikely. */
  readonly toldWithHope: readonly number[];
  /** Second of the call, by number; −1 for those never called. */
  readonly calledAt: Int32Array;
  /** By number: 1 found seats, 0 found none, −1 never chose. */
  readonly found: Int8Array;
  readonly soldOut: boolean;
  isGone(number: number): boolean;
};

const LONGEST_SECONDS = 5_000_000;
const EXPECTED_PER_FAN = 1.5;
const GUESSED_SPREAD = 0.5;
const END_TOLD_SECONDS = 1900; // longer than the longest period

export function simulateSale(
  shape: SaleShape,
  random: SeededRandom,
  observe: (moment: SaleMoment) => void,
): SaleOutcome {
  const sale = new SimulatedSale(shape, random);
  let second = 0;
  for (; !sale.isOver(second) && second < sale.horizon; second++) observe(sale.tick(second));
  return sale.outcome(second);
}

class SimulatedSale {
  readonly horizon: number;
  private readonly calledAt: Int32Array;
  private called = 0;
  private overtaken = 0;
  private readonly shape: SaleShape;
  private readonly random: SeededRandom;
  private readonly settings: AdmissionSettings;
  private readonly ghosts = new GhostMap();
  private readonly fans: WaitingFans;
  private readonly shop: SimulatedShop;
  private served = 0;
  private joined = 0;
  private credit = 0;
  private soldOutAt: number | null = null;
  private outflow: Outflow[] = [];
  private stockFlow: { at: number; free: number }[] = [];
  private line: SimulatedDocument;

  constructor(shape: SaleShape, random: SeededRandom) {
    const { fans, ratePerMinute, maxActive, staySeconds, restWithinSeconds } = shape;
    this.shape = shape;
    this.random = random;
    const slowest = Math.min(ratePerMinute / 60, maxActive / staySeconds);
    this.horizon = Math.min(LONGEST_SECONDS, Math.ceil((fans / slowest) * 3) + restWithinSeconds + END_TOLD_SECONDS);
    this.shop = new SimulatedShop(shape, { random, seconds: this.horizon });
    this.fans = new WaitingFans({ shape, random, ghosts: this.ghosts, seconds: this.horizon, pace: slowest });
    this.calledAt = new Int32Array(fans + 1).fill(-1);
    this.settings = {
      mode: 'automatic',
      ratePerMinute,
      maxActive,
      floor: 0,
      ceiling: 0,
      noShowCompensation: false,
      stockAware: true,
      autoSlow: false,
    };
    this.line = this.document({ second: 0, ghosts: NO_GHOSTS });
    const before = Math.round(fans * shape.joinedBeforeOpening);
    this.line = { ...this.line, joined: before };
    for (let number = 1; number <= before; number++) {
      this.fans.join(number, { second: 0, document: this.line, beforehand: true });
    }
    this.joined = before;
  }

  isOver(second: number): boolean {
    if (this.soldOutAt !== null) return second > this.soldOutAt + END_TOLD_SECONDS;
    return this.served >= this.shape.fans;
  }

  tick(second: number): SaleMoment {
    this.letJoin(second);
    this.fans.tick({ second, document: this.line });
    this.shop.tick(second);
    this.call(second);
    if (this.shop.isSoldOut && this.soldOutAt === null) {
      this.soldOutAt = second;
      this.fans.hearEnd({ ...this.line, served: this.served, joined: this.joined });
    }
    this.line = this.document({
      second,
      ghosts: packGhosts(this.ghosts, { served: this.served, last: this.joined }),
    });
    const isGone = (number: number) => this.fans.isGone(number);
    return { second, line: this.line, ghosts: this.ghosts, messages: this.fans.messages, isGone };
  }

  outcome(seconds: number): SaleOutcome {
    const { wronglyGone, jumps, toldOfEnd, toldWithHope } = this.fans;
    return {
      seconds: this.soldOutAt ?? seconds,
      called: this.called,
      sold: this.shop.sold,
      overtaken: this.overtaken,
      wronglyGone,
      jumps,
      toldOfEnd,
      toldWithHope,
      calledAt: this.calledAt,
      found: this.shop.found,
      soldOut: this.soldOutAt !== null,
      isGone: (number) => this.fans.isGone(number),
    };
  }

  private letJoin(second: number): void {
    if (this.soldOutAt !== null) return;
    const { fans, joinedBeforeOpening, restWithinSeconds } = this.shape;
    const share = joinedBeforeOpening + (1 - joinedBeforeOpening) * Math.min(1, (second + 1) / restWithinSeconds);
    const due = Math.round(fans * share);
    while (this.joined < due) {
      this.joined++;
      this.fans.join(this.joined, { second, document: { ...this.line, joined: this.joined }, beforehand: false });
    }
  }

  private call(second: number): void {
    const { fans, noShows } = this.shape;
    const { shop, ghosts } = this;
    const waiting = this.joined - this.served - (ghosts.countThrough(this.joined) - ghosts.countThrough(this.served));
    const { hasStock, free, held, sold, called, active, choosing } = shop;
    const decision = howManyToCall(
      {
        phase: shop.isSoldOut ? 'sold_out' : 'open',
        draining: false,
        waiting,
        restoredSecondsAgo: null,
        called,
        active,
        choosing,
        stock: hasStock ? { free, openHolds: held, sold } : null,
        basket: shop.basketMean ?? EXPECTED_PER_FAN,
        noShowRate: null,
        credit: this.credit,
        secondsSinceLast: 1,
        shopDelayMs: null,
        pace: FULL_PACE,
        roomOn: true,
        manualCalls: 0,
      },
      this.settings,
    );
    this.credit = decision.credit;
    for (let left = decision.count; left > 0 && this.served < this.joined; ) {
      this.served++;
      if (ghosts.isGhost(this.served)) {
        if (!this.fans.isGone(this.served)) this.overtaken++;
        continue;
      }
      left--;
      this.called++;
      this.calledAt[this.served] = second;
      const comesIn = !this.fans.isGone(this.served) && !this.random.chance(noShows);
      shop.call(this.served, { second, comesIn });
    }
    if (waiting === 0 && this.joined === fans) this.served = fans;
    this.remember(second, waiting);
  }

  private remember(second: number, waiting: number): void {
    const at = second * 1000;
    const gone = this.ghosts.countThrough(this.joined);
    const inside = this.shop.called + this.shop.active;
    const slots = this.shape.maxActive;
    this.outflow.push({ at, served: this.served, called: this.called, gone, waiting, inside, slots });
    if (this.outflow.length > (2 * RATE_WINDOW_MS) / 1000) {
      this.outflow = this.outflow.filter((one) => at - one.at <= RATE_WINDOW_MS);
    }
    if (!this.shop.hasStock) return;
    this.stockFlow.push({ at, free: this.shop.free });
    if (this.stockFlow.length > 2 * FLOW_SECONDS) this.stockFlow = this.stockFlow.slice(-FLOW_SECONDS);
  }

  private document({ second, ghosts }: { second: number; ghosts: LineStanding['ghosts'] }): SimulatedDocument {
    const { shop, served, joined } = this;
    const { ratePerMinute } = this.shape;
    const perFan = shop.perCalledFan;
    const seats: SeatsStanding = [shop.free, shop.held, shop.called + shop.choosing, perFan];
    return {
      served,
      joined,
      epoch: 1,
      back: this.fans.back,
      ghosts,
      ratePerMinute: callRate(this.outflow, second * 1000) ?? { mean: ratePerMinute, spread: GUESSED_SPREAD },
      refresh: shop.hasStock ? this.refresh(second, perFan) : REFRESH,
      seats: shop.hasStock ? seats : undefined,
      soldOutAt: this.soldOutAt,
    };
  }

  private refresh(second: number, perFan: number | null): RefreshRule {
    const { shop, joined, served } = this;
    const gone = this.ghosts.countThrough(joined) - this.ghosts.countThrough(served);
    const sellOut = secondsToSellOut({
      free: shop.free,
      flow: this.stockFlow,
      now: second * 1000,
      ratePerMinute: this.shape.ratePerMinute,
      perFan: perFan ?? EXPECTED_PER_FAN,
      seeking: shop.called + shop.choosing,
    });
    return refreshRule({ phase: 'open', joined, waiting: joined - served - gone, secondsToSellOut: sellOut });
  }
}

const FLOW_SECONDS = 60;
