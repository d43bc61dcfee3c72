// Refusals of this process, typed by the contract's codes.
import type { ErrorCode } from '@onsale/contracts';
import { type ProblemDetails, ProblemError } from '@onsale/runtime';

export function refuse(code: ErrorCode, details: ProblemDetails = {}): never {
  throw new ProblemError<ErrorCode>(code, details);
}
