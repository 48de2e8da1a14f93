import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FunctionName } from '../../bundle.ts';
import type { LocalCloud } from '../../local/index.ts';
import { contextOf, type StackOptions } from '../stack.ts';
import { liveFunctions } from './live-functions.ts';
import { watchStack } from './stack-watch.ts';
import { watchFolders } from './watch-folders.ts';

const root = dirname(dirname(dirname(import.meta.dirname)));
const folders = ['cdk', 'functions', 'shared', 'workflows'];

/**
 * Has the running stack follow its sources: a function that a changed source is a part of is bundled anew and runs from its
 * next call on. Nothing else is started again; what needs a start says so.
 * @param say takes a line for every change that means something
 */
export async function followSources(
  cloud: Pick<LocalCloud, 'replaceCode'>,
  options: StackOptions,
  say: (line: string) => void,
): Promise<void> {
  const { dataDir } = options;
  const live = liveFunctions(join(dataDir, 'assembly'), join(dataDir, 'code', 'changed'), cloud.replaceCode);
  const stack = await watchStack(contextOf(options));
  const broken = new Set<FunctionName>();
  /** Whether a file is there, or was a part of a function: editors make files of their own for a moment. */
  const counts = (file: string): boolean => existsSync(join(root, file)) || live.madeFrom([file]).length > 0;
  watchFolders(root, folders, async (all) => {
    const begun = performance.now();
    const files = all.filter(counts);
    if (files.length === 0) return;
    const changed = files.join(', ');
    // what did not compile may be mended by a file that was no part of it before
    const names = [...new Set([...live.madeFrom(files), ...broken])];
    const told = names.join(', ');
    if (names.length > 0) {
      try {
        await live.rebuild(names);
        broken.clear();
        say(`${changed}: replaced ${told} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
      } catch (error) {
        for (const name of names) broken.add(name);
        say(
          `${changed}: ${told} as before, since this does not compile.\n${error instanceof Error ? error.message : error}`,
        );
      }
    }
    const verdict = await stack.verdict(files);
    if (verdict !== undefined) say(verdict);
  });
  say('Sources are watched: what is changed in a function runs from its next call on.');
}
