// A store that does not answer is told to the caller as 503, with a time to come back.
import { ProblemError } from '@onsale/runtime';

const RETRY_SECONDS = 2;

export function unavailable(detail: string): ProblemError {
  return new ProblemError('unavailable', { detail, retryAfterSeconds: RETRY_SECONDS });
}

/** The work's result; ProblemError 503 when the store behind it failed. */
export async function orUnavailable<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw asUnavailable(error);
  }
}

/** What failed a store's work, as it is told. */
export function asUnavailable(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  return unavailable('Your place is safe; please try again in a moment.');
}
