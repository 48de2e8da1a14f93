import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { policiesOf } from '../../cdk/local/deployment/roles.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';
import { synthesize } from '../../cdk/synth.ts';
import { localContext } from './local-context.ts';
import type { Section } from './report.ts';
import { manyAtOnce, median } from './statistics.ts';
import { startUnsweptStack } from './unswept-stack.ts';

const FIRST = 50;
const AGAIN = 20_000;

const REQUESTS = 400;
const AT_ONCE = 8;

/** Median milliseconds of an answer of the whole stack, with the policies deciding or not. */
async function answering(enforced: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-bench-'));
  const cloud = await startUnsweptStack(folder, { permissions: enforced });
  try {
    const api = apiClient(cloud.url, await cloud.token('hub-coordinator'));
    const ask = async () => {
      const began = performance.now();
      await api.get('/tasks', z.unknown());
      return performance.now() - began;
    };
    await manyAtOnce(REQUESTS / 4, AT_ONCE, ask);
    return median(await manyAtOnce(REQUESTS, AT_ONCE, ask));
  } finally {
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What it costs the local cloud to decide a call to the table by the policies of the template. */
export async function permissions(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'jieli-bench-'));
  const at = { region: 'us-east-1', accountId: '111111111111' };
  try {
    await synthesize(localContext(), folder, { checked: false });
    const blueprint = readTemplate(readAssembly(folder), { ...at, url: 'http://localhost:3000', parameters: {} });
    const api = blueprint.functions.find(({ logicalId }) => logicalId.startsWith('FacesApi'));
    const [table] = blueprint.tables;
    if (!api || !table) throw new Error('the stack has no API function or no table');
    const caller = { principalArn: `${api.roleArn}/bench`, roleArn: api.roleArn };
    const decide = (authorizer: ReturnType<typeof createAuthorizer>) =>
      authorizer.require(caller, {
        action: 'dynamodb:GetItem',
        resource: table.arn,
        context: { 'dynamodb:LeadingKeys': ['CASE#N000000000'] },
      });
    const timed = (count: number, work: (authorizer: ReturnType<typeof createAuthorizer>) => void, fresh: boolean) => {
      let authorizer = createAuthorizer(policiesOf(blueprint), at);
      work(authorizer);
      const began = performance.now();
      for (let i = 0; i < count; i++) {
        if (fresh) authorizer = createAuthorizer(policiesOf(blueprint), at);
        work(authorizer);
      }
      return ((performance.now() - began) * 1000) / count;
    };
    const [on, off] = [await answering(true), await answering(false)];
    return {
      title: 'Permissions',
      figures: [
        {
          what: 'deciding a call to the table',
          value: timed(AGAIN, decide, false),
          unit: 'µs',
          beside: { what: 'the first of its kind', value: timed(FIRST, decide, true) },
        },
        {
          what: `a list of tasks from the API, ${AT_ONCE} at once, policies deciding`,
          value: on,
          unit: 'ms',
          beside: { what: 'everybody may do everything', value: off },
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
