// A provider behind a circuit breaker and a time limit: while it is away, callers learn so at once instead of waiting,
// and a provider that comes back is not met by all that waited. Whoever is turned away tries again later.
import { withDeadline } from '@onsale/runtime';
import { type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import type { PaymentProvider } from './payment-provider.ts';

/** The provider did not answer, or is not asked at the moment. The call may still have had its effect. */
export class ProviderAwayError extends Error {
  constructor(provider: string, cause: unknown) {
    super(`the payment provider ${provider} is away`, { cause });
    this.name = 'ProviderAwayError';
  }
}

export type GuardOptions = {
  readonly callLimitMs?: number;
  /** How long an open breaker lets nothing through. */
  readonly restMs?: number;
  onBreaker?(state: 'opened' | 'closed'): void;
};

/** Calls that fail one after the other until the breaker opens. */
const FAILURES_MAX = 5;
const CALL_LIMIT_MS = 10_000;
const REST_MS = 10_000;

/** Every call rejects with ProviderAwayError where the provider's own would have failed. */
export function guardProvider<Provider extends PaymentProvider>(
  provider: Provider,
  { callLimitMs = CALL_LIMIT_MS, restMs = REST_MS, onBreaker }: GuardOptions = {},
): Provider {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(FAILURES_MAX) });
  breaker.onBreak(() => onBreaker?.('opened'));
  breaker.onReset(() => onBreaker?.('closed'));
  const guarded = <Result>(call: () => Promise<Result>) => ask({ breaker, callLimitMs, name: provider.name }, call);
  return {
    ...provider,
    begin: (payment) => guarded(() => provider.begin(payment)),
    lookUp: (payment) => guarded(() => provider.lookUp(payment)),
    end: (payment) => guarded(() => provider.end(payment)),
    carryOut: (order) => guarded(() => provider.carryOut(order)),
  };
}

async function ask<Result>(
  {
    breaker,
    callLimitMs,
    name,
  }: { readonly breaker: CircuitBreakerPolicy; readonly callLimitMs: number; readonly name: string },
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await breaker.execute(() => withDeadline(call(), { what: `a call of ${name}`, limitMs: callLimitMs }));
  } catch (error) {
    throw new ProviderAwayError(name, error);
  }
}
