// Which phase of a sale sells at a moment, and which are over: what allocations and limits by phase go by.
import type { PhaseId } from '../ids.ts';
import { currentWindow, type SaleFacts, salePhase } from './phase.ts';

export type RunningPhase = { readonly phaseId: PhaseId | null; readonly endedPhases: readonly PhaseId[] };

/** The phase that is open at `now`, staff's pause aside; a phase is over when it closed or a later one has opened. */
export function runningPhase(facts: Pick<SaleFacts, 'windows' | 'drawn' | 'closedByStaff'>, now: number): RunningPhase {
  const sells = salePhase({ ...facts, paused: false, soldOut: false }, now) === 'open';
  const current = sells ? currentWindow(facts.windows, now) : null;
  const over = facts.windows.filter(
    ({ closesAt, opensAt }) => closesAt <= now || (current !== null && opensAt < current.opensAt),
  );
  return { phaseId: (current?.id ?? null) as PhaseId | null, endedPhases: over.map(({ id }) => id as PhaseId) };
}
