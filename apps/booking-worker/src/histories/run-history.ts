// One seeded history: fans ask, pay, let go and time out while the workers of a partition abort, lose answers, die,
// freeze and take over from each other. The workers, the transactions and the database are the real ones; the broker,
// the kills and the order of events are simulated, so that a seed repeats them.
import type { Mongo } from '@onsale/booking-mongo';
import { findViolations } from './find-violations.ts';
import { createCrew } from './history-crew.ts';
import { createFans, type HistorySale } from './history-fans.ts';
import { seededRandom } from './seeded-random.ts';

export type HistoryResult = { readonly violations: readonly string[]; readonly faults: number; readonly kills: number };

const STEPS = 24;
const ACT_CHANCE = 0.6;

/** The seed is the number of the partition as well: histories of one database do not meet. */
export async function runHistory(mongo: Mongo, sale: HistorySale, seed: number): Promise<HistoryResult> {
  const random = seededRandom(seed);
  const crew = createCrew(mongo, { partition: seed, performanceId: sale.performanceId });
  const fans = createFans({ mongo, sale, random, publish: crew.publish });
  for (let step = 0; step < STEPS; step++) {
    if (random.chance(ACT_CHANCE)) await fans.act();
    else await crew.work(random);
  }
  await crew.settle();
  await fans.letTimePass(1);
  await crew.settle();
  const violations = await findViolations(mongo, { ...sale, accepted: fans.accepted, paid: fans.paid });
  return { violations, ...crew.tally() };
}
