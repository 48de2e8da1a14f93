import { relative } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

const SHOWN = 10;

const inSeconds = (millis: number): string => (millis / 1000).toFixed(1).padStart(6);

/** How long a file took, of that how long to load what it imports; in milliseconds. */
function timesOf(module: TestModule): { readonly all: number; readonly loading: number } {
  const { collectDuration, duration, environmentSetupDuration, prepareDuration, setupDuration } = module.diagnostic();
  const loading = collectDuration + environmentSetupDuration + prepareDuration + setupDuration;
  return { all: loading + duration, loading };
}

/** Prints the slowest files at the end of a run of several, the slowest first. */
export const slowestFiles: Reporter = {
  onTestRunEnd(modules) {
    if (modules.length <= 1) return;
    const slowest = modules
      .map((module) => ({ name: relative(process.cwd(), module.moduleId), ...timesOf(module) }))
      .toSorted((a, b) => b.all - a.all)
      .slice(0, SHOWN);
    const lines = slowest.map(({ name, all, loading }) => `${inSeconds(all)} s  ${inSeconds(loading)} s  ${name}`);
    console.log(['', 'The slowest files: all of it, of that loading', ...lines].join('\n'));
  },
};
