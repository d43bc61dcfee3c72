// How much is measured: enough for figures that count, or just enough to see that the measuring works.
export type Size = {
  readonly rounds: number;
  /** Of one round of HTTP load. */
  readonly seconds: number;
  /** Fans for the cost of memory. */
  readonly fans: number;
  /** Waiting sockets. */
  readonly sockets: number;
  /** Entries of the draw that is recomputed. */
  readonly drawn: number;
};

export const FULL: Size = { rounds: 6, seconds: 3, fans: 1_000_000, sockets: 10_000, drawn: 10_000_000 };
export const SMALL: Size = { rounds: 2, seconds: 1, fans: 50_000, sockets: 2_000, drawn: 1_000_000 };
