// The simulations of `npm run simulate`, and what is printed of each.
import type { Chance } from '@onsale/domain';
import type { ProfileName } from '../profiles.ts';
import { type SeededRandom, seededRandom } from '../seeded-random.ts';
import { AheadCheck, type ChanceTold, MessageCount, PromiseCheck } from './observers.ts';
import { anySale, profileSale, type SaleShape, servedLine } from './sale-shape.ts';
import { type SaleOutcome, simulateSale } from './simulated-sale.ts';

export type Report = { readonly title: string; readonly lines: readonly string[] };

const LOOKS = 40; // moments of a sale at which people-ahead is checked
const AHEAD_SAMPLE = 2_000;
const PROMISES_EVERY_SECONDS = 30;
const PROMISES = 5;
const MEASURED_FROM_SECOND = 60;

/** How those who give up go: their share, and of those who go without a word the share whose page says so. */
export type Leavers = { readonly leaving: number; readonly pagesSaySo: number };
type Line = Leavers & { readonly fans: number; readonly minutes: number; readonly seed: number };

/** P5 and P6: everybody is called or gives up. */
export function servedWholeLine({ fans, minutes, seed, ...leavers }: Line): Report {
  const shape = servedLine({ fans, minutes, ...leavers });
  const run = watched(shape, { random: seededRandom(seed, fans), looksEvery: Math.floor((minutes * 60) / LOOKS) });
  const { outcome, ahead } = run;
  return {
    title: `${fans} fans, ${shape.ratePerMinute} calls a minute, ${Math.round(outcome.seconds / 60)} minutes, ${outcome.called} called (simulated in ${run.took} s)`,
    lines: [
      ...messageLines(shape, run),
      `P6 front    ${ahead.frontWrong} wrong of ${ahead.frontChecked} within the front 200 (goal 0)`,
      `P6 beyond   99th percentile of the error ${percent(quantile(ahead.errors, 0.99))} against those not known to be gone (goal <= 1 %)`,
      `            ${percent(quantile(ahead.errorsAgainstPeople, 0.99))} against those really there, before their silence is noticed`,
      ...orderLines(outcome),
    ],
  };
}

type Sale = Leavers & {
  readonly profile: ProfileName;
  readonly fans: number | null;
  readonly seed: number;
};

/** A sale that runs out of seats while most are still waiting. */
export function oneSale({ profile, fans, seed, ...leavers }: Sale): Report {
  const shape = profileSale(profile, { fans, ...leavers });
  const run = watched(shape, { random: seededRandom(seed, shape.fans), looksEvery: 15 });
  const { outcome, ahead, promises } = run;
  const waits = [...outcome.calledAt].filter((at) => at >= 0);
  const told = outcome.toldOfEnd;
  const held = promises.waits(outcome);
  return {
    title: `${profile}: ${shape.fans} fans for ${shape.seats} seats; ${outcome.sold} sold in ${outcome.seconds} s, ${outcome.called} called (simulated in ${run.took} s)`,
    lines: [
      `waits       p50 ${quantile(waits, 0.5)} s, p95 ${quantile(waits, 0.95)} s, p99 ${quantile(waits, 0.99)} s from the opening to the call`,
      ...messageLines(shape, run),
      `sold out    told to ${told.length} who waited: half within ${quantile(told, 0.5)} s, 99 in 100 within ${quantile(told, 0.99)} s, the last after ${quantile(told, 1)} s`,
      `            ${outcome.toldWithHope.length} of them had not been told before that a ticket is unlikely: the last of these after ${quantile(outcome.toldWithHope, 1)} s`,
      `ahead       ${ahead.frontWrong} wrong of ${ahead.frontChecked} in front, 99th percentile of the error beyond ${percent(quantile(ahead.errors, 0.99))}`,
      `waits held  ${share(held.held, held.checked)} of the stated ranges`,
      ...chanceLines(promises.chances(outcome)),
      ...orderLines(outcome),
    ],
  };
}

/** P7, and the calibration of chances. */
export function manySales({ sales, seed, ...leavers }: Leavers & { sales: number; seed: number }): Report {
  let [overtaken, wronglyGone, jumps] = [0, 0, 0];
  const waits = new Map<string, WaitsHeld>();
  const chances = { likely: { told: 0, could: 0 }, uncertain: { told: 0, could: 0 }, unlikely: { told: 0, could: 0 } };
  for (let sale = 0; sale < sales; sale++) {
    const random = seededRandom(seed, sale + 1);
    const promises = new PromiseCheck();
    const shape = anySale(random, leavers);
    const outcome = simulateSale(shape, random, (moment) => {
      if (moment.line.soldOutAt !== null || moment.second < MEASURED_FROM_SECOND) return;
      if (moment.second % PROMISES_EVERY_SECONDS === 0) promises.see(moment, { count: PROMISES, random });
    });
    const kind = kindOf(shape, outcome);
    waits.set(kind, added(waits.get(kind) ?? NO_WAITS, promises.waits(outcome)));
    overtaken += outcome.overtaken;
    wronglyGone += outcome.wronglyGone;
    jumps += outcome.jumps;
    for (const [kind, { told, could }] of entries(promises.chances(outcome))) {
      chances[kind].told += told;
      chances[kind].could += could;
    }
  }
  return {
    title: `${sales} sales of 500 to 4,000 fans`,
    lines: [
      `P7          ${waitsLine([...waits.values()].reduce(added, NO_WAITS))} (goal 75 to 85 %)`,
      ...[...waits.keys()].sort().map((kind) => `            ${kind}: ${waitsLine(waits.get(kind) ?? NO_WAITS)}`),
      ...chanceLines(chances),
      ...orderLines({ overtaken, wronglyGone, jumps }),
    ],
  };
}

type WaitsHeld = ReturnType<PromiseCheck['waits']>;
const NO_WAITS: WaitsHeld = { checked: 0, held: 0, early: 0 };
const added = (one: WaitsHeld, other: WaitsHeld): WaitsHeld => ({
  checked: one.checked + other.checked,
  held: one.held + other.held,
  early: one.early + other.early,
});

function waitsLine({ checked, held, early }: WaitsHeld): string {
  const late = checked - held - early;
  return `${share(held, checked)} of ${checked} stated ranges held; ${share(early, checked)} were called earlier, ${share(late, checked)} later`;
}

/** What holds the calls up: the rate that is set, or the shop, which lets in only as many as leave it. */
function kindOf({ ratePerMinute, maxActive, staySeconds }: SaleShape, { soldOut }: SaleOutcome): string {
  const pace = maxActive / staySeconds < ratePerMinute / 60 ? 'as the shop empties' : 'at the set rate     ';
  return `${pace}, ${soldOut ? 'sold out     ' : 'never sold out'}`;
}

type Watched = {
  readonly outcome: SaleOutcome;
  readonly messages: MessageCount;
  readonly ahead: AheadCheck;
  readonly promises: PromiseCheck;
  readonly kinds: string;
  /** Real seconds. */
  readonly took: number;
};

function watched(shape: SaleShape, { random, looksEvery }: { random: SeededRandom; looksEvery: number }): Watched {
  const from = performance.now();
  const [messages, ahead, promises] = [new MessageCount(), new AheadCheck(), new PromiseCheck()];
  let kinds = '';
  const every = Math.max(1, looksEvery);
  // What observers choose by chance must not change the sale they look at.
  const eyes = seededRandom(shape.fans, 1);
  const outcome = simulateSale(shape, random, (moment) => {
    messages.see(moment);
    const { fetches, checkIns, pushes, places } = moment.messages;
    kinds = `${fetches} fetches, ${checkIns} check-ins, ${pushes} by socket, ${places} places read`;
    if (moment.line.soldOutAt !== null || moment.second % every !== 0 || moment.second === 0) return;
    promises.see(moment, { count: PROMISES, random: eyes });
    if (moment.second > MEASURED_FROM_SECOND || shape.seats !== null) {
      ahead.see(moment, { sample: AHEAD_SAMPLE, random: eyes });
    }
  });
  return { outcome, messages, ahead, promises, kinds, took: Math.round((performance.now() - from) / 1000) };
}

function messageLines({ fans, ratePerMinute, seats }: SaleShape, { outcome, messages, kinds }: Watched): string[] {
  // Calls may come slower than the rate that is set; the bound is that of the calls that were made.
  const madePerMinute = seats === null ? ratePerMinute : (outcome.called / outcome.seconds) * 60;
  const { mean, peak, bound, total } = messages.report({
    fans,
    ratePerMinute: madePerMinute,
    seconds: outcome.seconds,
  });
  return [
    `messages    ${total} in all (${kinds}), ${mean.toFixed(0)}/s on average, ${peak.toFixed(0)}/s in the busiest 10 s`,
    seats === null
      ? `P5          ${(mean / bound).toFixed(2)} of the bound on average, ${(peak / bound).toFixed(2)} at the peak (goal <= 1.2)`
      : `P5          bound ${bound.toFixed(0)}/s for the calls that were made; it does not know of telling ${fans} fans of the end`,
  ];
}

function chanceLines(chances: Readonly<Record<Chance['kind'], ChanceTold>>): string[] {
  const goals = { likely: ' (goal >= 90 %)', uncertain: '', unlikely: ' (goal <= 10 %)' };
  return entries(chances).map(
    ([kind, { told, could }]) =>
      `chance      told ${kind.padEnd(9)} ${String(told).padStart(6)} times: ${share(could, told)} found seats${goals[kind]}`,
  );
}

function orderLines({ overtaken, wronglyGone, jumps }: Pick<SaleOutcome, 'overtaken' | 'wronglyGone' | 'jumps'>) {
  return [
    `order       ${overtaken} passed over while there, ${wronglyGone} taken for gone although they checked in, ${jumps} positions jumped up without a cause (goal 0)`,
  ];
}

function entries(chances: Readonly<Record<Chance['kind'], ChanceTold>>) {
  return Object.entries(chances) as [Chance['kind'], ChanceTold][];
}

function quantile(values: readonly number[], at: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0;
}

const percent = (value: number) => `${(value * 100).toFixed(2)} %`;
const share = (part: number, whole: number) => (whole === 0 ? 'none' : percent(part / whole));
