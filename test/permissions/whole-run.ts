import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import * as z from 'zod';
import { missing, type Observed, unneeded } from './needed.ts';

const STACK = 'Jieli';

const Document = z.record(z.string(), z.json());
const Head = z.object({
  stack: z.string(),
  accountId: z.string(),
  region: z.string(),
  owners: z.array(z.tuple([z.string(), z.string()])),
  roles: z.array(z.tuple([z.string(), z.array(z.object({ name: z.string(), document: Document }))])),
  resources: z.array(z.tuple([z.string(), Document])),
});
const Call = z.object({
  roleArn: z.string(),
  action: z.string(),
  resource: z.string(),
  allowed: z.boolean(),
  asked: z.object({
    action: z.string(),
    resource: z.string(),
    context: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  }),
});

/** What the stacks of this name were observed to do: once for each set of policies, with the calls of them all. */
function observedIn(folder: string, stack: string): Observed[] {
  const heads = new Map<string, z.output<typeof Head>>();
  const calls = new Map<string, z.output<typeof Call>>();
  for (const file of readdirSync(folder)) {
    // the last line may be half: its process was killed
    const [first = '', ...rest] = readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1);
    if (first === '') continue;
    const head = Head.parse(JSON.parse(first));
    if (head.stack !== stack) continue;
    heads.set(first, head);
    for (const line of rest) {
      const call = Call.parse(JSON.parse(line));
      const { roleArn, action, resource, allowed, asked } = call;
      calls.set(JSON.stringify([roleArn, action, resource, allowed, asked.context]), call);
    }
  }
  return [...heads.values()].map(({ accountId, region, owners, roles, resources }) => ({
    accountId,
    region,
    owners: new Map(owners),
    policies: { roles: new Map(roles), resources: new Map(resources) },
    calls: [...calls.values()].map(({ asked: { context, ...asked }, ...call }) => ({
      ...call,
      asked: { ...asked, ...(context && { context }) },
    })),
  }));
}

/** Whether every test of the suite ran. */
async function isWhole({ vitest }: TestProject): Promise<boolean> {
  const { testNamePattern, shard, project: chosen } = vitest.config;
  if (testNamePattern || shard || chosen.length > 0) return false;
  const ran = new Set(vitest.state.getTestModules().map(({ moduleId }) => moduleId));
  return (await vitest.globTestSpecifications()).every(({ moduleId }) => ran.has(moduleId));
}

/**
 * Collects the calls that every local cloud of the run decides, and compares them with the policies of the template when all
 * is done: a denied call fails any run, a permission that nothing needed a whole one.
 */
export function setup(project: TestProject): (() => Promise<void>) | undefined {
  // every project inherits this from the root
  if (!project.isRootProject()) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'jieli-calls-'));
  process.env.LOCAL_CLOUD_CALLS = folder;
  return async () => {
    const whole = await isWhole(project);
    const wrong = new Set<string>();
    let calls = 0;
    for (const observed of observedIn(folder, STACK)) {
      calls = observed.calls.length;
      for (const line of missing(observed)) wrong.add(line);
      if (whole) for (const line of unneeded(observed)) wrong.add(line);
    }
    rmSync(folder, { recursive: true, force: true });
    if (whole)
      console.log(`Permissions: ${calls} different calls of the whole run compared with the template's policies.`);
    if (wrong.size === 0) return;
    console.error(`The template's policies and what the tests did do not fit:\n${[...wrong].join('\n')}`);
    process.exitCode = 1;
  };
}
