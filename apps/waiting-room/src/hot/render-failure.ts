// The problem document of a failed hot request; what nobody foresaw is logged.
import { errorCodes } from '@onsale/contracts';
import { ProblemError, renderProblem, type SentProblem, traceIdOf } from '@onsale/runtime';
import type { CallHeaders } from '../http.ts';
import type { HotDeps } from './hot-handlers.ts';

type Failure = { readonly routeId: string; readonly headers: CallHeaders; readonly error: unknown };

export function renderFailure({ logger, counted }: HotDeps, { routeId, headers, error }: Failure): SentProblem {
  const traceId = traceIdOf({ headers });
  const problem = error instanceof ProblemError ? error : null;
  if (problem === null) logger.error({ err: error, traceId, route: routeId }, 'a request failed unexpectedly');
  const code = problem?.code ?? 'internal_error';
  const sent = renderProblem(errorCodes, { code, details: problem?.details ?? {}, traceId });
  counted(routeId, sent.status);
  return sent;
}
