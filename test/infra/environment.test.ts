import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { FunctionName } from '../../cdk/bundle.ts';
import { ApiEnv } from '../../functions/api/env.ts';
import { ConsoleEnv } from '../../functions/console/env.ts';
import { JobsEnv } from '../../functions/jobs/env.ts';
import { NotifyEnv } from '../../functions/notify/env.ts';
import { RelayEnv } from '../../functions/relay/env.ts';
import { SiteEnv } from '../../functions/site/env.ts';
import { AdvanceEnv } from '../../functions/stages/advance/env.ts';
import { CoverEnv } from '../../functions/stages/cover/env.ts';
import { OpenTaskEnv } from '../../functions/stages/open-task/env.ts';
import { ScreenEnv } from '../../functions/stages/screen/env.ts';
import { SweepEnv } from '../../functions/sweep/env.ts';
import { functionIn, ownIssuer, templateOf } from './template.ts';

const schemas: Readonly<Record<FunctionName, z.ZodObject>> = {
  site: SiteEnv,
  console: ConsoleEnv,
  api: ApiEnv,
  relay: RelayEnv,
  notify: NotifyEnv,
  sweep: SweepEnv,
  jobs: JobsEnv,
  screen: ScreenEnv,
  'open-task': OpenTaskEnv,
  advance: AdvanceEnv,
  cover: CoverEnv,
};
const cases = Object.entries(schemas);
const isName = (name: string): name is FunctionName => name in schemas;

const Environment = z.object({ Variables: z.record(z.string(), z.json()) });

const Joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.json())]) });

/** A value as CloudFormation gives it to the function: what it fills in when it deploys is some text or other, or a URL. */
function deployed(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  const joined = Joined.safeParse(value).data?.['Fn::Join'];
  if (joined && !/URL|ISSUER/.test(name)) return joined[1].map((part) => deployed(name, part)).join(joined[0]);
  return /URL|ISSUER/.test(name) ? 'https://example.org' : 'filled-in';
}

const installations = {
  'as it is': {},
  'with everything named': {
    ...ownIssuer,
    publicUrl: 'https://hub.example.org',
    mail: 'smtp',
    smtpUrl: 'smtp://mail.example.org:587',
    oidcSecret: 'jieli/oidc',
  },
};

describe.each(Object.entries(installations))('an installation %s', (_, context) => {
  const template = templateOf(context);

  it.each(cases)(
    'gives %s every variable that it requires, none that it does not know, and values it accepts',
    (name, schema) => {
      if (!isName(name)) throw new Error(name);
      const { Variables } = Environment.parse(functionIn(template, name).Properties.Environment);
      expect(Object.keys(schema.shape)).toEqual(expect.arrayContaining(Object.keys(Variables)));
      const filled = Object.fromEntries(Object.entries(Variables).map(([key, value]) => [key, deployed(key, value)]));
      expect(schema.safeParse(filled).error?.issues).toBeUndefined();
    },
  );
});
