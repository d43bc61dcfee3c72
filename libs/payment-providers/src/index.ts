export * from './event-signature.ts';
export * from './payment-provider.ts';
export * from './sandbox-provider.ts';
