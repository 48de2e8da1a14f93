import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Edit } from './recipes.ts';

const root = resolve(import.meta.dirname, '../..');
const copied = ['cdk', 'functions', 'shared', 'test', 'workflows', 'package.json', 'tsconfig.json'];
const NEW = join(import.meta.dirname, 'new');

/** What a test of the copy's said, by its file and its whole name. */
const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** The sources, to be changed and judged where nobody works on them. */
export interface Copy {
  /** puts the new files of a recipe where they belong */
  add(files: string): void;
  /** @throws where the piece does not stand there once: then the recipe, and perhaps CONTRIBUTING.md, is out of date */
  edit(edit: Edit): void;
  /** what the compiler says: each error's file and words */
  compile(): Promise<readonly (readonly [file: string, words: string])[]>;
  /** the tests that fail, by file and name */
  failing(files: readonly string[]): Promise<readonly (readonly [file: string, name: string])[]>;
  /** what a program says or throws that runs there */
  run(program: string): Promise<string>;
  remove(): void;
}

/** Runs a command in a folder; gives what it said, however it ended. */
function said(folder: string, command: string, ...args: string[]): Promise<string> {
  return new Promise((done) => {
    const env = { ...process.env, VITEST: undefined, NODE_OPTIONS: '' };
    execFile(command, args, { cwd: folder, env, maxBuffer: 1 << 28 }, (_error, out, errors) => done(out + errors));
  });
}

export function copyOfSources(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-recipes-'));
  for (const each of copied)
    cpSync(join(root, each), join(folder, each), {
      recursive: true,
      filter: (path) => !path.startsWith(NEW) && !path.includes('node_modules') && !path.includes('cdk.out'),
    });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const bin = (name: string) => join(root, 'node_modules/.bin', name);
  return {
    add: (files) => cpSync(join(NEW, files), folder, { recursive: true }),
    edit({ file, from, to }) {
      const path = join(folder, file);
      const [before, after, ...more] = readFileSync(path, 'utf8').split(from);
      if (before === undefined || after === undefined || more.length > 0)
        throw new Error(`${file} has not once what test/recipes/recipes.ts begins from: ${from}`);
      writeFileSync(path, before + to + after);
    },
    async compile() {
      // what was compiled before is not looked at again, unless it depends on what has changed
      const out = await said(folder, bin('tsc'), '--incremental', '--tsBuildInfoFile', 'compiled', '--pretty', 'false');
      return [...out.matchAll(/^(\S+)\(\d+,\d+\): error (.*(?:\n .*)*)/gm)].map(([, file = '', words = '']) => [
        file,
        words,
      ]);
    },
    async failing(files) {
      const report = join(folder, 'report.json');
      const vitest = ['run', '--config', 'test/vitest.config.ts', '--reporter=json', '--outputFile', report, ...files];
      const out = await said(folder, bin('vitest'), ...vitest);
      const { testResults } = Report.parse(JSON.parse(readFileSync(report, { encoding: 'utf8' }) || out));
      return testResults.flatMap(({ name, message, assertionResults }) => [
        ...(assertionResults.length === 0 ? [[relative(folder, name), message] as const] : []),
        ...assertionResults
          .filter(({ status }) => status === 'failed')
          .map(({ fullName }) => [relative(folder, name), fullName] as const),
      ]);
    },
    run: (program) => said(folder, bin('node'), '--input-type=module', '--eval', program),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
