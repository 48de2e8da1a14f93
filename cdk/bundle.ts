import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

/** Every function of the stack, each with the file that exports its `handler`. */
export const functionEntries = {
  site: 'functions/site/handler.ts',
  console: 'functions/console/handler.ts',
  api: 'functions/api/handler.ts',
  relay: 'functions/relay/handler.ts',
  notify: 'functions/notify/handler.ts',
  sweep: 'functions/sweep/handler.ts',
  jobs: 'functions/jobs/handler.ts',
  screen: 'functions/stages/screen/handler.ts',
  'open-task': 'functions/stages/open-task/handler.ts',
  advance: 'functions/stages/advance/handler.ts',
  cover: 'functions/stages/cover/handler.ts',
} as const;
export type FunctionName = keyof typeof functionEntries;

/**
 * Ways to find credentials on a person's machine, a container or a virtual server. The SDK imports them only when the
 * environment has none; on Lambda it always has, and nearly half of a small bundle would be these. Lambda's runtime has
 * them for whoever runs without.
 */
const unusedCredentialSources = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** How a function becomes one file. */
export const bundleSettings = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // the ES modules of a package where it has both: only they can be shaken
  mainFields: ['module', 'main'],
  external: unusedCredentialSources,
  minify: true,
  // Chinese as it is, not six characters each
  charset: 'utf8',
  legalComments: 'none',
  // traces name the sources by it, and debuggers find them; the texts themselves are in the repository
  sourcemap: 'linked',
  sourcesContent: false,
  inject: [join(dirname(import.meta.dirname), 'functions/log/named-stacks.ts')],
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'silent',
  outExtension: { '.js': '.mjs' },
} satisfies BuildOptions;

/** The functions, each bundled into a folder of its own: `index.mjs` and its map. */
export interface Bundles {
  directoryOf(name: FunctionName): string;
  /** what went into each bundle and how large it is, as esbuild tells it */
  readonly metafile: Metafile;
  /** removes the folders; whoever needs them has copied them by then */
  dispose(): void;
}

export const isFunctionName = (name: string): name is FunctionName => name in functionEntries;
export const functionNames: readonly FunctionName[] = Object.keys(functionEntries).filter(isFunctionName);

/**
 * Bundles functions in one go. The same sources give the same bytes, so that deploying twice changes nothing.
 * @param names which ones; left out, all
 * @throws when a source does not compile
 */
export async function bundleFunctions(names: readonly FunctionName[] = functionNames): Promise<Bundles> {
  const root = dirname(import.meta.dirname);
  const entryPoints = names.map((name) => ({ in: join(root, functionEntries[name]), out: name }));
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: join(root, 'bundles'),
    write: false,
    metafile: true,
    ...bundleSettings,
  });
  const folder = mkdtempSync(join(tmpdir(), 'jieli-bundles-'));
  for (const { path, text } of outputFiles) {
    const [name = '', ...extensions] = basename(path).split('.');
    const directory = join(folder, name);
    mkdirSync(directory, { recursive: true });
    const linked = text.replace(`//# sourceMappingURL=${name}.mjs.map`, '//# sourceMappingURL=index.mjs.map');
    writeFileSync(join(directory, ['index', ...extensions].join('.')), linked);
  }
  return {
    directoryOf: (name) => join(folder, name),
    metafile,
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Functions that do nothing, for whoever wants the template and not what is in the functions. */
export function emptyBundles(): Bundles {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-empty-'));
  for (const name of functionNames) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
  }
  return {
    directoryOf: (name) => join(folder, name),
    metafile: { inputs: {}, outputs: {} },
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
