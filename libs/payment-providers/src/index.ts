export * from './connect-providers.ts';
export * from './event-signature.ts';
export * from './guard-provider.ts';
export * from './payment-provider.ts';
export * from './sandbox-provider.ts';
export * from './stripe-provider.ts';
export * from './variables.ts';
