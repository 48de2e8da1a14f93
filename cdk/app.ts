import { synthesize } from './synth.ts';

// The CDK CLI says where it wants the assembly; without it, beside the sources.
await synthesize({}, process.env.CDK_OUTDIR ?? 'cdk.out');
