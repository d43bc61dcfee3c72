// The settings of payment providers, the same in every process that speaks to them.
import { variable } from '@onsale/runtime';
import { z } from 'zod';
import { type ProviderSettings, providerNames } from './connect-providers.ts';

export const paymentVariables = {
  ONSALE_PAYMENT_PROVIDER: {
    schema: z.enum(providerNames),
    default: 'sandbox',
    meaning: 'what new payments go to: `sandbox` takes no money, `stripe` needs its keys',
  },
  ONSALE_SANDBOX_SECRET: {
    schema: variable.text,
    secret: true,
    meaning: 'signs the events of the sandbox payment provider',
  },
  ONSALE_STRIPE_SECRET_KEY: {
    schema: z.string(),
    default: '',
    secret: true,
    meaning: 'secret key of Stripe, `sk_test_…` or `sk_live_…`; without it there is no Stripe',
  },
  ONSALE_STRIPE_WEBHOOK_SECRET: {
    schema: z.string(),
    default: '',
    secret: true,
    meaning: "signing secret `whsec_…` of Stripe's webhook endpoint, /api/v1/webhooks/stripe",
  },
  ONSALE_STRIPE_API_URL: {
    schema: z.string(),
    default: '',
    meaning: "another address of Stripe's API, for a stand-in in tests",
  },
} as const;

export type PaymentConfig = {
  readonly [Name in keyof typeof paymentVariables]: z.infer<(typeof paymentVariables)[Name]['schema']>;
} & { readonly ONSALE_PUBLIC_URL: string };

/** The part of the settings that the environment tells. */
export function paymentSettings(config: PaymentConfig): Pick<ProviderSettings, 'chosen' | 'stripe' | 'publicUrl'> {
  return {
    chosen: config.ONSALE_PAYMENT_PROVIDER,
    stripe: {
      secretKey: config.ONSALE_STRIPE_SECRET_KEY,
      webhookSecret: config.ONSALE_STRIPE_WEBHOOK_SECRET,
      apiUrl: config.ONSALE_STRIPE_API_URL,
    },
    publicUrl: config.ONSALE_PUBLIC_URL,
  };
}
