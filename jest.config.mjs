import { fileURLToPath } from 'node:url';
import { base } from './config/jest/base.mjs';

const rootDir = fileURLToPath(new URL('.', import.meta.url));

export default {
  ...base,
  rootDir,
  testMatch: ['<rootDir>/{apps,libs,config,k8s,loadtests}/**/*.test.{ts,tsx}'],
  globalSetup: '<rootDir>/config/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/config/jest/global-teardown.mjs',
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  testTimeout: 90_000, // two busy cores are slow; a test that hangs still ends
  maxWorkers: 2,
};
