// Which phase of a sale sells at a moment, and which are over: what allocations and limits by phase go by.
import type { PhaseId } from '../ids.ts';
import { type PhaseWindow, type SaleFacts, salePhase } from './phase.ts';

export type RunningPhase = { readonly phaseId: PhaseId | null; readonly endedPhases: readonly PhaseId[] };

/**
 * The phase that sells at `now`, staff's pause aside: the latest that has opened, whose draw was held, and that is not
 * closed. A phase is over when it closed or a later one sells.
 */
export function runningPhase(facts: Pick<SaleFacts, 'windows' | 'drawn' | 'closedByStaff'>, now: number): RunningPhase {
  const { windows, drawn } = facts;
  const sells = salePhase({ ...facts, paused: false, soldOut: false }, now) === 'open';
  const open = windows.filter(({ id, opensAt, closesAt }) => opensAt <= now && now < closesAt && drawn.has(id));
  const running = sells ? open.reduce<PhaseWindow | null>(later, null) : null;
  const over = windows.filter(
    ({ closesAt, opensAt }) => closesAt <= now || (running !== null && opensAt < running.opensAt),
  );
  return { phaseId: (running?.id ?? null) as PhaseId | null, endedPhases: over.map(({ id }) => id as PhaseId) };
}

function later(a: PhaseWindow | null, b: PhaseWindow): PhaseWindow {
  return a !== null && a.opensAt >= b.opensAt ? a : b;
}
