import { availableParallelism } from 'node:os';

/** One configuration; `npm test -- unit|int|system` chooses a kind by file name. */
const libs = [
  'contracts',
  'messaging',
  'deadlines',
  'imports',
  'persistence',
  'platform',
  'access',
  'calendar',
  'testing',
];

export default {
  testEnvironment: 'node',
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/deploy', '<rootDir>/test', '<rootDir>/examples'],
  globalSetup: '<rootDir>/libs/testing/src/jest-setup.ts',
  globalTeardown: '<rootDir>/libs/testing/src/jest-teardown.ts',
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest'] },
  moduleNameMapper: {
    ...Object.fromEntries(libs.map((lib) => [`^#${lib}/(.*)\\.js$`, `<rootDir>/libs/${lib}/src/$1.ts`])),
    '^#gateway/(.*)\\.js$': '<rootDir>/apps/gateway/src/$1.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  // Of two cores Jest would use one; specs that wait for engines leave room for another beside them.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  testTimeout: 20_000,
};
