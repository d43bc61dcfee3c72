// What kind of sale is simulated.
import { sibeliusHall } from '@onsale/venues';
import { type Profile, type ProfileName, profiles, restWithinSeconds } from '../profiles.ts';
import type { SeededRandom } from '../seeded-random.ts';
import { arenaPlan } from '../stack/arena-plan.ts';

export type SaleShape = {
  readonly fans: number;
  /** The share that is there at the opening; the others come evenly within `restWithinSeconds` after it. */
  readonly joinedBeforeOpening: number;
  readonly restWithinSeconds: number;
  readonly ratePerMinute: number;
  readonly maxActive: number;
  /** Share of the fans who give up before their turn: half of them with a word, half without. */
  readonly leaving: number;
  /** Of those who went without a word, the share whose page still says that it is being closed. */
  readonly pagesSaySo: number;
  /** Of those who went without a word, the share that comes back. */
  readonly comingBack: number;
  /** Share of called fans who never come in. */
  readonly noShows: number;
  /** Mean seconds inside the shop, choosing and paying; each stay is drawn from exponential distributions. */
  readonly staySeconds: number;
  readonly callWindowSeconds: number;
  readonly holdSeconds: number;
  /** Null for a shop that never runs out: then the whole line is served. */
  readonly seats: number | null;
  readonly partySizes: Readonly<Record<string, number>>;
  readonly seatsPerBooking: number;
  readonly holdsLapse: number;
};

const LIMIT = 4; // seats per booking, as the crowd's sales have it

type Leavers = Pick<SaleShape, 'leaving' | 'pagesSaySo'>;

/** The whole line is served within these minutes. */
export function servedLine({
  fans,
  minutes,
  leaving,
  pagesSaySo,
}: Leavers & { fans: number; minutes: number }): SaleShape {
  return {
    fans,
    joinedBeforeOpening: 1,
    restWithinSeconds: 1,
    ratePerMinute: Math.ceil((fans * (1 - leaving / 2)) / minutes),
    maxActive: 1e9,
    leaving,
    pagesSaySo,
    comingBack: 0.1,
    noShows: 0.05,
    staySeconds: 300,
    callWindowSeconds: 120,
    holdSeconds: 600,
    seats: null,
    partySizes: { 2: 1 },
    seatsPerBooking: LIMIT,
    holdsLapse: 0,
  };
}

/** A sale of the rehearsals' profiles; of a crowd of another size the latecomers come as many per second. */
export function profileSale(
  name: ProfileName,
  { fans, leaving, pagesSaySo }: Leavers & { fans: number | null },
): SaleShape {
  const profile = profiles[name];
  const size = fans ?? profile.fans;
  const { ratePerMinute, maxActive, callWindowSeconds, holdSeconds } = profile.terms;
  return {
    fans: size,
    joinedBeforeOpening: profile.joinedBeforeOpening,
    restWithinSeconds: restWithinSeconds(profile, size),
    ratePerMinute,
    maxActive,
    leaving,
    pagesSaySo,
    comingBack: 0.1,
    noShows: 0.05,
    staySeconds: holdSeconds,
    callWindowSeconds,
    holdSeconds,
    seats: seatsOf(profile),
    partySizes: profile.partySizes,
    seatsPerBooking: LIMIT,
    holdsLapse: profile.holdsLapse,
  };
}

function seatsOf({ hall, generalAdmission }: Profile): number {
  if (hall === 'none') return generalAdmission;
  const plan = hall === 'arena' ? arenaPlan() : sibeliusHall();
  const numbered = plan.sections.flatMap(({ rows }) => rows.map(({ seats }) => seats.length));
  return numbered.reduce((sum, count) => sum + count, generalAdmission);
}

/** Half of the sales are as fast as their rate, half as fast as the shop empties; half of them run out of seats. */
export function anySale(random: SeededRandom, { leaving, pagesSaySo }: Leavers): SaleShape {
  const fans = Math.floor(random.between(500, 4000));
  const ratePerMinute = Math.floor(random.between(60, 600));
  const staySeconds = random.between(60, 300);
  const share = random.chance(0.5) ? 10 : random.between(0.3, 0.9); // of the slots that this rate would need
  const ofTwo = random.between(0.2, 0.8);
  return {
    ...servedLine({ fans, minutes: 60, leaving: leaving * random.next() * 2, pagesSaySo }),
    joinedBeforeOpening: random.between(0.6, 1),
    restWithinSeconds: random.between(30, 300),
    ratePerMinute,
    maxActive: Math.max(5, Math.ceil((ratePerMinute / 60) * staySeconds * share)),
    noShows: 0.1 * random.next(),
    staySeconds,
    seats: random.chance(0.5) ? null : Math.ceil(fans * random.between(0.3, 2)),
    partySizes: { 1: 1 - ofTwo, 2: ofTwo, 4: 0.2 * random.next() },
    holdsLapse: 0.3 * random.next(),
  };
}
