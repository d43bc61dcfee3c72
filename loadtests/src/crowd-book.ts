// What the crowd saw: counts, times and violations. Fans write, the progress line and the verdict read.
import { build, type Histogram } from 'hdr-histogram-js';

export const rules = [
  'a fan was called before one with a smaller number',
  'the line went back',
  'a number is not what the draw gives',
  'two fans have one place',
  'a place was lost',
  'a seat was sold twice',
  'a category was oversold',
  'a hold did not expire',
  'a payment was not answered by tickets',
  'one key made two bookings',
  'stock was left while fans were turned away',
  'an answer had status 5xx',
  'an answer was not what the contract says',
  'a connection failed',
  'a fan did not come to an end',
] as const;
export type Rule = (typeof rules)[number];

/** The last tells how late this process itself was: what it measured of others is at most that much too long. */
export const timings = [
  'join',
  'wait from the opening',
  'pass',
  'booking decided',
  'payment confirmed',
  'expiry seen',
  'own delay',
] as const;
export type Timing = (typeof timings)[number];

const EXAMPLES_MAX = 3;

export class CrowdBook {
  /** Fans that are in this state now, and for `joined` and `sold` (tickets) so far. */
  readonly now = { joined: 0, waiting: 0, called: 0, holding: 0, sold: 0 };
  /** How fans ended → how many. */
  readonly ends = new Map<string, number>();
  /** Route, status and code → how many. */
  readonly answers = new Map<string, number>();
  readonly rejections = new Map<string, number>();
  readonly violations = new Map<Rule, { count: number; examples: string[] }>();
  readonly times = new Map<Timing, Histogram>(
    timings.map((timing) => [timing, build({ lowestDiscernibleValue: 1, highestTrackableValue: 3_600_000 })]),
  );

  violated(rule: Rule, example: string): void {
    const entry = this.violations.get(rule) ?? { count: 0, examples: [] };
    entry.count += 1;
    if (entry.examples.length < EXAMPLES_MAX) entry.examples.push(example);
    this.violations.set(rule, entry);
  }

  took(timing: Timing, ms: number): void {
    this.times.get(timing)?.recordValue(Math.max(1, Math.round(ms)));
  }

  answered(answer: string): void {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }

  rejected(reason: string): void {
    this.rejections.set(reason, (this.rejections.get(reason) ?? 0) + 1);
  }

  ended(how: string): void {
    this.ends.set(how, (this.ends.get(how) ?? 0) + 1);
  }
}
