// What a fan is told about waiting, computed from the line document and the own number alone: by the page, by the
// server for pages without scripts, by the crowd and by the simulation, all with this code.
import { type GhostDigest, ghostsAmong } from './ghosts.ts';

/** The part of the line document that tells where the line stands. */
export type LineStanding = {
  readonly served: number;
  readonly ghosts: GhostDigest;
  readonly ratePerMinute: {
    readonly mean: number;
    readonly spread: number;
    /** Share of the waiting that gives up in a minute; absent when nobody was seen to. */
    readonly leaving?: number | undefined;
  } | null;
};

/** Fans before this number who are still there and not yet called; 0 when it is called or next. */
export function peopleAhead(line: LineStanding, number: number): number {
  const numbersAhead = Math.max(0, number - line.served - 1);
  return numbersAhead - ghostsAmong(line.ghosts, numbersAhead);
}

export type WaitRange = { readonly lowSeconds: number; readonly highSeconds: number };

const Z_80 = 1.2816; // the normal quantile between whose two signs 80 % lie

/**
 * The range that holds the fan's wait four times in five, in seconds; null while nothing was measured.
 * Those ahead grow fewer by the calls and by their own giving up: da/dt = −rate − leaving × a, which ends after
 * ln(1 + leaving × a / rate) / leaving. Waiting for k calls adds up k random gaps, whose own relative spread falls
 * with √k, on top of the doubt about the rate.
 */
export function waitRange(line: LineStanding, ahead: number): WaitRange | null {
  if (line.ratePerMinute === null || line.ratePerMinute.mean <= 0) return null;
  const { mean, spread, leaving = 0 } = line.ratePerMinute;
  const minutes = leaving > 0 ? Math.log1p((leaving * (ahead + 1)) / mean) / leaving : (ahead + 1) / mean;
  const calls = Math.max(1, minutes * mean);
  const doubt = Z_80 * Math.hypot(spread, 1 / Math.sqrt(calls));
  return { lowSeconds: Math.round((minutes * 60) / (1 + doubt)), highSeconds: Math.ceil(minutes * 60 * (1 + doubt)) };
}
