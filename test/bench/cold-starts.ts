import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { bundleFunctions, bundleSettings, type FunctionName, functionEntries } from '../../cdk/bundle.ts';
import { createClock } from '../../cdk/local/clock.ts';
import { createLambda } from '../../cdk/local/lambda/index.ts';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';
import { assemble } from '../../cdk/synth.ts';
import { localContext } from './local-context.ts';
import type { Figure, Section } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 9;
const REGION = 'us-east-1';
const ACCOUNT = '111111111111';
const ROOT = dirname(dirname(import.meta.dirname));
/** Those for which the size was aimed at: the API and the stages. */
const measuredBySize: readonly FunctionName[] = ['api', 'screen', 'open-task', 'advance', 'cover'];

interface Measured {
  readonly name: string;
  readonly codeDir: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A bare function by our settings, or by some that differ. */
async function bareFunction(folder: string, settings: object): Promise<string> {
  const entry = join(import.meta.dirname, 'bare-hono.ts');
  mkdirSync(folder);
  const { outputFiles = [] } = await build({
    ...bundleSettings,
    ...settings,
    absWorkingDir: ROOT,
    entryPoints: [entry],
    write: false,
    outdir: folder,
  });
  for (const { contents, path } of outputFiles)
    if (path.endsWith('.mjs')) writeFileSync(join(folder, 'index.mjs'), contents);
  return folder;
}

/** Milliseconds until a fresh worker of the local Lambda has loaded each function: the median of several, taken in turn. */
async function loadingTimes(functions: readonly Measured[], dataDir: string): Promise<ReadonlyMap<string, number>> {
  const clock = createClock({ file: join(dataDir, 'clock.json') });
  const lambda = createLambda({
    clock,
    dataDir,
    region: REGION,
    accountId: ACCOUNT,
    endpointUrl: 'http://127.0.0.1:9',
  });
  const took = new Map<string, number[]>(functions.map(({ name }) => [name, []]));
  const load = async ({ name, codeDir, environment }: Measured) => {
    const arn = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
    const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench', sessionToken: 'bench' };
    const memory = { timeoutSeconds: 10, memoryMb: 1024 };
    // deploying ends the workers that there are
    lambda.deploy({ name, arn, codeDir, environment, credentials, handler: 'index.handler', ...memory });
    // not an event that any of them does something for: only the loading counts
    await lambda.invoke(name, '{}');
    return lambda.describe().find(({ definition }) => definition.name === name)?.recent[0]?.initMs;
  };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const one of functions) took.get(one.name)?.push((await load(one)) ?? Number.NaN);
    }
  } finally {
    await lambda.stop();
    clock.stop();
  }
  return new Map([...took].map(([name, all]) => [name, median(all)]));
}

/** Each function's environment as the template has it. */
function environments(assembly: string): ReadonlyMap<string, Measured> {
  const served = { region: REGION, accountId: ACCOUNT, url: 'http://localhost:3000', parameters: {} };
  const { functions } = readTemplate(readAssembly(assembly), served);
  return new Map(
    functions.map(({ name, code, environment }) => {
      const codeDir = code.kind === 'folder' ? code.path : '';
      return [readFileSync(join(codeDir, 'index.mjs'), 'utf8'), { name, codeDir, environment }];
    }),
  );
}

/** Bundle size and cold start of each function beside a bare Hono function with a table client. */
export async function coldStarts(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), 'jieli-bench-'));
  const bundles = await bundleFunctions();
  const bytesOf = (folder: string) => readFileSync(join(folder, 'index.mjs'));
  try {
    assemble(localContext(), join(dataDir, 'assembly'), bundles, { checked: false });
    const deployed = environments(join(dataDir, 'assembly'));
    const bare = await bareFunction(join(dataDir, 'bare'), {});
    const whole = await bareFunction(join(dataDir, 'whole'), { external: [] });
    const names = Object.keys(functionEntries).filter((name): name is FunctionName => name in functionEntries);
    const functions = names.map((name): Measured => {
      const codeDir = bundles.directoryOf(name);
      return { name, codeDir, environment: deployed.get(bytesOf(codeDir).toString('utf8'))?.environment ?? {} };
    });
    const all = [
      ...functions,
      { name: 'bare', codeDir: bare, environment: {} },
      { name: 'whole', codeDir: whole, environment: {} },
    ];
    const took = await loadingTimes(all, dataDir);
    const kilobytes = (bytes: Uint8Array) => bytes.length / 1000;
    const figures = functions.flatMap(({ name, codeDir }): Figure[] => {
      const bytes = bytesOf(codeDir);
      const aimed = measuredBySize.some((one) => one === name);
      return [
        {
          what: `${name}: bundle, ${kilobytes(gzipSync(bytes)).toFixed(0)} kB compressed`,
          value: kilobytes(bytes),
          unit: 'kB',
          beside: { what: 'bare', value: kilobytes(bytesOf(bare)) },
          ...(aimed && { target: { most: 3, ratio: true as const } }),
        },
        {
          what: `${name}: cold start`,
          value: took.get(name) ?? 0,
          unit: 'ms',
          beside: { what: 'bare', value: took.get('bare') ?? 0 },
          target: { most: 2, ratio: true },
        },
      ];
    });
    return {
      title: 'Functions',
      figures,
      notes: [
        'Bare: one route of Hono that reads an item, by the same settings as ours. They leave out the credential sources that',
        `Lambda never asks: with those, as esbuild makes it of itself, it has ${kilobytes(bytesOf(whole)).toFixed(0)} kB and starts in ${(took.get('whole') ?? 0).toFixed(0)} ms.`,
        `Cold start: a fresh worker of the local Lambda until the handler is loaded, median of ${ROUNDS}, all taken in turn.`,
      ],
    };
  } finally {
    bundles.dispose();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
