import { defineConfig } from 'vitest/config';

const stories = ['test/e2e/**/*.test.ts', 'test/crash/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'threads',
    globalSetup: 'test/permissions/whole-run.ts',
    projects: [
      {
        extends: true,
        test: { name: 'rooms', include: ['test/**/*.test.{ts,tsx}'], exclude: stories, maxWorkers: 2 },
      },
      {
        extends: true,
        // a whole stack and a browser each: one after another, when everything else is done
        test: {
          name: 'stories',
          include: stories,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          // a bound for what hangs: on a busy machine one page of a story may take half a minute
          testTimeout: 120_000,
        },
      },
    ],
  },
});
