// Runs random histories against server and reference store, with the checker of isolation beside.
import fc from 'fast-check';
import { createServerState } from '../commands/server-state.ts';
import { checkIsolation } from './check-isolation.ts';
import { histories } from './histories.ts';
import { playHistory } from './play-history.ts';

/** Throws with the smallest history that goes wrong. */
export async function runModel({
  runs,
  seed,
}: {
  runs: number;
  seed?: number;
}): Promise<{ runs: number; steps: number }> {
  const server = createServerState();
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(histories(), async (history) => {
      steps += history.length;
      const { divergences, events } = await playHistory(server, history);
      const faults = [...divergences, ...checkIsolation(events)];
      if (faults.length > 0) throw new Error(faults.join('\n'));
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  );
  return { runs, steps };
}
