// Problem documents (RFC 9457). The codes and titles are the contract's; this file only knows their form.
import type { ServerResponse } from 'node:http';

export type FieldProblem = { readonly field: string; readonly message: string };
export type ProblemCatalogue = Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemDetails = {
  readonly detail?: string;
  readonly fields?: readonly FieldProblem[];
  readonly retryAfterSeconds?: number;
  /** Members of this kind of problem (RFC 9457, 3.2). */
  readonly more?: Readonly<Record<string, unknown>>;
};

/** Thrown by a handler to answer with one of the catalogue's codes. */
export class ProblemError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly details: ProblemDetails;
  constructor(code: Code, details: ProblemDetails = {}) {
    super(details.detail ?? code);
    this.name = 'ProblemError';
    this.code = code;
    this.details = details;
  }
}

const DEFAULT_RETRY_SECONDS = 2;

export type SentProblem = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

/** 429 and 503 always carry Retry-After. An unknown code is a bug and becomes internal_error. */
export function renderProblem(
  catalogue: ProblemCatalogue,
  { code, details, traceId }: { readonly code: string; readonly details: ProblemDetails; readonly traceId: string },
): SentProblem {
  const entry = catalogue[code] ?? { status: 500, title: 'Something broke on our side.' };
  const { status, title } = entry;
  const mustRetry = status === 429 || status === 503;
  const retryAfterSeconds = details.retryAfterSeconds ?? (mustRetry ? DEFAULT_RETRY_SECONDS : undefined);
  const body = {
    type: `/docs/errors#${code}`,
    title,
    status,
    code,
    ...(details.detail !== undefined && { detail: details.detail }),
    traceId,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(details.fields !== undefined && { fields: details.fields }),
    ...details.more,
  };
  return {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(retryAfterSeconds !== undefined && { 'Retry-After': String(Math.ceil(retryAfterSeconds)) }),
    },
    body: JSON.stringify(body),
  };
}

export function sendProblem(response: ServerResponse, { status, headers, body }: SentProblem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, headers).end(body);
}
