// What every jest project of the repository shares. TypeScript is stripped by swc: TypeScript 7 has no JavaScript API.
export const base = {
  testEnvironment: '<rootDir>/config/jest/leak-environment.mjs',
  extensionsToTreatAsEsm: [],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'lua', 'node'],
  moduleNameMapper: { '^fast-check$': '<rootDir>/config/jest/fast-check.cjs' },
  transform: {
    '^.+\\.(ts|tsx|mjs|js)$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2023',
          transform: { react: { runtime: 'automatic', importSource: 'preact' } },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
    '\\.lua$': '<rootDir>/config/jest/text-transform.cjs',
  },
  // Packages that ship only ES modules have to be transformed as well.
  transformIgnorePatterns: ['/node_modules/(?!(jose|@onsale)/)'],
};
