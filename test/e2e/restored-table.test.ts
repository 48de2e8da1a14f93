import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
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
const RESTORED = 'Jieli-restored';

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
    outside: (own: TableSpec) => readonly TableSpec[],
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
      tables: outside(own),
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
    return openTable(
      { name: cloud.outputs.TableName ?? '', shards: Number(cloud.outputs.IndexShards) },
      kmsKeyService(cloud.outputs.DataKeyId ?? ''),
    );
  }

  /** The table that was put back, which is no part of the stack. */
  const putBack =
    (streamArn: string) =>
    (own: TableSpec): readonly TableSpec[] => [
      { ...own, logicalId: 'Restored', name: RESTORED, arn: streamArn.split('/stream/')[0] ?? '', streamArn },
    ];

  const verify = async (table: Table) => {
    const faults: unknown[] = [];
    const s3 = new S3Client({ ...client(), forcePathStyle: true });
    await verifyAudit(table, s3, running().outputs.AnchorBucket ?? '', (fault) => faults.push(fault));
    s3.destroy();
    return faults;
  };

  /** Steps 2 to 4 of the README; gives the ARN of the new table's stream. */
  async function restore(SourceTableName: string): Promise<string> {
    const database = new DynamoDBClient(client());
    const TableName = RESTORED;
    const latest = { UseLatestRestorableTime: true };
    const asked = new RestoreTableToPointInTimeCommand({ SourceTableName, TargetTableName: TableName, ...latest });
    expect((await database.send(asked)).TableDescription).toMatchObject({
      TableStatus: 'CREATING',
      RestoreSummary: { RestoreInProgress: true },
    });
    const StreamSpecification = { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } as const;
    await database.send(new UpdateTableCommand({ TableName, StreamSpecification }));
    const TimeToLiveSpecification = { Enabled: true, AttributeName: 'expires' };
    await database.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    await database.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
    await database.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
    const { Table: made } = await database.send(new DescribeTableCommand({ TableName }));
    database.destroy();
    return made?.LatestStreamArn ?? '';
  }

  it('is what the stack works with from then on: the audit is whole, and a case that waited moves on', async () => {
    const table = await deploy({}, () => []);
    await ensureDataKey(table, kmsKeyService(running().outputs.DataKeyId ?? ''));
    await enterParties(table, demoPeople);
    const kept = await sendNeed(running(), {
      organization: '示例第一医院',
      email: 'office@hospital.example',
      lines: [{ item: '医用口罩', quantity: 100 }],
    });
    await settle();
    const stream = await restore(running().outputs.TableName ?? '');
    expect(stream).toContain(`:table/${RESTORED}/stream/`);
    // what happened to the old one, and why it must be put back
    const database = new DynamoDBClient(client());
    const Key = { pk: { S: `CASE#${kept.id}` }, sk: { S: 'CASE' } };
    await database.send(new DeleteItemCommand({ TableName: running().outputs.TableName, Key }));
    database.destroy();

    const again = await deploy({ restoredTable: stream }, putBack(stream));
    expect(running().outputs.TableName).toBe(RESTORED);
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

    // it is as safe as the one before
    const safe = new DynamoDBClient(client());
    const backups = await safe.send(new DescribeContinuousBackupsCommand({ TableName: RESTORED }));
    expect(backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription).toMatchObject({
      PointInTimeRecoveryStatus: 'ENABLED',
    });
    await expect(safe.send(new DeleteTableCommand({ TableName: RESTORED }))).rejects.toThrow('protected');
    safe.destroy();
    expect(
      running()
        .calls()
        .filter(({ allowed }) => !allowed),
    ).toEqual([]);
  });
});
