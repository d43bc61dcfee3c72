// The time limit of the command that is running now. Commands run in turns without interruption, so one is enough.
import { ServerError } from '../errors.ts';

let deadlineMs = Number.POSITIVE_INFINITY;
let steps = 0;

/** Runs a stretch of work under a limit (a time of Date.now()); within it `countStep` may throw 50. */
export function underDeadline<T>(limitMs: number, work: () => T): T {
  deadlineMs = limitMs;
  try {
    return work();
  } finally {
    deadlineMs = Number.POSITIVE_INFINITY;
  }
}

// Looking at the clock costs as much as looking at a small document.
const stepsPerLook = 128;

/** Called for every document looked at. Throws MaxTimeMSExpired (50) once the limit has passed. */
export function countStep(): void {
  steps += 1;
  if (steps % stepsPerLook !== 0 || deadlineMs === Number.POSITIVE_INFINITY) return;
  if (Date.now() > deadlineMs) throw new ServerError(50, 'operation exceeded time limit');
}
