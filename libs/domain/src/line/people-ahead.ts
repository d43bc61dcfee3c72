// What a fan is told about waiting, computed from the line document and the own number alone: by the page, by the
// server for pages without scripts, by the crowd and by the simulation, all with this code.
import { type GhostDigest, type GhostReader, ghostsAmong, readGhosts } from './ghosts.ts';

/** The part of the line document that tells where the line stands. */
export type LineStanding = {
  readonly served: number;
  readonly joined: number;
  readonly ghosts: GhostDigest;
  readonly ratePerMinute: {
    readonly mean: number;
    readonly spread: number;
    /** Share of the waiting that gives up in a minute; absent when nobody was seen to. */
    readonly leaving?: number | undefined;
  } | null;
};

/** The digest of a document is made ready once, however many numbers are asked about. */
const readers = new WeakMap<GhostDigest, { readonly reach: number; readonly reader: GhostReader }>();

/** Fans before this number who are still there and not yet called; 0 when it is called or next. */
export function peopleAhead({ served, joined, ghosts }: Omit<LineStanding, 'ratePerMinute'>, number: number): number {
  const numbersAhead = Math.max(0, number - served - 1);
  const reach = Math.max(0, joined - served);
  let ready = readers.get(ghosts);
  if (ready === undefined || ready.reach !== reach) {
    ready = { reach, reader: readGhosts(ghosts, reach) };
    readers.set(ghosts, ready);
  }
  return numbersAhead - ghostsAmong(ready.reader, numbersAhead);
}

export type WaitRange = { readonly lowSeconds: number; readonly highSeconds: number };

/**
 * Fans leave a full shop as a Poisson process would come, and a rate of that is never told to be surer than this. A smaller
 * spread therefore says that a set rate paces the calls: of k calls the variance is a twentieth of k.
 */
export const SPREAD_BY_CHANCE = 0.065;
export const BURST_OF_REGULAR = 0.05;
const Z_80 = 1.2816; // the normal quantile between whose two signs 80 % lie

/**
 * The range that holds the fan's wait four times in five, in seconds; null while nothing was measured. Waiting for k
 * calls adds up k gaps, whose own relative spread falls with √k, on top of the doubt about the rate.
 */
export function waitRange(line: Pick<LineStanding, 'ratePerMinute'>, ahead: number): WaitRange | null {
  if (line.ratePerMinute === null || line.ratePerMinute.mean <= 0) return null;
  const { mean, spread } = line.ratePerMinute;
  const burst = spread < SPREAD_BY_CHANCE ? BURST_OF_REGULAR : 1;
  const minutes = minutesUntil(line.ratePerMinute, ahead + 1);
  const calls = Math.max(1, minutes * mean);
  const doubt = Z_80 * Math.hypot(spread, Math.sqrt(burst / calls));
  return { lowSeconds: Math.round((minutes * 60) / (1 + doubt)), highSeconds: Math.ceil(minutes * 60 * (1 + doubt)) };
}

/**
 * Minutes until so many of those who wait are called or gone. They grow fewer by the calls and by their own giving up:
 * da/dt = −rate − leaving × a, which ends after ln(1 + leaving × a / rate) / leaving.
 */
export function minutesUntil(
  { mean, leaving = 0 }: { readonly mean: number; readonly leaving?: number | undefined },
  people: number,
): number {
  return leaving > 0 ? Math.log1p((leaving * people) / mean) / leaving : people / mean;
}
