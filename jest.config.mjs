import { fileURLToPath } from 'node:url';
import { base } from './config/jest/base.mjs';

const rootDir = fileURLToPath(new URL('.', import.meta.url));

export default {
  ...base,
  rootDir,
  testMatch: ['<rootDir>/{apps,libs,config,loadtests}/**/*.test.{ts,tsx}'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 30_000,
  maxWorkers: 2,
};
