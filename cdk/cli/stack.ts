import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smtpVerdict } from '../../functions/notify/verdict.ts';
import { gatewayPath, gatewayStatuses } from '../../functions/site/gateway-answers.ts';
import { kmsKeyService } from '../../shared/secrets/key-service.ts';
import { ensureDataKey } from '../../shared/store/data-keys.ts';
import { openTable, type Table } from '../../shared/store/table.ts';
import { isDataFolder } from '../local/data-folder/secrets.ts';
import { isDebugged } from '../local/debugged.ts';
import { type LocalCloud, startLocalCloud } from '../local/index.ts';
import { ensureAssembly, nameSources } from './assembly.ts';
import { leaveDemo, wasDemo } from './demo/leave-demo.ts';
import { demoPeople, newcomers } from './demo/people.ts';
import { STORY_DAYS, tellStory } from './demo/story.ts';
import { deployedCommit } from './deployed-commit.ts';
import { createHealth, freeBytes } from './health.ts';
import { greetMailServer } from './mail-server.ts';
import type { Outside } from './outside.ts';
import { enterParties, type Parties } from './parties-file.ts';
import { environmentFor, keepEnvironment, useEnvironment } from './stack-environment.ts';
import { tellAlarm } from './tell-alarm.ts';

/** What a stack on this machine is started with. */
export interface StackOptions {
  /** where it is served; a port that is free */
  readonly port: number;
  readonly dataDir: string;
  /** how many threads all functions may have together; unless told, by cores and free memory */
  readonly threads?: number | undefined;
  /** whether a new data folder is told the demo story */
  readonly demo: boolean;
  /** parties of the installation, entered at every start */
  readonly parties?: Parties | undefined;
  /** whether the members of a demo that the folder was may be taken out, for a start with a public URL */
  readonly removeDemoMembers?: boolean | undefined;
  /** the outside: the address that a reverse proxy is reached at, and what stands in for the demo issuer and mailbox */
  readonly outside?: Outside | undefined;
  /** whether SES begins in the sandbox here, as in a new account of AWS */
  readonly sesSandbox?: boolean;
  readonly say?: ((line: string) => void) | undefined;
}

export interface RunningStack {
  readonly cloud: LocalCloud;
  /** the stack's table, as its administrator sees it */
  readonly table: Table;
}

const DAY = 86_400_000;
const CLIENT = 'jieli-console';
/** What the template calls the client's secret; its value is given to the local cloud at each start and kept nowhere. */
const OIDC_SECRET = 'oidc-client-secret';

/** What the stack of this machine is synthesized with. */
export function contextOf(options: StackOptions): Record<string, string> {
  const { outside } = options;
  const commit = deployedCommit();
  const url = outside?.publicUrl ?? `http://localhost:${options.port}`;
  return {
    // where the local cloud says that it is
    region: 'us-east-1',
    publicUrl: url,
    issuer: outside?.issuer ?? `${url}/_aws/oidc`,
    oidcClientId: outside?.oidcClientId ?? CLIENT,
    mailFrom: outside?.mailFrom ?? 'hub@example.org',
    trustedProxies: String(outside?.trustedProxies ?? 0),
    ...(outside?.oidcClientSecret !== undefined && { oidcSecret: OIDC_SECRET }),
    gatewayReach: 'loopback',
    incomingUrl: `${url}/_s3`,
    // one engine on one disk has no partitions: spreading what is written would only cost reads
    indexShards: '1',
    ...(commit && { commit }),
  };
}

/** The table through the local endpoint, with a data key; the SDK finds everything in the environment, as in a function. */
async function tableOf(cloud: LocalCloud, dataDir: string): Promise<Table> {
  const { TableName, IndexShards, DataKeyId, AnchorBucket } = cloud.outputs;
  if (!TableName || !IndexShards || !DataKeyId || !AnchorBucket) {
    throw new Error('the stack has no output TableName, IndexShards, DataKeyId or AnchorBucket');
  }
  const environment = environmentFor(cloud);
  useEnvironment(environment);
  keepEnvironment(dataDir, {
    ...environment,
    TABLE_NAME: TableName,
    INDEX_SHARDS: IndexShards,
    DATA_KEY_ID: DataKeyId,
    ANCHOR_BUCKET: AnchorBucket,
    MACHINE_ARNS: Object.entries(cloud.outputs)
      .flatMap(([name, value]) => (name.endsWith('MachineArn') ? [value] : []))
      .join(','),
  });
  const service = kmsKeyService(DataKeyId);
  const table = openTable({ name: TableName, shards: Number(IndexShards) }, service);
  await ensureDataKey(table, service);
  return table;
}

/**
 * Moves a clock that began in the past and is still there up to the machine's: a story that was interrupted does not leave it
 * there. Any other clock is left alone: moving time waits until nothing is under way, which under load may never be.
 */
async function catchUp(cloud: LocalCloud): Promise<void> {
  const behind = -cloud.clock.offset();
  if (behind > 0) await cloud.clock.advance(behind);
}

/** Runs the assembly in the data folder; at the outside where people reach it, unless `hidden`. */
async function startCloud(options: StackOptions, hidden: boolean, clockBegin: number | undefined): Promise<LocalCloud> {
  const { dataDir, port, outside, say } = options;
  return startLocalCloud({
    assembly: join(dataDir, 'assembly'),
    dataDir,
    port: hidden ? 0 : port,
    maxThreads: options.threads,
    people: [...demoPeople.members.map(({ id, name, email }) => ({ sub: id, name, email })), ...newcomers],
    clients: [
      {
        clientId: CLIENT,
        redirectPaths: ['/console/callback'],
        postLogoutRedirectPaths: ['/console/signed-out'],
        backChannelLogoutPath: '/console/back-channel-logout',
      },
    ],
    ...(outside && {
      publicUrl: outside.publicUrl,
      smtpUrl: outside.smtpUrl,
      host: hidden ? '127.0.0.1' : (outside.listen ?? '127.0.0.1'),
      judgeMail: smtpVerdict,
      secrets: () => (outside.oidcClientSecret === undefined ? {} : { [OIDC_SECRET]: outside.oidcClientSecret }),
    }),
    errorPages: Object.fromEntries(gatewayStatuses.map((status) => [status, gatewayPath(status)])),
    ...(outside && { tellAlarm: (alarm) => void tellAlarm(outside, alarm, say ?? console.log) }),
    ...(options.sesSandbox && { sesSandbox: true }),
    ...(clockBegin !== undefined && { clockBegin }),
    ...(say && { say }),
  });
}

/** Leaves the demo behind before anybody can reach the stack: on a port that no proxy knows, then it is stopped again. */
async function leaveDemoUnseen(options: StackOptions): Promise<void> {
  const { dataDir, removeDemoMembers: remove = false, say = console.log } = options;
  const cloud = await startCloud(options, true, undefined);
  try {
    await leaveDemo({ cloud, table: await tableOf(cloud, dataDir) }, { dataDir, remove, say });
  } finally {
    await cloud.stop();
  }
}

/**
 * Runs the stack on this machine, synthesized from the sources as they are. A new data folder is told the demo story: its clock begins forty
 * days ago and ends now.
 * @throws {@link Mistaken} with a public URL, for a folder that was a demo and whose demo members nobody has asked to remove
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { dataDir, outside, say } = options;
  const assembly = join(dataDir, 'assembly');
  const tells = options.demo && !outside && !isDataFolder(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await ensureAssembly(contextOf(options), assembly);
  if (isDebugged()) nameSources(assembly);
  if (outside && wasDemo(dataDir)) await leaveDemoUnseen(options);
  const cloud = await startCloud(options, false, tells ? -STORY_DAYS * DAY : undefined);
  try {
    const table = await tableOf(cloud, dataDir);
    if (!outside) await enterParties(table, demoPeople);
    if (options.parties) await enterParties(table, options.parties);
    if (tells) {
      const { url, clock, token } = cloud;
      const tell = say ?? console.log;
      tell(`The demo story is told at ${url}: forty days in a minute or two. Public pages can be looked at meanwhile;`);
      tell('whoever signs in now is signed out by the next day that passes.');
      await tellStory({ url, token, advance: (millis) => clock.advance(millis), now: () => clock.now() });
      writeFileSync(join(dataDir, 'demo-story-told'), '');
    }
    await catchUp(cloud);
    if (outside) await greetMailServer(table, outside, say ?? console.log);
    cloud.serve('/health', createHealth({ status: cloud.status, free: () => freeBytes(dataDir) }, table));
    return { cloud, table };
  } catch (error) {
    await cloud.stop();
    throw error;
  }
}
