import { synthesize } from './synth.ts';

// The CDK CLI says where it wants the assembly; without it, beside the sources.
const { CDK_OUTDIR, CDK_DEFAULT_REGION, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
const region = CDK_DEFAULT_REGION ?? AWS_REGION ?? AWS_DEFAULT_REGION;
await synthesize(region === undefined ? {} : { region }, CDK_OUTDIR ?? 'cdk.out');
