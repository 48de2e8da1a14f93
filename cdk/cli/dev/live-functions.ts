import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';
import { bundleFunctions, type FunctionName, functionEntries, functionNames } from '../../bundle.ts';
import { isDebugged } from '../../local/debugged.ts';
import { METAFILE } from '../../synth.ts';
import { nameSources } from '../assembly.ts';

/** The functions of a running stack, which sources each is made from, and what runs now. */
export interface LiveFunctions {
  /** The functions that have one of these sources in them. */
  madeFrom(files: readonly string[]): FunctionName[];
  /** Bundles functions anew and has the stack run them. @throws esbuild's failure; what ran before goes on */
  rebuild(names: readonly FunctionName[]): Promise<void>;
}

/** Has a function run the code in another folder. */
type Replace = (codeDir: string, folder: string) => void;

const Inputs = z.object({ outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.unknown()) })) });
const SourceMap = z.object({ sources: z.array(z.string()) });

function inputsOf(metafile: unknown, name: FunctionName): ReadonlySet<string> {
  return new Set(Object.keys(Inputs.parse(metafile).outputs[`bundles/${name}.mjs`]?.inputs ?? {}));
}

/** The folder of the assembly with a function's bundle: the one whose map names the function's handler. */
function folderOf(assembly: string, name: FunctionName): string {
  for (const entry of readdirSync(assembly)) {
    const map = join(assembly, entry, 'index.mjs.map');
    try {
      const { sources } = SourceMap.parse(JSON.parse(readFileSync(map, 'utf8')));
      if (sources.some((source) => source.endsWith(functionEntries[name]))) return join(assembly, entry);
    } catch {
      // no folder of a bundle
    }
  }
  throw new Error(`${assembly} has no bundle of ${name}`);
}

/**
 * @param assembly what the stack was started from
 * @param folder takes what is made anew; emptied first
 */
export function liveFunctions(assembly: string, folder: string, replace: Replace): LiveFunctions {
  rmSync(folder, { recursive: true, force: true });
  const made: Metafile = JSON.parse(readFileSync(join(assembly, METAFILE), 'utf8'));
  const inputs = new Map(functionNames.map((name) => [name, inputsOf(made, name)]));
  const running = new Map(functionNames.map((name) => [name, resolve(folderOf(assembly, name))]));
  let times = 0;
  return {
    madeFrom: (files) => functionNames.filter((name) => files.some((file) => inputs.get(name)?.has(file))),
    async rebuild(names) {
      const bundles = await bundleFunctions(names);
      times += 1;
      const parent = join(folder, String(times));
      mkdirSync(parent, { recursive: true });
      for (const name of names) cpSync(bundles.directoryOf(name), join(parent, name), { recursive: true });
      bundles.dispose();
      if (isDebugged()) nameSources(parent);
      for (const name of names) {
        inputs.set(name, inputsOf(bundles.metafile, name));
        replace(running.get(name) ?? '', join(parent, name));
        running.set(name, join(parent, name));
      }
    },
  };
}
