import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { type AlarmStatus, type Alarms, createAlarms } from '../alarms/index.ts';
import { createLogMetrics } from '../alarms/log-metrics.ts';
import { createMetrics, type Metrics } from '../alarms/metrics.ts';
import { createSampler } from '../alarms/sample.ts';
import type { LocalClock } from '../clock.ts';
import type { DataFile } from '../data-folder/database.ts';
import { startTables, type Tables } from '../dynamodb/index.ts';
import type { Faults } from '../endpoint/faults.ts';
import { faultyLambda, faultySqs } from '../endpoint/faulty-services.ts';
import { type Endpoint, startEndpoint } from '../endpoint/index.ts';
import { lambdaService } from '../endpoint/lambda-service.ts';
import { answeredDurably, type EndpointService } from '../endpoint/service.ts';
import { statesService } from '../endpoint/states-service.ts';
import { createEventBus } from '../events/index.ts';
import { type Authorizer, createAuthorizer } from '../iam/authorizer.ts';
import { createCallLog } from '../iam/call-log.ts';
import type { CredentialStore } from '../iam/credentials.ts';
import { createKms } from '../kms/index.ts';
import { createLambda, type LocalLambda } from '../lambda/index.ts';
import { createOwnerDoor } from '../owner/door.ts';
import { redriveAll, statusOf } from '../owner/status.ts';
import { createS3 } from '../s3/index.ts';
import { startLifecycle } from '../s3/lifecycle.ts';
import { createObjectStore, type ObjectStore } from '../s3/object-store.ts';
import { createPostObject, type PostObject } from '../s3/post-object.ts';
import type { Schedules } from '../schedules/index.ts';
import { createSecretsManager } from '../secrets-manager/index.ts';
import { createSesAccount } from '../ses/account.ts';
import { createSes } from '../ses/index.ts';
import type { Post } from '../ses/post.ts';
import { createSqs } from '../sqs/index.ts';
import { createQueueStore, type QueueStore } from '../sqs/queue-store.ts';
import { createStepFunctions, type StepFunctions } from '../step-functions/index.ts';
import type { Streams } from '../streams/index.ts';
import type { Blueprint } from '../template/blueprint.ts';
import type { LambdaService } from '../types.ts';
import type { Closers } from './closers.ts';
import { createReaders } from './create-readers.ts';
import { deployFunctions, deployStateMachines } from './deploy-code.ts';
import { deploySchedules } from './deploy-schedules.ts';
import { requireReaderPermissions } from './reader-permissions.ts';
import { createRoles, policiesOf } from './roles.ts';

export interface ServicesOptions {
  readonly blueprint: Blueprint;
  readonly dataDir: string;
  readonly data: DataFile;
  readonly clock: LocalClock;
  readonly credentials: CredentialStore;
  /** Of the data folder, for keys that are derived from it. */
  readonly secret: Buffer;
  readonly partition: string;
  readonly post: Post;
  /** Whether a new account of the mail service begins in the sandbox. */
  readonly sesSandbox: boolean;
  readonly faults: Faults;
  /** Whether the template's policies decide calls. */
  readonly enforced: boolean;
  /** A folder that takes which calls the policies decided. */
  readonly callsFolder: string | undefined;
  /** Secrets that are made outside the stack, by name. */
  secrets(): Readonly<Record<string, string>>;
  readonly maxThreads: number | undefined;
  readonly closers: Closers;
  /** What the owner of the data folder shows to ask for more than the services. */
  readonly controlKey: string;
  /** Takes alarms that begin or are over; left out, none is evaluated. */
  tellAlarm?: ((alarm: AlarmStatus) => void) | undefined;
  say(line: string): void;
}

/** Everything that runs for a stack behind its public port. */
export interface Services {
  readonly authorizer: Authorizer;
  readonly endpoint: Endpoint;
  /** Invokes functions for the services that do so by themselves. */
  readonly invoking: LambdaService;
  readonly lambda: LocalLambda;
  readonly objects: ObjectStore;
  readonly postObject: PostObject;
  readonly queues: QueueStore;
  readonly schedules: Schedules;
  readonly states: StepFunctions;
  readonly streams: Streams;
  readonly tables: Tables;
  /** Undefined where nobody is told of alarms. */
  readonly alarms: Alarms | undefined;
  readonly metrics: Metrics;
}

/** Bytes of the disk that forms for buckets leave to everything else. */
const ROOM_FOR_THE_REST = 1_000_000_000;

/** Starts what the blueprint asks for. What was begun is ended by the closers, also when a later part fails. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { blueprint, clock, closers, credentials, dataDir, partition, say } = options;
  const { database, durable } = options.data;
  const { accountId, region } = blueprint;
  const recorded = options.callsFolder ? createCallLog(options.callsFolder, blueprint) : () => undefined;
  const authorizer = createAuthorizer(policiesOf(blueprint), {
    accountId,
    region,
    enforced: options.enforced,
    recorded,
  });
  const roles = createRoles(blueprint, credentials);
  const services: Record<string, EndpointService> = {};
  let running: Services | undefined;
  const asOwner = async <T>(work: (parts: Services) => Promise<T>): Promise<T> => {
    if (running === undefined) throw new Error('The stack is starting.');
    return work(running);
  };
  const owner = createOwnerDoor(options.controlKey, {
    status: () => asOwner((parts) => statusOf(blueprint, parts, clock.now())),
    redrive: () => asOwner((parts) => redriveAll(blueprint, parts)),
  });
  const endpoint = await startEndpoint({ services, credentials, faults: options.faults, clock, owner });
  closers.add(endpoint.stop);

  const wakers: ((queueArn: string) => void)[] = [];
  const queues = createQueueStore(database, blueprint.queues, clock.now);
  const queueService = createSqs({
    queues: blueprint.queues,
    store: queues,
    authorizer,
    durable,
    arrived(queue) {
      for (const wake of wakers) wake(queue.arn);
    },
  });

  const sqs = faultySqs(queueService, options.faults);

  let streams: Streams | undefined;
  const tablesStarting = startTables({
    dataDir,
    tables: blueprint.tables,
    region,
    accountId,
    partition,
    authorizer,
    clock,
    writing(names) {
      // Held until the readers of the streams hold the clock themselves.
      const done = clock.busy(`write ${names.join(', ')}`);
      return () => {
        for (const name of names) streams?.wake(name);
        done();
      };
    },
    say,
  });
  // Registered before what uses the tables: they are the last to go, whether or not the start succeeds.
  closers.add(() => tablesStarting.then((tables) => tables.stop()).catch(() => undefined));

  const metrics = createMetrics(clock.now);
  const lambda = createLambda({
    clock,
    heard: createLogMetrics(blueprint, metrics),
    dataDir,
    region,
    accountId,
    endpointUrl: endpoint.url,
    maxThreads: options.maxThreads,
    async deliver(destinationArn, record) {
      const functionArn = /"functionArn":"([^"]+?)(?::\$LATEST)?"/.exec(record)?.[1] ?? '';
      await sqs.send(roles.functionCaller(functionArn), destinationArn, { body: record });
    },
  });
  closers.add(lambda.stop);
  deployFunctions({ blueprint, lambda, roles, codeDir: join(dataDir, 'code') });
  const invoking = faultyLambda(lambda, options.faults);

  const states = createStepFunctions({
    dataDir: join(dataDir, 'step-functions'),
    clock,
    lambda: invoking,
    region,
    accountId,
    authorize: (roleArn, action, resource) =>
      authorizer.require(roles.serviceCaller(roleArn, 'states'), { action, resource }),
  });
  closers.add(states.stop);
  deployStateMachines(blueprint, states);

  const objects = createObjectStore(database, clock.now, options.secret);
  const { buckets } = blueprint;
  const postObject = createPostObject({
    ...{ buckets, store: objects, credentials, authorizer, region, clock, durable },
    hasRoom() {
      const { bavail, bsize } = statfsSync(dataDir);
      return bavail * bsize > ROOM_FOR_THE_REST;
    },
  });
  closers.add(startLifecycle(buckets, objects, clock));
  const arnPrefix = (service: string): string => `arn:${partition}:${service}:${region}:${accountId}:`;
  const functionArn = (name: string): string =>
    name.startsWith('arn:') ? name : `${arnPrefix('lambda')}function:${name.replace(/:.*/, '')}`;
  const tables = await tablesStarting;
  Object.assign(services, {
    dynamodb: tables.service,
    kms: createKms({ dataDir, keys: blueprint.keys, authorizer, clock }),
    lambda: lambdaService(lambda, authorizer, functionArn),
    ses: answeredDurably(
      durable,
      createSes({
        identities: blueprint.identities,
        configurationSets: blueprint.configurationSets,
        account: createSesAccount(database, options.sesSandbox),
        bus: createEventBus({ rules: blueprint.eventRules, lambda: invoking, clock, accountId, region }),
        post: options.post,
        accountId,
        authorizer,
        clock,
        region,
        arnPrefix: arnPrefix('ses'),
      }),
    ),
    s3: answeredDurably(durable, createS3({ buckets, store: objects, authorizer, now: clock.now })),
    secretsmanager: createSecretsManager({
      secrets: options.secrets,
      authorizer,
      arnPrefix: arnPrefix('secretsmanager'),
    }),
    sqs: answeredDurably(durable, sqs.service),
    states: statesService({
      states,
      authorizer,
      arnOf: (name) => `${arnPrefix('states')}stateMachine:${name}`,
      machines: blueprint.stateMachines.map((each) => each.arn),
    }),
  });

  requireReaderPermissions(blueprint, roles, authorizer);
  const parts = { blueprint, database, clock, lambda: invoking, roles, sqs, say };
  const readers = createReaders({ ...parts, engine: tables.engine, queues });
  streams = readers.streams;
  wakers.push(readers.wakeQueue);
  closers.add(readers.stop);
  const schedules = deploySchedules({ ...parts, authorizer, states });
  closers.add(schedules.stop);

  await Promise.all([readers.start(), states.start()]);
  schedules.start();
  const sampler = createSampler(blueprint, { lambda, queues, states, streams }, metrics, clock.now);
  const { tellAlarm: tell } = options;
  const alarms = tell && createAlarms({ alarms: blueprint.alarms, database, metrics, sampler, clock, tell, say });
  if (alarms) closers.add(alarms.stop);
  alarms?.start();
  running = {
    ...{ alarms, authorizer, endpoint, invoking, lambda, metrics },
    ...{ objects, postObject, queues, schedules, states, streams, tables },
  };
  return running;
}
