import './run/right-node.ts';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './run/longest-first.ts';
import { slowestFiles } from './run/slowest-files.ts';

// each worker and each process of a test loads the same libraries: they are compiled once
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '../node_modules/.cache/jieli/compiled');

/** What `cdk/local` does: an npm workspace that knows nothing of Jieli. */
const localCloud = [
  'test/unit/{local,engine}-*.test.ts',
  'test/contract/{local,table-engine}-*.test.ts',
  'test/contract/table-engine.test.ts',
  'test/workflow/step-functions/**/*.test.ts',
];
/** Every character there is, ten thousand needs, the worst files that may be sent, and the recipes of CONTRIBUTING.md: half a minute of a processor each. */
const costly = [
  'test/unit/{same,spread-keys,spreadsheet-counted,spreadsheet-memory}.test.ts',
  'test/recipes/recipes.test.ts',
];
const apart = ['test/contract/{stages-keys,long-roster,marked-data,permissions-used}.test.ts'];
const engine = ['test/permissions/deployed.ts', 'test/engine/engines-folder.ts'];

export default defineConfig({
  test: {
    // a bound for what hangs, and not for how busy a machine is
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'threads',
    // one more than cores: there is always a file that waits for something
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    reporters: ['default', slowestFiles],
    globalSetup: ['test/permissions/whole-run.ts'],
    projects: [
      {
        extends: true,
        // rules and pages: no stack, no engine, nothing to wait for
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: [...localCloud, ...costly],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'costly', include: costly },
      },
      {
        extends: true,
        test: { name: 'local-cloud', include: localCloud },
      },
      {
        extends: true,
        // what looks at the first call of a process, counts those of a module, or has a whole stack in it, whose keys are the process's own
        test: { name: 'apart', include: apart, globalSetup: engine },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['test/{contract,fuzz,golden,infra,workflow}/**/*.test.{ts,tsx}'],
          exclude: [...apart, ...localCloud],
          isolate: false,
          globalSetup: engine,
        },
      },
      {
        extends: true,
        // a whole stack and a browser each
        test: {
          name: 'stories',
          include: ['test/{e2e,crash}/**/*.test.ts'],
          globalSetup: ['test/e2e/assemblies.ts'],
        },
      },
    ],
  },
});
