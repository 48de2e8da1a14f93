import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { TemplateError } from './template-error.ts';

const jsonObject = z.record(z.string(), z.json());

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z
        .object({
          templateFile: z.string().optional(),
          stackName: z.string().optional(),
          parameters: z.record(z.string(), z.string()).optional(),
        })
        .optional(),
    }),
  ),
});

const assetsSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

const templateSchema = z.object({
  Parameters: z.record(z.string(), jsonObject).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), jsonObject)).default({}),
  Conditions: z.record(z.string(), z.json()).default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: jsonObject.default({}),
      DependsOn: z.union([z.string(), z.array(z.string())]).default([]),
      Condition: z.string().optional(),
    }),
  ),
  Outputs: z.record(z.string(), z.object({ Value: z.json(), Condition: z.string().optional() })).default({}),
  Transform: z.json().optional(),
});

export type Template = z.output<typeof templateSchema>;
export type TemplateResource = Template['Resources'][string];

/** One stack of a synthesized cloud assembly. */
export interface StackAssembly {
  readonly stackName: string;
  readonly template: Template;
  /** Parameter values that the assembly itself fixes. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The path of the file or folder that a deployment would have put under this object key; undefined when none. */
  assetPath(objectKey: string): string | undefined;
}

function readJson(path: string): unknown {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return parsed;
}

/**
 * Reads a synthesized cloud assembly (the folder that `cdk synth` writes) with exactly one stack, or the one named.
 * Throws {@link TemplateError} when there is no such stack or the template is none.
 */
export function readAssembly(directory: string, stackName?: string): StackAssembly {
  const manifestPath = join(directory, 'manifest.json');
  if (!existsSync(manifestPath)) throw new TemplateError(`${directory} is no cloud assembly: it has no manifest.json.`);
  const manifest = manifestSchema.parse(readJson(manifestPath));
  const stacks = Object.entries(manifest.artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => ({ id, name: artifact.properties?.stackName ?? id, properties: artifact.properties }));
  const chosen = stackName === undefined ? stacks : stacks.filter((stack) => stack.name === stackName);
  const [stack] = chosen;
  if (stack === undefined || chosen.length !== 1 || stack.properties?.templateFile === undefined) {
    const names = stacks.map((each) => each.name).join(', ') || 'none';
    throw new TemplateError(`One stack is deployed here; name it. The assembly has: ${names}.`);
  }
  const parsed = templateSchema.safeParse(readJson(join(directory, stack.properties.templateFile)));
  if (!parsed.success) throw new TemplateError(`The template of ${stack.name}: ${z.prettifyError(parsed.error)}`);
  if (parsed.data.Transform !== undefined) throw new TemplateError(`${stack.name}: Transform is not supported here.`);
  const assets = readAssets(directory, `${stack.id}.assets.json`);
  return {
    stackName: stack.name,
    template: parsed.data,
    parameters: stack.properties.parameters ?? {},
    assetPath: (key) => assets.get(key),
  };
}

function readAssets(directory: string, file: string): ReadonlyMap<string, string> {
  const byKey = new Map<string, string>();
  const path = join(directory, file);
  if (!existsSync(path)) return byKey;
  for (const asset of Object.values(assetsSchema.parse(readJson(path)).files)) {
    if (asset.source.path === undefined) continue;
    for (const { objectKey } of Object.values(asset.destinations)) {
      byKey.set(objectKey, join(directory, asset.source.path));
    }
  }
  return byKey;
}
