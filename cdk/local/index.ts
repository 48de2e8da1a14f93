import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { createClock, installClock, type LocalClock } from './clock.ts';
import { createConsole } from './console/index.ts';
import { openDataFile } from './data-folder/database.ts';
import { lockDataFolder } from './data-folder/lock.ts';
import { closeToOthers } from './data-folder/own-alone.ts';
import { readSecrets } from './data-folder/secrets.ts';
import { apiDefinition } from './deployment/api-definition.ts';
import { createClosers } from './deployment/closers.ts';
import { requireInvokePermissions } from './deployment/invoke-permissions.ts';
import type { LocalCloudOptions } from './deployment/options.ts';
import { listenPublicly } from './deployment/public-server.ts';
import { startServices } from './deployment/start-services.ts';
import type { Consumed } from './dynamodb/index.ts';
import { createFaults, type Fault } from './endpoint/faults.ts';
import { createHttpApi } from './http-api/index.ts';
import type { RecordedCall } from './iam/authorizer.ts';
import { type Credentials, createCredentials } from './iam/credentials.ts';
import { createIssuer } from './oidc/index.ts';
import { type StackStatus, statusOf } from './owner/status.ts';
import { createMailStore } from './ses/mail-store.ts';
import { handleMailbox } from './ses/mailbox.ts';
import { postToMailbox, postToServer } from './ses/post.ts';
import { startSmtpInlet } from './ses/smtp-inlet.ts';
import { readAssembly } from './template/assembly.ts';
import type { Blueprint } from './template/blueprint.ts';
import { readTemplate } from './template/read-template.ts';
import type { Clock, Millis } from './types.ts';

export { DataFolderInUse } from './data-folder/lock.ts';
export type { LocalCloudOptions } from './deployment/options.ts';
export type { StackStatus } from './owner/status.ts';
export { TemplateError } from './template/template-error.ts';

export interface LocalCloud {
  /** Where the HTTP API is reached on this machine. */
  readonly url: string;
  /** Where AWS's APIs are: what functions have as AWS_ENDPOINT_URL. */
  readonly endpointUrl: string;
  readonly issuerUrl: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly region: string;
  readonly clock: Clock & Pick<LocalClock, 'offset'>;
  /** The keys of the administrator, or of a role by its name or ARN. */
  credentialsFor(who: 'administrator' | (string & {})): Credentials;
  /** What the control endpoints ask for; scripts find it in the data folder. */
  readonly controlKey: string;
  /** Ends the table engine as a fault would; it is started again. */
  crashTables(): Promise<void>;
  /** What all calls to tables consumed since the start, in AWS's units. */
  consumed(): Promise<Consumed>;
  /** Lets this many writes of items with this partition key (or any) meet another transaction. */
  conflictTables(times: number, partition?: string): Promise<void>;
  /** An access token of the local issuer. Throws for somebody unknown. */
  token(sub: string): Promise<string>;
  /** The distinct calls that roles made, for comparison with their policies. */
  calls(): readonly RecordedCall[];
  /** Has functions run what is in another folder, from their next call on: those whose code is in `codeDir`. */
  replaceCode(codeDir: string, folder: string): void;
  /** Removes all mail from the local mailbox. */
  emptyMailbox(): void;
  /** Makes calls fail as AWS's sometimes do; what comes back ends it and says how many calls it hit. */
  inject(fault: Fault): () => number;
  /** Lets table indexes be what they were this many milliseconds of the clock ago; 0 ends it. */
  lagIndexes(lag: Millis): Promise<void>;
  /** How the stack is: numbers and names of its parts. */
  status(): Promise<StackStatus>;
  /** Answers a path of the public port itself, whatever the stack has there. */
  serve(path: `/${string}`, page: OwnPage): void;
  stop(): Promise<void>;
}

/** What whoever started the local cloud answers at a path of the public port. */
export type OwnPage = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Runs the stack of a synthesized cloud assembly on this machine. What the data folder holds goes on where it was.
 * Throws TemplateError for what the template has and the local cloud has not, DataFolderInUse when another process works
 * with the folder.
 */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const closers = createClosers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close().catch(() => undefined);
    throw error;
  }
}

async function start(options: LocalCloudOptions, closers: ReturnType<typeof createClosers>): Promise<LocalCloud> {
  const { dataDir, publicUrl, smtpUrl, region = 'us-east-1', accountId = '123456789012' } = options;
  const say = options.say ?? ((line) => console.error(line));
  const isPublic = publicUrl !== undefined;
  if (isPublic && smtpUrl === undefined) throw new Error('With a public URL there is no mailbox: name a mail server.');
  closers.add(lockDataFolder(dataDir));
  const open = closeToOthers(dataDir);
  if (open > 0) {
    say(
      `${dataDir}: others than its owner could read ${open === 1 ? 'one file' : `${open} files`} in it. Now they cannot.`,
    );
  }
  const secrets = readSecrets(dataDir);
  const data = openDataFile(join(dataDir, 'cloud.db'));
  closers.add(data.close);
  const clock = createClock({ file: join(dataDir, 'clock.json'), begin: options.clockBegin ?? 0 });
  closers.add(clock.stop);
  closers.add(installClock(clock.shared));

  const server = await listenPublicly(options.host ?? '127.0.0.1', options.port);
  closers.add(server.close);
  const url = `http://localhost:${server.port}`;
  const issuerUrl = `${url}/_aws/oidc`;
  const mails = createMailStore(data.database, clock.now);
  const post =
    smtpUrl === undefined
      ? postToMailbox(mails, data.durable)
      : postToServer(smtpUrl, options.judgeMail ?? (() => 'server'));
  closers.add(post.stop);
  const faults = createFaults();
  const inlet = await startSmtpInlet(post, faults);
  closers.add(inlet.stop);

  const servedAt = { url: publicUrl ?? url, issuerUrl, smtpUrl: inlet.url };
  const parameters = options.parameters?.(servedAt) ?? {};
  const assembly = readAssembly(options.assembly, options.stackName);
  const blueprint = readTemplate(assembly, {
    region,
    accountId,
    url: publicUrl ?? url,
    parameters,
    secrets: options.secrets?.(servedAt) ?? {},
  });
  blueprint.tables.push(...(options.tables ?? []));
  const definition = apiDefinition(blueprint);
  requireInvokePermissions(blueprint);

  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const credentials = createCredentials(secrets.credentials, accountId, partition);
  const services = await startServices({
    blueprint,
    dataDir,
    data,
    clock,
    credentials,
    secret: secrets.credentials,
    partition,
    post,
    sesSandbox: options.sesSandbox ?? false,
    faults,
    enforced: options.permissions ?? true,
    maxThreads: options.maxThreads,
    callsFolder: process.env.LOCAL_CLOUD_CALLS,
    secrets: () => options.secrets?.(servedAt) ?? {},
    controlKey: secrets.controlKey,
    tellAlarm: options.tellAlarm,
    closers,
    say,
  });

  const issuer = isPublic
    ? undefined
    : await createIssuer({
        issuerUrl,
        dataDir,
        clients: (options.clients ?? []).map((client) => ({
          clientId: client.clientId,
          redirectUris: client.redirectPaths.map((path) => `${url}${path}`),
          postLogoutRedirectUris: client.postLogoutRedirectPaths.map((path) => `${url}${path}`),
          ...(client.backChannelLogoutPath !== undefined && {
            backChannelLogoutUri: `${url}${client.backChannelLogoutPath}`,
          }),
        })),
        people: options.people ?? [],
        scopes: options.scopes ?? [],
        clock,
      });
  if (issuer !== undefined) closers.add(issuer.close);
  const token = async (sub: string): Promise<string> => {
    if (issuer === undefined) throw new Error('With a public URL there is no local issuer.');
    return issuer.mintAccessToken(sub);
  };
  const api =
    definition &&
    createHttpApi({
      api: definition,
      lambda: services.invoking,
      clock,
      keysOf: (asked) => (asked === issuer?.issuerUrl ? issuer.publicKeys : undefined),
      ...(publicUrl && { publicUrl }),
      ...(options.errorPages && { errorPages: options.errorPages }),
    });
  // Once more: whoever asks is turned away before anything that would answer goes.
  closers.add(server.close);
  const own = new Map<string, OwnPage>();
  const { metrics } = services;
  const apiHandle =
    api && counted(api.handle, (name) => metrics.add(`AWS/ApiGateway ${name} ${apiDimensions(blueprint)}`, 1));
  server.open({
    own,
    ...(apiHandle && { api: apiHandle }),
    postObject: services.postObject,
    ...(issuer && {
      issuer,
      mailbox: (request, response) => handleMailbox(mails, request, response),
      console: createConsole({ blueprint, services, clock, token, controlKey: secrets.controlKey }),
    }),
  });

  return {
    url,
    endpointUrl: services.endpoint.url,
    issuerUrl,
    outputs: blueprint.outputs,
    region,
    clock,
    credentialsFor(who) {
      if (who === 'administrator') return credentials.forAdministrator();
      const role = blueprint.roles.find(({ name, arn }) => name === who || arn === who);
      if (role === undefined) throw new Error(`The stack has no role ${who}.`);
      return credentials.forRole(role.arn, 'command-line');
    },
    controlKey: secrets.controlKey,
    crashTables: services.tables.crash,
    consumed: services.tables.consumed,
    conflictTables: services.tables.conflict,
    token,
    calls: services.authorizer.calls,
    emptyMailbox: mails.clear,
    replaceCode: services.lambda.replaceCode,
    inject: faults.inject,
    lagIndexes: services.tables.lagIndexes,
    status: () => statusOf(blueprint, services, clock.now()),
    serve: (path, page) => void own.set(path, page),
    stop: closers.close,
  };
}

/** Notes each answer of the API as API Gateway does. */
function counted(handle: OwnPage, note: (metric: string) => void): OwnPage {
  return (request, response) => {
    response.once('finish', () => {
      note('Count');
      if (response.statusCode >= 500) note('5xx');
      else if (response.statusCode >= 400) note('4xx');
    });
    return handle(request, response);
  };
}

/** As the alarms' metrics name the one API and its stage. */
function apiDimensions({ apis }: Blueprint): string {
  return `ApiId=${apis[0]?.id} Stage=$default`;
}
