import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import newBehaviour from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { AwsSolutionsChecks } from 'cdk-nag';
import { type Bundles, bundleFunctions } from './bundle.ts';
import { JieliStack } from './jieli-stack.ts';
import { optionNames, readOptions } from './options.ts';

/** The file of a cloud assembly that tells what went into each function's bundle, as esbuild does. */
export const METAFILE = 'functions.meta.json';

type Context = Readonly<Record<string, string>>;

export interface SynthesisOptions {
  /**
   * Whether cdk-nag and CloudFormation's own rules look at the template. They take most of the time, and say the same
   * of a stack that is only started on this machine. Without it: true.
   */
  readonly checked?: boolean;
}

/**
 * Writes the cloud assembly: what `cdk deploy` puts on AWS and what the local cloud runs. The same sources and context
 * give the same template.
 * @param context what the installation chooses, see `options.ts`; what the CDK CLI was given with `-c` comes first
 * @param outdir the folder for the assembly
 * @throws when the context is not understood, a source does not compile, or the template breaks a rule
 */
export async function synthesize(context: Context, outdir: string, options?: SynthesisOptions): Promise<CloudAssembly> {
  const bundles = await bundleFunctions();
  try {
    return assemble(context, outdir, bundles, options);
  } finally {
    bundles.dispose();
  }
}

/** As {@link synthesize}, from bundles that are there already. */
export function assemble(
  context: Context,
  outdir: string,
  bundles: Bundles,
  { checked = true }: SynthesisOptions = {},
): CloudAssembly {
  const app = new App({
    outdir,
    // as a project begun today, not as one from 2021
    context: { ...newBehaviour, ...context },
    analyticsReporting: false,
    builtinCloudFormationValidation: checked,
  });
  const given = Object.fromEntries(optionNames.map((name) => [name, app.node.tryGetContext(name)]));
  const options = readOptions(given);
  new JieliStack(app, options.stackName, { options, bundles });
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const assembly = app.synth();
  writeFileSync(join(outdir, METAFILE), JSON.stringify(bundles.metafile));
  return assembly;
}
