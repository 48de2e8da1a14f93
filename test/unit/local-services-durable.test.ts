import { mkdtempSync, rmSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DataFile, openDataFile } from '../../cdk/local/data-folder/database.ts';
import { answeredDurably, type EndpointService } from '../../cdk/local/endpoint/service.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { createMailStore } from '../../cdk/local/ses/mail-store.ts';
import { postToMailbox } from '../../cdk/local/ses/post.ts';
import { createSqs } from '../../cdk/local/sqs/index.ts';
import { createQueueStore } from '../../cdk/local/sqs/queue-store.ts';
import { ServiceError } from '../../cdk/local/types.ts';

/** A disk on which a sync ends when the test says so. */
let syncs: PromiseWithResolvers<void>[];
let folder: string;
let file: DataFile;
beforeEach(() => {
  syncs = [];
  folder = mkdtempSync(join(tmpdir(), 'local-durable-'));
  file = openDataFile(join(folder, 'cloud.db'), () => {
    const sync = Promise.withResolvers<void>();
    syncs.push(sync);
    return sync.promise;
  });
  file.database.exec('CREATE TABLE notes (text TEXT)');
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true });
});

const write = () => file.database.prepare("INSERT INTO notes VALUES ('masks')").run();
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** Says which of some promises have come to their end, in the order in which they did. */
function watch(waiting: Readonly<Record<string, Promise<unknown>>>): string[] {
  const ended: string[] = [];
  for (const [name, each] of Object.entries(waiting)) {
    each.then(
      () => ended.push(name),
      (error: unknown) => ended.push(`${name}: ${String(error)}`),
    );
  }
  return ended;
}

test('those who wait at a time share a sync; what was written while one ran waits for the next', async () => {
  write();
  const first = watch({ one: file.durable(), two: file.durable() });
  await turn();
  write();
  const later = watch({ three: file.durable(), four: file.durable() });
  await turn();
  expect(syncs).toHaveLength(1);
  syncs[0]?.resolve();
  await turn();
  expect([first, later, syncs.length]).toEqual([['one', 'two'], [], 2]);
  syncs[1]?.resolve();
  await turn();
  expect(later).toEqual(['three', 'four']);
  await file.durable();
  expect(syncs).toHaveLength(2);
});

test('a disk that fails is said to all who wait for it, and is asked again by the next', async () => {
  write();
  const refused = watch({ one: file.durable(), two: file.durable() });
  await turn();
  syncs[0]?.reject(new Error('EIO'));
  await turn();
  expect(refused).toEqual(['one: Error: EIO', 'two: Error: EIO']);
  const again = watch({ three: file.durable() });
  await turn();
  syncs[1]?.resolve();
  await turn();
  expect(again).toEqual(['three']);
});

test('a message is neither acknowledged nor given to anybody, and a mail not taken, before it is on disk', async () => {
  const queue = {
    logicalId: 'Queue',
    name: 'parcels',
    arn: 'arn:aws:sqs:us-east-1:123456789012:parcels',
    url: 'http://localhost/parcels',
    retentionSeconds: 345_600,
    visibilitySeconds: 30,
    delaySeconds: 0,
    maxBytes: 1_048_576,
  };
  const account = { accountId: '123456789012', region: 'us-east-1', enforced: false };
  const woken: string[] = [];
  const sqs = createSqs({
    queues: [queue],
    store: createQueueStore(file.database, [queue], Date.now),
    authorizer: createAuthorizer({ roles: new Map(), resources: new Map() }, account),
    durable: file.durable,
    arrived: ({ name }) => void woken.push(name),
  });
  const post = postToMailbox(createMailStore(file.database, Date.now), file.durable);
  const mail = { messageId: '1', from: 'a@example.org', recipients: ['b@example.org'], source: Buffer.from('\r\n') };
  const caller = { principalArn: 'administrator' };
  const ended = watch({ message: sqs.send(caller, queue.arn, { body: 'masks' }), mail: post.deliver(mail) });
  await expect.poll(() => syncs.length).toBeGreaterThan(0);
  await turn();
  expect([ended, woken]).toEqual([[], []]);
  syncs[0]?.resolve();
  await expect.poll(() => woken).toEqual(['parcels']);
  for (let at = 1; !ended.includes('mail'); at += 1) {
    await expect.poll(() => syncs.length).toBeGreaterThan(at);
    syncs[at]?.resolve();
    await turn();
  }
  expect(ended).toEqual(['message', 'mail']);
});

test('a service answers and refuses when what that rests on is on disk', async () => {
  const service: EndpointService = {
    operation: () => 'PutObject',
    errorType: 'application/xml',
    async answer({ operation }) {
      if (operation === 'refused') throw new ServiceError('PreconditionFailed', 'There is one already.', 412);
      write();
      return { status: 200, headers: {}, body: '' };
    },
  };
  const { answer } = answeredDurably(file.durable, service);
  const call = (operation: string) =>
    answer({
      operation,
      caller: { principalArn: 'administrator' },
      body: Buffer.alloc(0),
      request: new IncomingMessage(new Socket()),
    });
  const ended = watch({ put: call('put'), refused: call('refused') });
  await turn();
  expect(ended).toEqual([]);
  syncs[0]?.resolve();
  await turn();
  expect(ended).toEqual(['put', 'refused: PreconditionFailed: There is one already.']);
});
