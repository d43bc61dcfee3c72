// The rules of a booking as an organizer sends them, in the form they are kept in.
import type { RulesRecord } from '@onsale/booking-mongo';
import type { PerformanceChange } from '@onsale/contracts';
import { defaultSeatingRules, type Fault, rulesFaults } from '@onsale/domain';

export const defaultRules: RulesRecord = {
  ...defaultSeatingRules,
  accessible: { ...defaultSeatingRules.accessible, releaseAt: null },
};

/** What is left out stays as it was. */
export function rulesRecord(before: RulesRecord, change: PerformanceChange['rules']): RulesRecord {
  const { mixedBookings, adjacentOnly, noSingles, accessible } = change ?? {};
  return {
    mixedBookings: mixedBookings ?? before.mixedBookings,
    adjacentOnly: adjacentOnly ?? before.adjacentOnly,
    noSingles: noSingles ?? before.noSingles,
    accessible:
      accessible === undefined
        ? before.accessible
        : { ...accessible, releaseAt: accessible.releaseAt === null ? null : new Date(accessible.releaseAt) },
  };
}

export function faultsOfRules({ accessible }: RulesRecord, startsAt: Date): readonly Fault[] {
  return rulesFaults({ accessible: { releaseAt: accessible.releaseAt?.getTime() ?? null } }, startsAt.getTime());
}
