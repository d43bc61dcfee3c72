import { runningPhase } from './running-phase.ts';

const window = (id: string, prequeueOpensAt: number, opensAt: number, closesAt: number) => ({
  id,
  kind: 'general' as const,
  prequeueOpensAt,
  opensAt,
  closesAt,
});
const windows = [window('presale', 0, 10, 100), window('general', 90, 110, 200)];
const facts = { windows, drawn: new Set(['presale', 'general']), closedByStaff: false };

test('a phase runs from its opening to its end, and is over from then on', () => {
  expect(runningPhase(facts, 5)).toEqual({ phaseId: null, endedPhases: [] });
  expect(runningPhase(facts, 50)).toEqual({ phaseId: 'presale', endedPhases: [] });
  // It goes on while the next gathers its pre-queue.
  expect(runningPhase(facts, 95)).toEqual({ phaseId: 'presale', endedPhases: [] });
  expect(runningPhase(facts, 105)).toEqual({ phaseId: null, endedPhases: ['presale'] });
  expect(runningPhase(facts, 150)).toEqual({ phaseId: 'general', endedPhases: ['presale'] });
  expect(runningPhase(facts, 250)).toEqual({ phaseId: null, endedPhases: ['presale', 'general'] });
});

test('without its draw, or closed by staff, no phase runs', () => {
  expect(runningPhase({ ...facts, drawn: new Set() }, 50).phaseId).toBeNull();
  expect(runningPhase({ ...facts, closedByStaff: true }, 50).phaseId).toBeNull();
});
