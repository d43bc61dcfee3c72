import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { profiles } from '../profiles.ts';
import { planFan } from './fan-plan.ts';

const plansOf = (seed: number, profile = profiles.theatre) =>
  Array.from({ length: 4000 }, (_, index) => planFan({ index, seed, fans: 4000, profile, prequeueSeconds: 10 }));
const told = (seed: number) => plansOf(seed).map(({ random: _random, ...plan }) => plan);

test('a seed means the same crowd again, another seed another crowd', () => {
  expect(told(1)).toEqual(told(1));
  expect(told(1)).not.toEqual(told(2));
});

test('a crowd has the shares of its profile within two per cent', () => {
  const plans = plansOf(3);
  const share = (is: (plan: (typeof plans)[number]) => boolean) => plans.filter(is).length / plans.length;
  const { joinedBeforeOpening, holdsLapse, partySizes } = profiles.theatre;
  expect(Math.abs(share(({ joinsAfterMs }) => joinsAfterMs < 10_000) - joinedBeforeOpening)).toBeLessThan(0.02);
  expect(Math.abs(share(({ letsHoldLapse }) => letsHoldLapse) - holdsLapse)).toBeLessThan(0.02);
  for (const [size, weight] of Object.entries(partySizes)) {
    expect(Math.abs(share(({ party }) => party === Number(size)) - weight)).toBeLessThan(0.02);
  }
});

test('latecomers of a crowd a fifth as large come within a fifth of the time', () => {
  expect(Math.max(...plansOf(1).map(({ joinsAfterMs }) => joinsAfterMs))).toBeLessThanOrEqual(10_000 + 12_000);
});

test('the profiles are those of the published curves', () => {
  const file = join(__dirname, '../../../../../shared/vectors/onsale-curves.json');
  const given = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).profiles : copiedCurves;
  for (const [name, profile] of Object.entries(profiles)) {
    const { fans, joinedBeforeOpening, restWithinSeconds, partySizes, holdsLapse, generalAdmission } = profile;
    expect(given[name]).toMatchObject({ fans, joinedBeforeOpening, restWithinSeconds, partySizes, holdsLapse });
    expect(given[name].generalAdmission ?? 0).toBe(generalAdmission);
  }
});

/** The published figures, for a checkout that stands alone. */
const copiedCurves: Record<string, { generalAdmission?: number }> = {
  club: {
    fans: 1000,
    generalAdmission: 500,
    joinedBeforeOpening: 0.9,
    restWithinSeconds: 3,
    partySizes: { 1: 0.6, 2: 0.4 },
    holdsLapse: 0.1,
  } as { generalAdmission?: number },
  theatre: {
    fans: 20_000,
    joinedBeforeOpening: 0.7,
    restWithinSeconds: 60,
    partySizes: { 1: 0.15, 2: 0.55, 3: 0.15, 4: 0.15 },
    holdsLapse: 0.2,
  } as { generalAdmission?: number },
  arena: {
    fans: 200_000,
    generalAdmission: 3000,
    joinedBeforeOpening: 0.6,
    restWithinSeconds: 300,
    partySizes: { 1: 0.1, 2: 0.5, 3: 0.15, 4: 0.25 },
    holdsLapse: 0.3,
  } as { generalAdmission?: number },
};
