// The whole admission policy: how many fans to call now, and why, in words an operator reads. Pure: the caller brings
// the facts and keeps `credit` and `pace` for the next time.
import type { SalePhase } from '../sale/phase.ts';
import { FULL_PACE, nextPace, type Pace } from './pace.ts';

export type AdmissionSettings = {
  /** `manual`: nobody is called but by an operator's hand. */
  readonly mode: 'automatic' | 'manual';
  readonly ratePerMinute: number;
  /** Slots of the shop: fans inside and fans called who may still come in. */
  readonly maxActive: number;
  readonly floor: number;
  readonly ceiling: number;
  readonly noShowCompensation: boolean;
  readonly stockAware: boolean;
  /** Slow down while the shop's booking path takes longer than the target. */
  readonly autoSlow: boolean;
  /** For `autoSlow`; DELAY_TARGET_MS where it is not set. */
  readonly delayTargetMs?: number | undefined;
};

/** A fan who asks for seats holds them within a second. */
export const DELAY_TARGET_MS = 1000;

export type StockFacts = {
  /** Seats nobody holds or has bought. */
  readonly free: number;
  /** Seats held and not yet paid. */
  readonly openHolds: number;
  readonly sold: number;
};

export type AdmissionFacts = {
  readonly phase: SalePhase;
  readonly draining: boolean;
  /** Fans with a number who have not been called and are not known to be gone. */
  readonly waiting: number;
  /** Null unless the line was lost and restored: then how long ago. */
  readonly restoredSecondsAgo: number | null;
  /** Called, and may still come in. */
  readonly called: number;
  /** Slots in use. */
  readonly active: number;
  /** Of these, inside for less than a minute and so probably still without seats. */
  readonly choosing: number;
  /** Null while the shop cannot be asked. */
  readonly stock: StockFacts | null;
  /** Measured seats per fan who holds or bought. */
  readonly basket: number;
  /** Measured share of called fans who never came in; null while nothing was measured. */
  readonly noShowRate: number | null;
  /** What the rate has allowed and was not used yet, in calls. */
  readonly credit: number;
  readonly secondsSinceLast: number;
  /** Measured from an accepted booking request to its outcome, ms; null while no booking was seen lately. */
  readonly shopDelayMs: number | null;
  /** What the last decision returned; FULL_PACE at first. */
  readonly pace: Pace;
  /** False while the waiting room is off: then nobody is made to wait but by a full shop. */
  readonly roomOn: boolean;
  /** Calls an operator asked for by hand and that were not made yet. */
  readonly manualCalls: number;
};

export type AdmissionDecision = {
  readonly count: number;
  /** To be handed in as `credit` the next time. */
  readonly credit: number;
  /** To be handed in as `pace` the next time. */
  readonly pace: Pace;
  readonly reason: string;
};

const BURST_SECONDS = 2; // unused rate is kept this long: enough for an uneven tick, too little for a rush
const RESTORE_GRACE_SECONDS = 6; // two rounds of the front's check-in: who has not been heard of by then is away
const STOCK_MARGIN = 1.5; // some of those called buy nothing, so call for more than the seats left

export function howManyToCall(facts: AdmissionFacts, settings: AdmissionSettings): AdmissionDecision {
  const pace = settings.autoSlow ? paceOf(facts, settings) : FULL_PACE;
  const closed = whyNobody(facts);
  if (closed !== null) return { count: 0, credit: 0, pace, reason: closed };
  if (facts.manualCalls > 0) return { ...callByHand(facts, settings), pace };
  if (!facts.roomOn) return { ...letEverybodyIn(facts, settings), pace };
  if (settings.mode === 'manual') {
    return { count: 0, credit: 0, pace, reason: 'Manual mode: an operator calls by hand.' };
  }
  const rate = effectiveRate(facts, { settings, pace });
  const perSecond = rate / 60;
  const burst = Math.max(1, perSecond * BURST_SECONDS);
  const credit = Math.min(burst, facts.credit + perSecond * facts.secondsSinceLast);
  const allowed = Math.floor(credit);
  const limits = [
    { count: allowed, reason: rateReason({ facts, settings, pace, rate, allowed }) },
    { count: facts.waiting, reason: 'Everybody who waits is called.' },
    roomInShop(facts, settings),
    ...(settings.stockAware ? [stockLimit(facts)] : []),
  ];
  const tightest = limits.reduce((least, limit) => (limit.count < least.count ? limit : least));
  return { count: tightest.count, credit: credit - tightest.count, pace, reason: tightest.reason };
}

/** The safety net lies ready: neither rate nor hand keeps anybody, only what the shop can hold. */
function letEverybodyIn(facts: AdmissionFacts, settings: AdmissionSettings): Omit<AdmissionDecision, 'pace'> {
  const room = roomInShop(facts, settings);
  if (room.count < facts.waiting) return { ...room, credit: 0 };
  return { count: facts.waiting, credit: 0, reason: 'The waiting room is off: everybody is let in.' };
}

/**
 * Shadow mode: what automatic control with all its senses would do now, whatever the operator has switched off. Hand in
 * the credit and the pace of the last such answer. Null where it is what is done anyway.
 */
export function whatAutomaticWouldDo(facts: AdmissionFacts, settings: AdmissionSettings): AdmissionDecision | null {
  const { mode, autoSlow, stockAware, noShowCompensation } = settings;
  if (mode === 'automatic' && autoSlow && stockAware && noShowCompensation) return null;
  return howManyToCall(
    { ...facts, manualCalls: 0 },
    { ...settings, mode: 'automatic', autoSlow: true, stockAware: true, noShowCompensation: true },
  );
}

function paceOf({ pace, shopDelayMs, secondsSinceLast }: AdmissionFacts, settings: AdmissionSettings): Pace {
  return nextPace(pace, {
    delayMs: shopDelayMs,
    targetMs: settings.delayTargetMs ?? DELAY_TARGET_MS,
    floor: settings.ratePerMinute > 0 ? settings.floor / settings.ratePerMinute : 1,
    seconds: secondsSinceLast,
  });
}

type RateFacts = {
  readonly facts: AdmissionFacts;
  readonly settings: AdmissionSettings;
  readonly pace: Pace;
  readonly rate: number;
  readonly allowed: number;
};

function rateReason({ facts, settings, pace, rate, allowed }: RateFacts): string {
  if (pace.share === 1) return `The rate of ${round(rate)} per minute allows ${allowed} now.`;
  const { shopDelayMs } = facts;
  const target = settings.delayTargetMs ?? DELAY_TARGET_MS;
  const why =
    shopDelayMs === null ? 'The shop was slow' : `A booking takes ${Math.round(shopDelayMs)} ms (target ${target} ms)`;
  return `${why}: slowed to ${round(rate)} of ${round(settings.ratePerMinute)} per minute, which allows ${allowed} now.`;
}

function whyNobody(facts: AdmissionFacts): string | null {
  if (facts.phase === 'paused') return 'Paused by an operator.';
  if (facts.phase === 'sold_out') return 'Sold out.';
  if (facts.phase !== 'open') return `The sale is not open (${facts.phase}).`;
  if (facts.draining) return 'Draining: those inside finish, nobody new is called.';
  if (facts.restoredSecondsAgo !== null && facts.restoredSecondsAgo < RESTORE_GRACE_SECONDS) {
    return 'The line was just restored: fans are given time to show their places.';
  }
  return facts.waiting === 0 ? 'Nobody is waiting.' : null;
}

function callByHand(facts: AdmissionFacts, settings: AdmissionSettings): Omit<AdmissionDecision, 'pace'> {
  const room = roomInShop(facts, settings);
  const count = Math.min(facts.manualCalls, facts.waiting, room.count);
  const reason = count < facts.manualCalls ? room.reason : `An operator called ${count} by hand.`;
  return { count, credit: 0, reason };
}

/** The configured rate at the pace the shop bears, raised for those who do not come in, inside floor and ceiling. */
function effectiveRate(
  { noShowRate }: AdmissionFacts,
  { settings, pace }: { readonly settings: AdmissionSettings; readonly pace: Pace },
): number {
  const noShow = settings.noShowCompensation ? Math.min(0.5, noShowRate ?? 0) : 0;
  const ceiling = settings.ceiling > 0 ? settings.ceiling : Number.POSITIVE_INFINITY;
  return Math.min(ceiling, Math.max(settings.floor, (settings.ratePerMinute * pace.share) / (1 - noShow)));
}

type Limit = { readonly count: number; readonly reason: string };

function roomInShop({ active, called }: AdmissionFacts, { maxActive }: AdmissionSettings): Limit {
  const room = Math.max(0, maxActive - active - called);
  const inside = `${active} inside and ${called} called`;
  return {
    count: room,
    reason: room === 0 ? `The shop is full: ${inside} of ${maxActive}.` : `Room for ${room} more: ${inside}.`,
  };
}

/** No more fans than could still find a seat: those called, and those who just came in, reach for the seats first. */
function stockLimit({ stock, basket, called, choosing }: AdmissionFacts): Limit {
  if (stock === null) return { count: Number.POSITIVE_INFINITY, reason: 'Stock unknown.' };
  if (stock.free === 0) return { count: 0, reason: `No seat is free; ${stock.openHolds} are held and may come back.` };
  const size = Math.max(1, basket);
  const seekers = Math.ceil((stock.free / size) * STOCK_MARGIN);
  // Who holds seats has chosen; those holds belong mostly to fans who came in lately.
  const stillChoosing = Math.max(0, choosing - Math.ceil(stock.openHolds / size));
  return {
    count: Math.max(0, seekers - called - stillChoosing),
    reason: `${stock.free} seats are free for ${called} called and ${stillChoosing} who still choose.`,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
