// Rehearsals drawn from published facts of real on-sales. What was observed, for judging whether a profile is fair:
//   ShmooCon ticket rounds 2015 to 2021: 500 to 900 tickets, all held within 2.4 to 10.2 s, all completed within 193 to
//   967 s, peaks of 1,617 to 3,456 requests per second (shmoocon.org, statistics of each round);
//   Comic-Con's test of December 2010: 51,658 people for 1,000 tickets, 529 held in the first minute
//   (lordshaper.com/2010/12/17); Burning Man 2015: 80,000 registered, 21,500 buyers of 40,000 tickets, 1.87 per buyer
//   (blog.burningman.com/2015/02).

export type ProfileName = 'club' | 'theatre' | 'arena';

export type Profile = {
  readonly fans: number;
  readonly generalAdmission: number;
  readonly hall: 'none' | 'sibelius-hall' | 'arena';
  /** The share that is there before the opening; the rest comes within `restWithinSeconds` after it. */
  readonly joinedBeforeOpening: number;
  readonly restWithinSeconds: number;
  /** Tickets wanted → share of fans. */
  readonly partySizes: Readonly<Record<string, number>>;
  /** The share of holds that nobody pays. */
  readonly holdsLapse: number;
  readonly terms: SaleTerms;
};

/** Terms shortened for a rehearsal: a hold of minutes would only make it longer, not harder. */
export type SaleTerms = {
  readonly prequeueSeconds: number;
  readonly holdSeconds: number;
  readonly callWindowSeconds: number;
  readonly passSeconds: number;
  readonly ratePerMinute: number;
  readonly maxActive: number;
};

/** What every crowd does beside buying, as shares of its fans. */
export const habits = {
  /** Reload the page while they wait: join again with their identity. */
  reload: 0.1,
  /** Leave the line and say so. */
  leave: 0.03,
  /** Close the tab and never come back. */
  vanish: 0.02,
  /** Send the booking request twice at once, as an impatient thumb does. */
  doubleTap: 0.05,
} as const;

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  club: {
    fans: 1000,
    generalAdmission: 500,
    hall: 'none',
    joinedBeforeOpening: 0.9,
    restWithinSeconds: 3,
    partySizes: { 1: 0.6, 2: 0.4 },
    holdsLapse: 0.1,
    terms: {
      prequeueSeconds: 10,
      holdSeconds: 15,
      callWindowSeconds: 45,
      passSeconds: 90,
      ratePerMinute: 1800,
      maxActive: 200,
    },
  },
  theatre: {
    fans: 20_000,
    generalAdmission: 0,
    hall: 'sibelius-hall',
    joinedBeforeOpening: 0.7,
    restWithinSeconds: 60,
    partySizes: { 1: 0.15, 2: 0.55, 3: 0.15, 4: 0.15 },
    holdsLapse: 0.2,
    terms: {
      prequeueSeconds: 15,
      holdSeconds: 20,
      callWindowSeconds: 45,
      passSeconds: 120,
      ratePerMinute: 2400,
      maxActive: 300,
    },
  },
  arena: {
    fans: 200_000,
    generalAdmission: 3000,
    hall: 'arena',
    joinedBeforeOpening: 0.6,
    restWithinSeconds: 300,
    partySizes: { 1: 0.1, 2: 0.5, 3: 0.15, 4: 0.25 },
    holdsLapse: 0.3,
    terms: {
      prequeueSeconds: 60,
      holdSeconds: 30,
      callWindowSeconds: 60,
      passSeconds: 180,
      ratePerMinute: 6000,
      maxActive: 1500,
    },
  },
};

/** Latecomers of a smaller crowd come within a shorter time, so that as many arrive per second. Never under 3 s. */
export function restWithinSeconds(profile: Profile, fans: number): number {
  return Math.max(3, profile.restWithinSeconds * Math.min(1, fans / profile.fans));
}
