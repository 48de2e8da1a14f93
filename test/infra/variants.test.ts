import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import newBehaviour from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { assembleEmpty, said } from './template.ts';
import { refused, variants } from './variants.ts';

const folder = mkdtempSync(join(tmpdir(), 'jieli-variants-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const Report = z.object({
  pluginReports: z.array(z.object({ pluginName: z.string(), violations: z.array(z.json()) })),
});

describe.each(Object.entries(variants))('an installation %s', (name, context) => {
  it('has a template that CloudFormation takes in its region, and breaks no rule of cdk-nag without a written reason', () => {
    const out = join(folder, name);
    assembleEmpty(context, out, { checked: true });
    const { pluginReports } = Report.parse(JSON.parse(readFileSync(join(out, 'validation-report.json'), 'utf8')));
    // CloudFormation's own rules are in the report only when they found something
    expect(pluginReports.map(({ pluginName }) => pluginName)).toContain('AwsSolutions');
    expect(pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
  });
});

describe('what AWS would refuse', () => {
  it.each(refused)('is refused before anything is made, with a sentence: %j', (context, sentence) => {
    expect(() => assembleEmpty({ ...said, ...context }, join(folder, 'refused'))).toThrow(sentence);
  });

  it('begins with a region that nobody named and a sender that nobody gave', () => {
    expect(() => assembleEmpty({ mailFrom: 'hub@example.org' }, join(folder, 'refused'))).toThrow(
      'the region is not known',
    );
    expect(() => assembleEmpty({ region: 'us-east-1' }, join(folder, 'refused'))).toThrow(
      'nobody is named whom mails come from',
    );
  });

  // the check that the variants pass must be one that sees
  it.each([
    ['a user pool in China', (stack: Stack) => new CfnUserPool(stack, 'X'), 'cn-north-1', 'does not exist in'],
    [
      'an SES identity in China',
      (stack: Stack) => new CfnEmailIdentity(stack, 'X', { emailIdentity: 'a' }),
      'cn-north-1',
      'does not exist in',
    ],
    [
      'a function with a runtime that there is not',
      (stack: Stack) => new CfnFunction(stack, 'X', { code: { zipFile: 'x' }, role: 'x', runtime: 'nodejs99.x' }),
      'us-east-1',
      "'nodejs99.x' is not one of",
    ],
  ])('is found by the template’s check: %s', (name, make, region, sentence) => {
    const app = new App({ outdir: join(folder, name), context: newBehaviour });
    make(new Stack(app, 'Odd', { env: { region } }));
    expect(() => app.synth()).toThrow(sentence);
  });
});
