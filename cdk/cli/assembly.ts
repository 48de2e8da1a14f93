import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closeToOthers } from '../local/data-folder/own-alone.ts';

const root = dirname(dirname(import.meta.dirname));
/** What an assembly is made from, beside its context. */
const sources = ['package-lock.json', 'tsconfig.json', 'cdk', 'functions', 'shared', 'workflows'];
/** Beside the assembly: what it was made from. */
const MARK = 'made-from';

function filesOf(name: string): string[] {
  if (name.includes('.')) return [name];
  return readdirSync(join(root, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/**
 * What everything that goes into an assembly comes to: other sources, libraries, choices or another Node, another text.
 * @param more files and folders of the project that count too
 */
export function fingerprint(context: Readonly<Record<string, string>>, more: readonly string[] = []): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, process.env.CDK_CONTEXT_JSON, context]));
  for (const name of [...sources, ...more].flatMap(filesOf)) {
    hash.update(`\0${name}\0`).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}

function markIn(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, MARK), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Sees to it that `folder` holds the assembly of these sources and this context. Synthesizing and bundling are most of a
 * start: whatever is there already and was made from the same is left as it is.
 * `JIELI_ASSEMBLIES` names a folder in which they are kept for several data folders, as tests have them.
 * The rules of cdk-nag are checked by `npm run synth`, deployment and the tests: they take longer than all the rest.
 * @throws as `synthesize`
 */
export async function ensureAssembly(context: Readonly<Record<string, string>>, folder: string): Promise<void> {
  const wanted = fingerprint(context);
  if (markIn(folder) === wanted) return;
  const { JIELI_ASSEMBLIES: shared } = process.env;
  if (shared === undefined) return make(context, folder, wanted);
  const kept = join(shared, wanted);
  if (markIn(kept) !== wanted) {
    const begun = mkdtempSync(join(shared, 'begun-'));
    await make(context, begun, wanted);
    // as in the data folder that it is copied to, whatever the umask of who made it is
    closeToOthers(begun);
    // another process may have been first
    if (!existsSync(kept)) renameSync(begun, kept);
    else rmSync(begun, { recursive: true });
  }
  rmSync(folder, { recursive: true, force: true });
  cpSync(kept, folder, { recursive: true });
}

async function make(context: Readonly<Record<string, string>>, folder: string, wanted: string): Promise<void> {
  const [{ synthesize }, { stop: stopBundler }] = await Promise.all([import('../synth.ts'), import('esbuild')]);
  await synthesize(context, folder, { checked: false });
  // the bundler's own process would hold some hundred megabytes for nothing
  await stopBundler();
  // last: what was killed half way is made anew
  writeFileSync(join(folder, MARK), wanted);
}

/** Has the maps of an assembly's bundles name the sources where they are on this machine, so that a debugger stops in them. */
export function nameSources(folder: string): void {
  // the bundler names them as seen from a folder of the project
  const sourceRoot = pathToFileURL(join(root, 'bundles/')).href;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name, 'index.mjs.map');
    if (!existsSync(file)) continue;
    const map: object = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...map, sourceRoot }));
  }
}
