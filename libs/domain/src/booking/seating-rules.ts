// What the organizer wants of a booking for one performance.

/** When accessible and companion seats become seats like all others. */
export type AccessiblePolicy = {
  /** Milliseconds by the database's clock; null: at no time. */
  readonly releaseAt: number | null;
  /** When every other numbered seat is sold. */
  readonly whenRestSoldOut: boolean;
  /** Companion seats that one accessible seat brings along. */
  readonly companionsPerSeat: number;
};

export type SeatingRules = {
  /** Numbered seats and general admission in one booking. */
  readonly mixedBookings: boolean;
  /** Chosen seats must be side by side while a row has room for that. */
  readonly adjacentOnly: boolean;
  /** A choice may not leave a single seat alone while another of its size avoids it. */
  readonly noSingles: boolean;
  readonly accessible: AccessiblePolicy;
};

export const defaultSeatingRules: SeatingRules = {
  mixedBookings: true,
  adjacentOnly: false,
  noSingles: true,
  accessible: { releaseAt: null, whenRestSoldOut: false, companionsPerSeat: 1 },
};
