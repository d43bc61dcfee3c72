// The chance of a ticket for a fan who waits, from the line document and the people ahead alone. Those before the fan
// take seats as those before them did, more or less; the answer is `likely` or `unlikely` only where that more or less
// does not matter nine times in ten.
import { type LineStanding, minutesUntil, type WaitRange, waitRange } from './people-ahead.ts';

/** Seats of the sale as the line document tells them: free, held and not yet paid, fans inside or called who still
 * seek, and the seats a called fan takes on average (those who take none counted in; null until measured). */
export type SeatsStanding = readonly [free: number, held: number, seeking: number, perFan: number | null];

export type Chance = {
  readonly kind: 'likely' | 'uncertain' | 'unlikely';
  readonly free: number;
  readonly held: number;
  /** Fans who choose before this one: those who seek now, and those ahead who will not have given up. */
  readonly fansBefore: number;
  /** The seats these are expected to take. */
  readonly seatsBefore: number;
};

const Z_90 = 1.2816; // nine times in ten on one side
const DISPERSION = 1.3; // variance of the seats a fan takes, as a share of their mean: parties of one to four, some none
const DRIFT = 0.12; // what those to come take may differ from what those before took by this much
const UNMEASURED = { low: 0.5, high: 3 }; // seats per fan

export function chanceOfTicket(
  line: Pick<LineStanding, 'ratePerMinute'> & { readonly seats: SeatsStanding },
  { ahead, wanted = 1 }: { readonly ahead: number; readonly wanted?: number },
): Chance {
  const [free, held, seeking, perFan] = line.seats;
  const fansBefore = seeking + calledBefore(line, ahead);
  const [low, high] = perFan === null ? [UNMEASURED.low, UNMEASURED.high] : [perFan, perFan];
  const most = taken(fansBefore, high);
  const least = taken(fansBefore, low);
  // Of the seats held some come back. For `likely` none need to, `unlikely` holds even if all do.
  const likely = free - most.mean - Z_90 * most.deviation >= wanted;
  const unlikely = free + held - least.mean + Z_90 * least.deviation < wanted;
  return {
    kind: likely ? 'likely' : unlikely ? 'unlikely' : 'uncertain',
    free,
    held,
    fansBefore: Math.round(fansBefore),
    seatsBefore: Math.round((least.mean + most.mean) / 2),
  };
}

/**
 * The range of time a fan is told, four times in five true. Null while the pace is not known, and for a fan who cannot
 * count on a ticket: near the end calls wait for seats that others give back, and nobody knows when that will be.
 */
export function statedWait(
  line: Pick<LineStanding, 'ratePerMinute'> & { readonly seats?: SeatsStanding | undefined },
  ahead: number,
): WaitRange | null {
  return isWaitStated(line, ahead) ? waitRange(line, ahead) : null;
}

/** Whether the fan is told the range: statedWait(), for who has the range already. */
export function isWaitStated({ ratePerMinute, seats }: Parameters<typeof statedWait>[0], ahead: number): boolean {
  if (seats === undefined) return true;
  const { kind } = chanceOfTicket({ ratePerMinute, seats }, { ahead });
  const isMeasured = seats[3] !== null; // at first nearly everybody is uncertain, and the seats hold nobody up yet
  return kind === 'likely' || (kind === 'uncertain' && !isMeasured);
}

/** Of those ahead some give up before their turn. */
function calledBefore({ ratePerMinute }: Pick<LineStanding, 'ratePerMinute'>, ahead: number): number {
  if (ratePerMinute === null || ratePerMinute.mean <= 0) return ahead;
  return Math.min(ahead, ratePerMinute.mean * minutesUntil(ratePerMinute, ahead));
}

function taken(fans: number, perFan: number): { readonly mean: number; readonly deviation: number } {
  const mean = fans * perFan;
  return { mean, deviation: Math.hypot(Math.sqrt(mean * DISPERSION), mean * DRIFT) };
}
