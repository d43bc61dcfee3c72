import type { EventView } from '@onsale/contracts';
import { codesOf, freePerformances, newPlan, withCodes, withoutPhase } from './new-plan.ts';

const NOW = Date.parse('2027-03-01T12:20:00Z');
const event = {
  id: 'evt',
  performances: [
    { id: 'sold', startsAt: '2027-04-01T18:00:00.000Z', prices: [] },
    { id: 'free', startsAt: '2027-03-20T18:00:00.000Z', prices: [{ currency: 'SEK' }] },
  ],
  sales: [{ performanceIds: ['sold'] }],
} as unknown as EventView;

test('a draft begins with what is not on sale, opens on a full hour and closes before the first performance', () => {
  expect(freePerformances(event).map(({ id }) => id)).toEqual(['free']);
  const { performanceIds, phases, currency } = newPlan(event, NOW);
  expect(currency).toBe('SEK');
  expect(performanceIds).toEqual(['free']);
  expect(phases).toMatchObject([
    {
      prequeueOpensAt: '2027-03-08T12:00:00.000Z',
      opensAt: '2027-03-08T13:00:00.000Z',
      closesAt: '2027-03-20T17:00:00.000Z',
    },
  ]);
});

test('codes belong to a phase, are changed and taken away by their number, and go with their phase', () => {
  const plan = newPlan(event, NOW);
  const [phase] = plan.phases;
  if (phase === undefined) throw new Error('a draft begins with a phase');
  const two = { ...plan, phases: [phase, phase] };
  const coded = { ...two, codeSets: withCodes(two, 1, 50) };
  expect([codesOf(coded, 0), codesOf(coded, 1)]).toEqual([0, 50]);
  expect(codesOf({ ...coded, codeSets: withCodes(coded, 1, 70) }, 1)).toBe(70);
  expect(withCodes(coded, 1, 0)).toEqual([]);
  expect(codesOf(withoutPhase(coded, 0), 0)).toBe(50);
  expect(withoutPhase(coded, 1).codeSets).toEqual([]);
});
