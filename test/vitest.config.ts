import { defineConfig } from 'vitest/config';

const stories = ['test/e2e/**/*.test.ts', 'test/crash/**/*.test.ts'];

export default defineConfig({
  test: {
    // a bound for what hangs, and not for how busy a machine is
    testTimeout: 120_000,
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
        },
      },
    ],
  },
});
