import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoPeople } from '../../cdk/cli/demo/people.ts';
import { enterParties } from '../../cdk/cli/parties-file.ts';
import { environmentFor, useEnvironment } from '../../cdk/cli/stack-environment.ts';
import { type LocalCloud, startLocalCloud } from '../../cdk/local/index.ts';
import { synthesize } from '../../cdk/synth.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import { openTable } from '../../shared/store/table.ts';
import { freePort } from '../e2e/free-port.ts';
import { localContext } from './local-context.ts';

/** Schedules do not run: what they use depends on the clock and not on the cases. */
function withoutSchedules(assembly: string): void {
  for (const file of readdirSync(assembly).filter((name) => name.endsWith('.template.json'))) {
    const path = join(assembly, file);
    const template: { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> } = JSON.parse(
      readFileSync(path, 'utf8'),
    );
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::Events::Rule') Properties.State = 'DISABLED';
    }
    writeFileSync(path, JSON.stringify(template));
  }
}

/** The stack in this process, on a free port, with the demo's parties and without its schedules. */
export async function startUnsweptStack(dataDir: string, { permissions = true } = {}): Promise<LocalCloud> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const assembly = join(dataDir, 'assembly');
  await synthesize(localContext(url), assembly, { checked: false });
  withoutSchedules(assembly);
  const people = demoPeople.members.map(({ id, name, email }) => ({ sub: id, name, email }));
  const clients = [{ clientId: 'bench', redirectPaths: ['/console/callback'], postLogoutRedirectPaths: ['/'] }];
  const cloud = await startLocalCloud({
    assembly,
    dataDir,
    port,
    people,
    clients,
    permissions,
    say: () => undefined,
  });
  useEnvironment(environmentFor(cloud));
  const service = kmsKeyService(cloud.outputs.DataKeyId ?? '');
  const table = openTable({ name: cloud.outputs.TableName ?? '', shards: Number(cloud.outputs.IndexShards) }, service);
  await ensureDataKey(table, service);
  await enterParties(table, demoPeople);
  return cloud;
}
