import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { verifyAudit } from '../../cdk/cli/audit/verify.ts';
import { demoPeople } from '../../cdk/cli/demo/people.ts';
import { enterParties } from '../../cdk/cli/parties-file.ts';
import { type LocalCloud, startLocalCloud } from '../../cdk/local/index.ts';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import type { TableSpec } from '../../cdk/local/template/blueprint.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';
import { synthesize } from '../../cdk/synth.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { localContext } from '../bench/local-context.ts';
import { TaskPage } from '../engine/api-stand.ts';
import { sendNeed } from './applicant.ts';
import { freePort } from './free-port.ts';

const Stage = z.object({ stage: z.string() });
const at = { region: 'us-east-1', accountId: '123456789012' };
const arn = `arn:aws:dynamodb:${at.region}:${at.accountId}:table/Jieli-restored`;
/** A new label: the stream of a restored table is another one. */
const restoredStream = `${arn}/stream/2026-11-30T20:00:00.000`;

/** The steps of `cdk/README.md`, "When the table must be put back", on the local cloud. */
describe('A table restored from a point in time', () => {
  let dataDir: string;
  let cloud: LocalCloud | undefined;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'jieli-restored-'));
  });
  afterAll(async () => {
    await cloud?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const running = (): LocalCloud => {
    if (!cloud) throw new Error('nothing runs');
    return cloud;
  };
  const settle = () => running().clock.advance(0);
  const client = () => {
    const credentials = running().credentialsFor('administrator');
    return { endpoint: running().endpointUrl, region: at.region, credentials };
  };

  /** Deploys what a context gives, and gives the table that it works with. */
  async function deploy(
    context: Readonly<Record<string, string>>,
    outside: (own: TableSpec) => TableSpec,
  ): Promise<Table> {
    await cloud?.stop();
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const assembly = join(dataDir, 'assembly');
    await synthesize({ ...localContext(url), stackName: 'Drill', ...context }, assembly, { checked: false });
    const [own] = readTemplate(readAssembly(assembly), { ...at, url, parameters: {} }).tables;
    if (!own) throw new Error('no table');
    cloud = await startLocalCloud({
      assembly,
      dataDir,
      port,
      people: demoPeople.members.map(({ id, name, email }) => ({ sub: id, name, email })),
      clients: [{ clientId: 'bench', redirectPaths: ['/'], postLogoutRedirectPaths: ['/'] }],
      tables: [outside(own)],
      say: () => undefined,
    });
    const keys = cloud.credentialsFor('administrator');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: cloud.endpointUrl,
      AWS_REGION: at.region,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken,
    });
    return openTable(cloud.outputs.TableName ?? '', kmsKeyService(cloud.outputs.DataKeyId ?? ''));
  }

  /** As AWS restores a table: its items and indexes, under another name, without stream or expiry. */
  const restored = (own: TableSpec): TableSpec => ({
    ...own,
    logicalId: 'Restored',
    name: 'Jieli-restored',
    arn,
    streamArn: restoredStream,
    streamViewType: undefined,
    ttlAttribute: undefined,
  });
  const madeReady = (own: TableSpec): TableSpec => ({
    ...restored(own),
    streamViewType: own.streamViewType,
    ttlAttribute: own.ttlAttribute,
  });

  const verify = async (table: Table) => {
    const faults: unknown[] = [];
    const s3 = new S3Client({ ...client(), forcePathStyle: true });
    await verifyAudit(table, s3, running().outputs.AnchorBucket ?? '', (fault) => faults.push(fault));
    s3.destroy();
    return faults;
  };

  /** Stands for RestoreTableToPointInTime: what is in one table now goes to another; gives how many items. */
  async function restore(from: string): Promise<number> {
    const database = new DynamoDBClient(client());
    let items = 0;
    for await (const { Items = [] } of paginateScan({ client: database }, { TableName: from, Limit: 25 })) {
      const writes: WriteRequest[] = Items.map((Item) => ({ PutRequest: { Item } }));
      items += writes.length;
      if (writes.length === 0) continue;
      const { UnprocessedItems = {} } = await database.send(
        new BatchWriteItemCommand({ RequestItems: { 'Jieli-restored': writes } }),
      );
      expect(UnprocessedItems).toEqual({});
    }
    database.destroy();
    return items;
  }

  it('is what the stack works with from then on: the audit is whole, and a case that waited moves on', async () => {
    const table = await deploy({}, restored);
    await ensureDataKey(table, kmsKeyService(running().outputs.DataKeyId ?? ''));
    await enterParties(table, demoPeople);
    const kept = await sendNeed(running(), {
      organization: '示例第一医院',
      email: 'office@hospital.example',
      lines: [{ item: '医用口罩', quantity: 100 }],
    });
    await settle();
    expect(await restore(running().outputs.TableName ?? '')).toBeGreaterThan(10);
    // what happened to the old one, and why it must be put back
    const database = new DynamoDBClient(client());
    const Key = { pk: { S: `CASE#${kept.id}` }, sk: { S: 'CASE' } };
    await database.send(new DeleteItemCommand({ TableName: running().outputs.TableName, Key }));
    database.destroy();

    const again = await deploy({ restoredTable: restoredStream }, madeReady);
    expect(running().outputs.TableName).toBe('Jieli-restored');
    await settle();
    expect(await verify(again)).toEqual([]);

    const api = apiClient(running().url, await running().token('hub-coordinator'));
    const task = (await api.get('/tasks', TaskPage)).items.find(({ caseId }) => caseId === kept.id);
    await api.post(`/tasks/${task?.id}/decision`, { outcome: 'verified' }, Stage);
    await settle();
    // asked by the workflow, which heard of the decision by the restored table's stream
    const next = (await api.get('/tasks', TaskPage)).items.find(({ caseId }) => caseId === kept.id);
    expect(next?.id).toBeDefined();
    expect(next?.id).not.toBe(task?.id);
    expect(await verify(again)).toEqual([]);
    expect(
      running()
        .calls()
        .filter(({ allowed }) => !allowed),
    ).toEqual([]);
  });
});
