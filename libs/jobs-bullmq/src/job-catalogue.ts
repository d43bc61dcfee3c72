// The jobs by name: what runs again and again, and how often. Anything here may be late or repeated without harm.

export const JOBS_QUEUE = 'onsale-jobs';

export const recurringJobs = {
  /** Publishes expire commands for holds past their end: none shall live a second longer. */
  'expire-holds': { everyMs: 500 },
  'release-blocks': { everyMs: 1_000 },
  /** Turns what staff wants given back into commands. */
  'give-back': { everyMs: 1_000 },
  /** Tells the providers what was decided about money. */
  'carry-out-orders': { everyMs: 1_000 },
  /** Asks the provider about payments that stayed pending. */
  'reconcile-payments': { everyMs: 5_000 },
  /** Hands over the mail that waits in the outbox. */
  'send-mail': { everyMs: 1_000 },
  /** Compares the projection of availability with the truth and mends it. */
  'reconcile-availability': { everyMs: 2_000 },
  /** Looks for accepted booking requests that do not come to a decision. */
  'find-stuck-requests': { everyMs: 5_000 },
} as const;

export type RecurringJob = keyof typeof recurringJobs;
