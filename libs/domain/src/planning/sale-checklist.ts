// The checklist of a planned sale: every mistake that is cheap before publishing and dear at the opening. Each check says
// what it looked at, also when all is well; a fault keeps the sale from being published, a warning does not.
import type { SaleLimits } from '../booking/booking-world.ts';
import type { Fault } from '../catalogue/fault.ts';
import { saleFaults } from '../catalogue/sale-faults.ts';
import { allocationFaults } from './allocation-faults.ts';
import { clockMovesBetween, isShownTwice, type OffsetAt } from './clock-edges.ts';

export const saleChecks = {
  performances: 'Every performance belongs to the event, is free, and takes place after the sale.',
  stock: 'There is something to sell.',
  prices: 'Every place has a price in the currency of the sale.',
  phases: 'Pre-queue, opening and closing of each phase follow each other, and phases do not overlap.',
  prequeue: 'Fans have time to come before each opening.',
  clock: 'No time is shown twice by a clock that is put back.',
  codes: 'Who needs a code can have one.',
  limits: 'Limits fit each other and what there is.',
  times: 'Holds, passes and calls are as long as buying takes.',
  admission: 'Somebody will be called.',
  allocations: 'What is kept back is there, for somebody who comes.',
} as const;
export type SaleCheck = keyof typeof saleChecks;

export type ChecklistEntry = {
  readonly check: SaleCheck;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly findings: readonly Fault[];
};

export type PlannedPhase = {
  readonly kind: 'presale' | 'general';
  readonly needsCode: boolean;
  readonly prequeueOpensAt: number;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly seatsPerFan?: number | undefined;
};
export type PlannedAllocation = {
  readonly performanceId: string;
  readonly items: readonly (
    | { readonly seatIds: readonly string[] }
    | { readonly categoryId: string; readonly quantity: number }
  )[];
  /** Index of a phase or a code set of this plan; a channel is known elsewhere. */
  readonly audience: { readonly kind: 'phase' | 'code_set' | 'channel'; readonly index: number } | null;
};
export type PlannedSale = {
  readonly currency: string;
  readonly phases: readonly PlannedPhase[];
  readonly limits: SaleLimits;
  readonly holdSeconds: number;
  readonly holdMaxSeconds?: number | undefined;
  readonly callWindowSeconds: number;
  readonly passSeconds: number;
  readonly identity: string;
  readonly admission: {
    readonly ratePerMinute: number;
    readonly maxActive: number;
    readonly floor: number;
    readonly ceiling: number;
  };
  readonly codeSets: readonly {
    readonly count: number;
    readonly usesMax: number;
    readonly phases: readonly number[];
  }[];
  readonly allocations: readonly PlannedAllocation[];
};
export type PlannedPerformance = {
  readonly id: string;
  readonly belongsToEvent: boolean;
  readonly saleId: string | null;
  readonly startsAt: number;
  readonly isCancelled: boolean;
  readonly categories: readonly {
    readonly id: string;
    readonly capacity: number;
    readonly price: { readonly amount: number; readonly currency: string };
  }[];
  /** Category by seat; empty without numbered seats. */
  readonly seats: ReadonlyMap<string, string>;
};
export type SaleSurroundings = {
  readonly performances: readonly PlannedPerformance[];
  /** Of the venue. */
  readonly offsetAt: OffsetAt;
  /** Milliseconds since 1970. */
  readonly now: number;
};

type Finding = Fault & { readonly check: SaleCheck; readonly isWarning: boolean };

export function saleChecklist(sale: PlannedSale, surroundings: SaleSurroundings): readonly ChecklistEntry[] {
  const findings = [
    ...faultsOfTheShop(sale, surroundings),
    ...performanceFindings(surroundings),
    ...priceFindings(surroundings),
    ...phaseFindings(sale, surroundings),
    ...codeFindings(sale),
    ...limitFindings(sale, surroundings),
    ...timeFindings(sale),
    ...allocationFaults(sale, surroundings).map((one) => fault('allocations', one.field, one.message)),
  ];
  return (Object.keys(saleChecks) as SaleCheck[]).map((check) => {
    const own = findings.filter((one) => one.check === check);
    const state = own.length === 0 ? 'ok' : own.every(({ isWarning }) => isWarning) ? 'warning' : 'fault';
    return { check, state, findings: own.map(({ field, message }) => ({ field, message })) };
  });
}

export const isGreen = (checklist: readonly ChecklistEntry[]): boolean =>
  checklist.every(({ state }) => state !== 'fault');

const fault = (check: SaleCheck, field: string, message: string): Finding => ({
  check,
  field,
  message,
  isWarning: false,
});
const warning = (check: SaleCheck, field: string, message: string): Finding => ({
  ...fault(check, field, message),
  isWarning: true,
});

/** What a sale is refused for in any case, sorted under the checks. */
function faultsOfTheShop(sale: PlannedSale, { performances, now }: SaleSurroundings): readonly Finding[] {
  const onSale = performances.map(({ categories, ...rest }) => ({
    ...rest,
    currencies: categories.map(({ price }) => price.currency),
  }));
  return saleFaults({ ...sale, performances: onSale }, now).map(({ field, message }) =>
    fault(checkOf(field), field, message),
  );
}

function checkOf(field: string): SaleCheck {
  if (field.startsWith('performanceIds')) return 'performances';
  if (field.startsWith('admission')) return 'admission';
  if (field.includes('seatsPer')) return 'limits';
  return field.startsWith('phases') ? 'phases' : 'times';
}

function performanceFindings({ performances }: SaleSurroundings): readonly Finding[] {
  const found: Finding[] = [];
  if (performances.length === 0)
    found.push(fault('performances', 'performanceIds', 'name the performances that are sold'));
  performances.forEach(({ isCancelled, categories }, i) => {
    if (isCancelled) found.push(fault('performances', `performanceIds.${i}`, 'this performance is cancelled'));
    if (categories.length > 0 && categories.every(({ capacity }) => capacity === 0)) {
      found.push(fault('stock', `performanceIds.${i}`, 'this performance has no place to sell'));
    }
  });
  return found;
}

function priceFindings({ performances }: SaleSurroundings): readonly Finding[] {
  return performances.flatMap(({ categories }, i) => {
    const path = `performanceIds.${i}`;
    if (categories.length === 0) return [fault('prices', path, 'this performance has no prices')];
    return categories
      .filter(({ price }) => price.amount === 0)
      .map(({ id }) => warning('prices', path, `category ${id} costs nothing`));
  });
}

const PREQUEUE_MS_MIN = 5 * 60_000;

function phaseFindings({ phases }: PlannedSale, { performances, offsetAt }: SaleSurroundings): readonly Finding[] {
  if (phases.length === 0) return [fault('phases', 'phases', 'a sale has at least one phase')];
  const first = Math.min(...performances.map(({ startsAt }) => startsAt));
  return phases.flatMap((phase, i) => {
    const found: Finding[] = [];
    const next = phases[i + 1];
    const at = (name: string) => `phases.${i}.${name}`;
    if (next !== undefined && next.opensAt < phase.closesAt) {
      found.push(fault('phases', at('closesAt'), 'this phase is still open when the next one opens'));
    }
    if (phase.opensAt >= first) {
      found.push(fault('performances', at('opensAt'), 'a performance has begun before this phase opens'));
    } else if (phase.closesAt > first) {
      found.push(warning('performances', at('closesAt'), 'this phase is open after the first performance has begun'));
    }
    const gathering = phase.opensAt - phase.prequeueOpensAt;
    if (gathering >= 0 && gathering < PREQUEUE_MS_MIN) {
      found.push(warning('prequeue', at('prequeueOpensAt'), 'the pre-queue is open for less than five minutes'));
    }
    for (const name of ['prequeueOpensAt', 'opensAt', 'closesAt'] as const) {
      if (!isShownTwice(phase[name], offsetAt)) continue;
      found.push(fault('clock', at(name), 'the clock is put back then, so this time comes twice; choose another hour'));
    }
    const moved = clockMovesBetween(phase.prequeueOpensAt, phase.opensAt, offsetAt);
    if (moved !== 0) {
      found.push(warning('clock', at('opensAt'), `the clock is moved by ${moved} minutes while fans gather`));
    }
    return found;
  });
}

function codeFindings({ phases, codeSets, identity }: PlannedSale): readonly Finding[] {
  const found: Finding[] = [];
  phases.forEach(({ needsCode }, i) => {
    const isServed = codeSets.some((set) => set.phases.length === 0 || set.phases.includes(i));
    if (needsCode && !isServed) {
      found.push(fault('codes', `phases.${i}.needsCode`, 'this phase needs a code and no set of codes is for it'));
    }
    if (!needsCode && identity === 'code') {
      found.push(fault('codes', `phases.${i}.needsCode`, 'places go by code, so every phase needs one'));
    }
  });
  codeSets.forEach((set, i) => {
    set.phases.forEach((phase, p) => {
      const field = `codeSets.${i}.phases.${p}`;
      if (phases[phase] === undefined) found.push(fault('codes', field, 'the sale has no such phase'));
      else if (!phases[phase].needsCode)
        found.push(warning('codes', field, 'this phase is open to all, also without a code'));
    });
  });
  return found;
}

function limitFindings({ limits, codeSets }: PlannedSale, { performances }: SaleSurroundings): readonly Finding[] {
  const stock = performances.flatMap(({ categories }) => categories).reduce((sum, { capacity }) => sum + capacity, 0);
  const found: Finding[] = [];
  if (stock > 0 && limits.seatsPerBooking > stock) {
    found.push(warning('limits', 'limits.seatsPerBooking', `one booking may have more than the ${stock} there are`));
  }
  codeSets.forEach(({ count, usesMax }, i) => {
    if (stock > 0 && count * usesMax > 20 * stock) {
      found.push(
        warning('limits', `codeSets.${i}.count`, 'there are twenty times as many places in the line as seats'),
      );
    }
  });
  return found;
}

/** Less than this nobody can type an address and a card number in. */
const HOLD_SECONDS_MIN = 60;
const HOLD_SECONDS_USUAL_MAX = 1_800;

function timeFindings({ holdSeconds, callWindowSeconds, phases, admission }: PlannedSale): readonly Finding[] {
  const found: Finding[] = [];
  const shortest = Math.min(...phases.map(({ opensAt, closesAt }) => (closesAt - opensAt) / 1000));
  if (holdSeconds > shortest) found.push(fault('times', 'holdSeconds', 'a hold lasts longer than the shortest phase'));
  if (holdSeconds < HOLD_SECONDS_MIN)
    found.push(warning('times', 'holdSeconds', 'less than a minute is short to pay in'));
  if (holdSeconds > HOLD_SECONDS_USUAL_MAX) {
    found.push(
      warning('times', 'holdSeconds', 'seats that nobody pays are kept from others for more than half an hour'),
    );
  }
  if (callWindowSeconds > shortest) {
    found.push(fault('times', 'callWindowSeconds', 'a call is good for longer than the shortest phase'));
  }
  if (admission.maxActive === 0) found.push(fault('admission', 'admission.maxActive', 'nobody may be inside'));
  if (admission.ratePerMinute === 0) found.push(fault('admission', 'admission.ratePerMinute', 'nobody is ever called'));
  return found;
}
