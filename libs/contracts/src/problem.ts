// The errors a caller can meet: RFC 9457 problem documents with a stable code. One sentence each; docs/errors.md is
// generated from here.
import { z } from 'zod';

export const errorCodes = {
  invalid_request: { status: 400, title: 'The request has the wrong shape; `fields` names what to mend.' },
  invalid_json: { status: 400, title: 'The body is not valid JSON.' },
  unauthenticated: { status: 401, title: 'This needs a credential that was not sent or is not valid.' },
  second_factor_required: {
    status: 401,
    title: 'This account also needs the code of its authenticator, or a recovery code.',
  },
  pass_required: { status: 401, title: 'Buying needs a valid pass from the waiting room of this sale.' },
  identity_required: {
    status: 403,
    title: 'This sale gives one place to each confirmed mailbox; ask for the link that confirms yours.',
  },
  forbidden: { status: 403, title: 'This credential does not allow that.' },
  second_factor_demanded: {
    status: 403,
    title: 'This account must set up its authenticator before it may do anything else.',
  },
  csrf_rejected: { status: 403, title: 'The request did not carry the CSRF token of its session.' },
  not_found: { status: 404, title: 'There is nothing here, or it is not yours.' },
  method_not_allowed: { status: 405, title: 'This address does not know that method.' },
  conflict: { status: 409, title: 'The state of this thing does not allow that now.' },
  not_called: { status: 409, title: 'It is not your turn yet.' },
  sale_not_open: { status: 409, title: 'The sale does not take this now.' },
  request_in_progress: { status: 409, title: 'The same request is still being decided.' },
  place_moved: { status: 409, title: 'This place is on another device now.' },
  payment_not_possible: { status: 409, title: 'This booking cannot be paid in its state.' },
  call_expired: { status: 410, title: 'Your time to come in has passed.' },
  place_gone: { status: 410, title: 'This place was given up.' },
  move_link_invalid: {
    status: 410,
    title: 'This link was used already or its time is over; make a new one on the device that has the place.',
  },
  staff_link_invalid: { status: 410, title: 'This link was used already or its time is over; ask for a new one.' },
  identity_link_invalid: { status: 410, title: 'This link is not valid or its time is over; ask for a new one.' },
  precondition_failed: { status: 412, title: 'Somebody else changed this meanwhile; read it again.' },
  body_too_large: { status: 413, title: 'The request body is larger than allowed.' },
  unsupported_media_type: { status: 415, title: 'Send uncompressed application/json.' },
  rule_violated: { status: 422, title: 'The request is well formed but breaks a rule of the sale.' },
  idempotency_key_reused: { status: 422, title: 'This Idempotency-Key was used for another request.' },
  code_invalid: { status: 422, title: 'The access code is not valid for this sale.' },
  code_used: { status: 409, title: 'This access code has been used as often as it may be.' },
  signature_invalid: { status: 401, title: 'The signature of this event does not verify.' },
  idempotency_key_required: { status: 428, title: 'Send an Idempotency-Key header.' },
  if_match_required: { status: 428, title: 'Send an If-Match header with the version you have seen.' },
  challenge_required: { status: 428, title: 'Many join from your network; solve the challenge and send the solution.' },
  too_many_requests: { status: 429, title: 'Too many requests; wait as long as Retry-After says.' },
  internal_error: { status: 500, title: 'Something broke on our side; the trace id helps us find it.' },
  payment_provider_away: {
    status: 503,
    title:
      'The payment service does not answer; the seats stay held and nothing was charged, retry as Retry-After says.',
  },
  unavailable: { status: 503, title: 'A part we depend on is away; retry as Retry-After says.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** Proof of work in the form of ALTCHA, protocol 1: the number n with sha256(salt ‖ n) = challenge. */
export const workChallenge = z.strictObject({
  algorithm: z.literal('SHA-256'),
  challenge: z.string().regex(/^[0-9a-f]{64}$/),
  salt: z.string(),
  maxnumber: z.int().min(1),
  signature: z.string(),
});

export const fieldProblem = z.strictObject({ field: z.string(), message: z.string() });

export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  detail: z.string().optional(),
  traceId: z.string(),
  retryAfterSeconds: z.number().optional(),
  fields: z.array(fieldProblem).optional(),
  /** Of `challenge_required`: what to solve. */
  challenge: workChallenge.optional(),
});
export type Problem = z.infer<typeof problem>;
