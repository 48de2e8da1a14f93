import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { S3Client } from '@aws-sdk/client-s3';
import { listenPublicly } from '../../cdk/local/deployment/public-server.ts';
import { createFaults, type Faults } from '../../cdk/local/endpoint/faults.ts';
import { startEndpoint } from '../../cdk/local/endpoint/index.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { createCredentials } from '../../cdk/local/iam/credentials.ts';
import { createS3 } from '../../cdk/local/s3/index.ts';
import { createObjectStore } from '../../cdk/local/s3/object-store.ts';
import { createPostObject } from '../../cdk/local/s3/post-object.ts';
import type { BucketSpec } from '../../cdk/local/template/blueprint.ts';
import type { JsonObject } from '../../cdk/local/template/json.ts';

/** The local cloud's object service with some buckets, and clients of AWS's SDK for it. */
export interface ObjectService {
  readonly faults: Faults;
  /** where forms for a bucket lead, the bucket's name below it */
  readonly formsUrl: string;
  /** as the administrator, or as a role of those it was started with */
  client(role?: string): S3Client;
  /** whether its disk has room for more */
  hasRoom(has: boolean): void;
  /** moves the service's time by so many milliseconds */
  pass(millis: number): void;
  stop(): Promise<void>;
}

const DAY = 86_400_000;
const bucket = (name: string, more: Partial<BucketSpec>): BucketSpec => ({
  logicalId: name,
  name,
  arn: `arn:aws:s3:::${name}`,
  versioned: true,
  objectLock: false,
  ...more,
});

/** Starts it with `locked` (ten days, compliance), `governed` (ten days, governance) and `plain` (no versions), and others. */
export async function startObjectService(
  roles: Readonly<Record<string, JsonObject>> = {},
  others: readonly BucketSpec[] = [],
): Promise<ObjectService> {
  let ahead = 0;
  let room = true;
  const now = () => Date.now() + ahead;
  const credentials = createCredentials(randomBytes(32), '123456789012', 'aws');
  const faults = createFaults();
  const arnOf = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
  const policies = new Map(Object.entries(roles).map(([name, document]) => [arnOf(name), [{ name, document }]]));
  const locked = { objectLock: true, retention: { mode: 'COMPLIANCE', millis: 10 * DAY } } as const;
  const governed = { objectLock: true, retention: { mode: 'GOVERNANCE', millis: 10 * DAY } } as const;
  const buckets = [
    bucket('locked', locked),
    bucket('governed', governed),
    bucket('plain', { versioned: false }),
    ...others,
  ];
  const authorizer = createAuthorizer(
    { roles: policies, resources: new Map() },
    { accountId: '123456789012', region: 'us-east-1' },
  );
  const database = new DatabaseSync(':memory:');
  const store = createObjectStore(database, now, randomBytes(32));
  const s3 = createS3({ buckets, store, authorizer, now });
  const clock = {
    now,
    at: () => ({ cancel() {} }),
    busy: () => () => {},
    settled: async () => {},
    advance: async () => {},
  };
  const endpoint = await startEndpoint({ services: { s3 }, credentials, faults, clock });
  const durable = async () => {};
  const forms = await listenPublicly('127.0.0.1', 0);
  forms.open({
    postObject: createPostObject({
      ...{ buckets, store, credentials, authorizer, region: 'us-east-1', clock, durable },
      hasRoom: () => room,
    }),
  });
  const clients: S3Client[] = [];
  return {
    faults,
    formsUrl: `http://127.0.0.1:${forms.port}/_s3`,
    client(role) {
      const held = role === undefined ? credentials.forAdministrator() : credentials.forRole(arnOf(role), 'test');
      const client = new S3Client({ endpoint: endpoint.url, region: 'us-east-1', credentials: held, maxAttempts: 1 });
      clients.push(client);
      return client;
    },
    hasRoom(has) {
      room = has;
    },
    pass(millis) {
      ahead += millis;
    },
    async stop() {
      for (const client of clients) client.destroy();
      await forms.close();
      await endpoint.stop();
      database.close();
    },
  };
}
