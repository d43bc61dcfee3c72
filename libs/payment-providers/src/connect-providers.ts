// The providers this installation has, each behind its guard. The sandbox is always there; Stripe with its keys only.
import { guardProvider } from './guard-provider.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { SANDBOX, type SandboxOptions, type SandboxProvider, sandboxProvider } from './sandbox-provider.ts';
import { STRIPE, stripeProvider } from './stripe-provider.ts';

export const providerNames = [SANDBOX, STRIPE] as const;
export type ProviderName = (typeof providerNames)[number];

export type ProviderSettings = {
  /** What new payments go to. */
  readonly chosen: ProviderName;
  readonly sandbox: SandboxOptions;
  /** Empty keys: there is no Stripe. An empty address is Stripe's own. */
  readonly stripe: { readonly secretKey: string; readonly webhookSecret: string; readonly apiUrl: string };
  readonly publicUrl: string;
  onBreaker(provider: string, state: 'opened' | 'closed'): void;
};

export type Providers = {
  readonly chosen: PaymentProvider;
  readonly all: ReadonlyMap<string, PaymentProvider>;
  /** Unguarded, to be told how its payments end. */
  readonly sandbox: SandboxProvider;
};

/** Throws, in words for whoever sets the installation up, when the chosen provider has no keys. */
export function connectProviders({ chosen, sandbox, stripe, publicUrl, onBreaker }: ProviderSettings): Providers {
  const own = sandboxProvider(sandbox);
  const others = stripe.secretKey === '' ? [] : [stripeOf({ stripe, publicUrl })];
  const all = new Map(
    [own, ...others].map((provider) => [
      provider.name,
      guardProvider<PaymentProvider>(provider, { onBreaker: (state) => onBreaker(provider.name, state) }),
    ]),
  );
  const provider = all.get(chosen);
  if (provider === undefined) {
    throw new Error(`ONSALE_PAYMENT_PROVIDER is ${chosen}, but its keys are not set: set ONSALE_STRIPE_SECRET_KEY.`);
  }
  return { chosen: provider, all, sandbox: own };
}

function stripeOf({ stripe, publicUrl }: Pick<ProviderSettings, 'stripe' | 'publicUrl'>): PaymentProvider {
  const { secretKey, webhookSecret, apiUrl } = stripe;
  if (webhookSecret === '')
    throw new Error('ONSALE_STRIPE_SECRET_KEY is set, but ONSALE_STRIPE_WEBHOOK_SECRET is not.');
  return stripeProvider({
    secretKey,
    webhookSecret,
    returnUrl: ({ bookingId }) => `${publicUrl.replace(/\/$/, '')}/bookings/${bookingId}`,
    ...(apiUrl !== '' && { apiUrl }),
  });
}
