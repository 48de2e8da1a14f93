import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policiesOf } from '../../cdk/local/deployment/roles.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';
import { synthesize } from '../../cdk/synth.ts';
import { localContext } from './local-context.ts';
import type { Section } from './report.ts';

const FIRST = 50;
const AGAIN = 20_000;

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
      authorizer.requireNow(caller, {
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
    return {
      title: 'Permissions',
      figures: [
        {
          what: 'deciding a call to the table',
          value: timed(AGAIN, decide, false),
          unit: 'µs',
          beside: { what: 'the first of its kind', value: timed(FIRST, decide, true) },
        },
      ],
      notes: ['Nothing switches them off: this is what every call pays, beside some milliseconds for the call itself.'],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
