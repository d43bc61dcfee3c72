export * from './access-code.ts';
export * from './fan-token.ts';
export * from './move-token.ts';
export * from './pass.ts';
export * from './pass-keys.ts';
export * from './place-token.ts';
export * from './signed-payload.ts';
export * from './token-keys.ts';
