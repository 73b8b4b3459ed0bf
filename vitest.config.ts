import { defineConfig } from 'vitest/config';

// Suites: `unit` is everything quick that needs no browser and no server; `check` holds the rules of the repository
// itself (import directions, docs in step) and also runs in `npm run check`; `slow` repeats faults many times, in .ci/run;
// `postgres` starts PostgreSQL servers of its own and fails without its binaries.
export default defineConfig({
  test: {
    setupFiles: ['tests/fast-check-seed.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/repository/**', 'tests/slow/**', 'tests/e2e/**', 'tests/bench/**', 'tests/postgres/**'],
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['tests/e2e/browser/**/*.test.ts'], fileParallelism: false },
      },
      { extends: true, test: { name: 'slow', include: ['tests/slow/**/*.test.ts'] } },
      { extends: true, test: { name: 'postgres', include: ['tests/postgres/**/*.test.ts'] } },
      { extends: true, test: { name: 'check', include: ['tests/repository/**/*.test.ts'] } },
    ],
  },
});
