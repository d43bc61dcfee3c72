export * from './booking/booking-state.ts';
export * from './draw/draw.ts';
export * from './draw/merkle.ts';
export * from './draw/permutation.ts';
export * from './hash/bytes.ts';
export * from './hash/sha256.ts';
export type * from './ids.ts';
export * from './money.ts';
export * from './sale/phase.ts';
