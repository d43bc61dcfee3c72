// How many joined lately from each block of addresses, and what the next one has to show for it. Counted in this process:
// with several of them a block has as many peaceful joins as there are processes. A rolling minute of two halves.
export type Pace =
  | { readonly kind: 'peaceful' }
  /** A storm: proof of work up to this number, which doubles with each doubling of the storm. */
  | { readonly kind: 'crowded'; readonly maxNumber: number }
  | { readonly kind: 'too_many'; readonly retryAfterSeconds: number };

const MINUTE_MS = 60_000;
const WORK_MIN = 50_000; // some tens of milliseconds on a phone
const WORK_MAX = 3_200_000; // some seconds
const STORM_MAX = 64; // times the peaceful rate; beyond, a block waits
const BLOCKS_MAX = 200_000; // in a minute; what is more is counted as one block
const PEACEFUL: Pace = { kind: 'peaceful' };

export class JoinPace {
  private readonly peacefulPerMinute: number;
  private minute = 0;
  private current = new Map<string, number>();
  private before = new Map<string, number>();

  /** 0 lets everybody join unasked. */
  constructor(peacefulPerMinute: number) {
    this.peacefulPerMinute = peacefulPerMinute;
  }

  /** Counts one who wants to join now (ms). */
  count(block: string, now: number): Pace {
    if (this.peacefulPerMinute === 0) return PEACEFUL;
    this.turn(now);
    const known = this.current.get(block);
    const name = known === undefined && this.current.size >= BLOCKS_MAX ? '' : block;
    const count = (name === block ? (known ?? 0) : (this.current.get(name) ?? 0)) + 1;
    this.current.set(name, count);
    const before = this.before.get(name);
    if (before === undefined) return this.paceOf(count);
    return this.paceOf(count + before * (1 - (now % MINUTE_MS) / MINUTE_MS));
  }

  private turn(now: number): void {
    const minute = Math.floor(now / MINUTE_MS);
    if (minute === this.minute) return;
    this.before = minute === this.minute + 1 ? this.current : new Map();
    this.current = new Map();
    this.minute = minute;
  }

  private paceOf(lately: number): Pace {
    const times = lately / this.peacefulPerMinute;
    if (times <= 1) return PEACEFUL;
    if (times > STORM_MAX) return { kind: 'too_many', retryAfterSeconds: 30 };
    return { kind: 'crowded', maxNumber: Math.min(WORK_MAX, WORK_MIN * 2 ** Math.floor(Math.log2(times))) };
  }
}
