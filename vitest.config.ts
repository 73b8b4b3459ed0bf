import { defineConfig } from 'vitest/config';

// Three suites: `unit` is everything that needs no browser and no server, `check` holds the rules of
// the repository itself (import directions, docs in step) and also runs in `npm run check`.
export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/repository/**', 'tests/e2e/**', 'tests/bench/**'],
        },
      },
      { extends: true, test: { name: 'check', include: ['tests/repository/**/*.test.ts'] } },
    ],
  },
});
