export * from './bare-server.ts';
export * from './live-emitter.ts';
export * from './live-server.ts';
