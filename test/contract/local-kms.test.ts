import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListKeyRotationsCommand,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { afterEach, expect, test } from 'vitest';
import { createFaults } from '../../cdk/local/endpoint/faults.ts';
import { startEndpoint } from '../../cdk/local/endpoint/index.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { createCredentials } from '../../cdk/local/iam/credentials.ts';
import { createKms } from '../../cdk/local/kms/index.ts';
import type { KeySpec } from '../../cdk/local/template/blueprint.ts';

const ACCOUNT = '123456789012';
const ARN = `arn:aws:kms:us-east-1:${ACCOUNT}:key/`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const DAY = 86_400_000;
const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end();
});

const allow = (Action: string | string[], more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const policy = (...Statement: object[]) => ({
  Version: '2012-10-17',
  Statement: JSON.parse(JSON.stringify(Statement)),
});

function key(name: string, more: Partial<KeySpec> = {}): KeySpec {
  const id = `${name.padEnd(8, '0')}-7a2e-4d0e-9d6c-1f6f9a3e2b11`;
  return {
    logicalId: name,
    id,
    arn: `${ARN}${id}`,
    spec: 'SYMMETRIC_DEFAULT',
    enabled: true,
    policy: policy(allow('kms:*', { Principal: { AWS: ROOT } })),
    aliases: [],
    ...more,
  };
}

const data = key('da', { aliases: ['alias/data'], rotationDays: 365 });
const reader = { 'kms:EncryptionContext:table': 'cases' };
const roles = {
  Writer: policy(allow(['kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*'])),
  Reader: policy(allow('kms:Decrypt', { Condition: { StringEquals: reader } })),
};

async function open(keys: KeySpec[], dataDir = '') {
  const folder = dataDir === '' ? mkdtempSync(join(tmpdir(), 'local-kms-')) : dataDir;
  mkdirSync(folder, { recursive: true });
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  let now = Date.now();
  const clock = {
    now: () => now,
    at: () => ({ cancel: () => undefined }),
    busy: () => () => undefined,
    settled: async () => undefined,
    async advance(by: number) {
      now += by;
    },
  };
  const named = Object.entries(roles).map(([name, document]) => [`arn:aws:iam::${ACCOUNT}:role/${name}`, document]);
  const authorizer = createAuthorizer(
    {
      roles: new Map(
        named.map(([arn, document]) => [
          String(arn),
          [{ name: 'own', document: JSON.parse(JSON.stringify(document)) }],
        ]),
      ),
      resources: new Map(keys.map(({ arn, policy: own }) => [arn, own])),
    },
    { accountId: ACCOUNT, region: 'us-east-1' },
  );
  const credentials = createCredentials(Buffer.alloc(32, 1), ACCOUNT, 'aws');
  const kms = createKms({ dataDir: folder, keys, authorizer, clock });
  const endpoint = await startEndpoint({ services: { kms }, credentials, faults: createFaults(), clock });
  ends.push(endpoint.stop);
  const as = (who: keyof typeof roles | 'administrator'): KMSClient => {
    const own =
      who === 'administrator'
        ? credentials.forAdministrator()
        : credentials.forRole(`arn:aws:iam::${ACCOUNT}:role/${who}`, 'test');
    const client = new KMSClient({ endpoint: endpoint.url, region: 'us-east-1', credentials: own, maxAttempts: 1 });
    ends.push(() => client.destroy());
    return client;
  };
  return { as, clock, folder };
}

const EncryptionContext = { table: 'cases', item: '1' };

test('a data key opens again with its context only, by id, ARN, alias or the ciphertext alone', async () => {
  const writer = (await open([data])).as('Writer');
  const made = await writer.send(
    new GenerateDataKeyCommand({ KeyId: 'alias/data', KeySpec: 'AES_256', EncryptionContext }),
  );
  expect(made).toMatchObject({ KeyId: data.arn, KeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const { CiphertextBlob } = made;
  for (const KeyId of [undefined, data.id, data.arn, 'alias/data', `${ARN.slice(0, -4)}alias/data`]) {
    const opened = await writer.send(
      new DecryptCommand({ CiphertextBlob, EncryptionContext, ...(KeyId && { KeyId }) }),
    );
    expect(opened.Plaintext).toEqual(made.Plaintext);
    expect(opened).toMatchObject({ KeyId: data.arn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
  }
  for (const wrong of [
    undefined,
    {},
    { table: 'cases' },
    { ...EncryptionContext, item: '2' },
    { Table: 'cases', item: '1' },
  ]) {
    const command = new DecryptCommand({ CiphertextBlob, EncryptionContext: wrong });
    await expect(writer.send(command)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  }
  const other = new DecryptCommand({
    CiphertextBlob: Buffer.from('no ciphertext of any key, only long enough'),
    EncryptionContext,
  });
  await expect(writer.send(other)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
});

test('a policy decides by the context of a ciphertext, and its denial does not name the key', async () => {
  const { as } = await open([data]);
  const close = (context: Record<string, string>) =>
    as('Writer').send(new EncryptCommand({ KeyId: data.id, Plaintext: Buffer.from('x'), EncryptionContext: context }));
  const decrypt = async (context: Record<string, string>, KeyId?: string) =>
    as('Reader').send(
      new DecryptCommand({
        CiphertextBlob: (await close(context)).CiphertextBlob,
        EncryptionContext: context,
        ...(KeyId && { KeyId }),
      }),
    );
  expect(Buffer.from((await decrypt({ table: 'cases' })).Plaintext ?? []).toString()).toBe('x');
  const who = `User: arn:aws:sts::${ACCOUNT}:assumed-role/Reader/test is not authorized to perform: kms:Decrypt on`;
  const why = 'because no identity-based policy allows the kms:Decrypt action';
  await expect(decrypt({ table: 'views' })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `${who} the resource associated with this ciphertext ${why}`,
  });
  await expect(decrypt({ table: 'views' }, data.arn)).rejects.toThrow(`${who} resource: ${data.arn} ${why}`);
});

test("a key's own policy counts: what it leaves out no role can do, what it denies is denied", async () => {
  const closed = key('c1', { policy: policy(allow('kms:DescribeKey', { Principal: { AWS: ROOT } })) });
  const writer = { AWS: `arn:aws:iam::${ACCOUNT}:role/Writer` };
  const denying = key('c2', {
    policy: policy(allow('kms:*', { Principal: { AWS: ROOT } }), {
      ...allow('kms:Encrypt', { Principal: writer }),
      Effect: 'Deny',
    }),
  });
  const { as } = await open([closed, denying]);
  const encrypt = ({ id }: KeySpec) =>
    as('Writer').send(new EncryptCommand({ KeyId: id, Plaintext: Buffer.from('x') }));
  await expect(encrypt(closed)).rejects.toThrow(/because no resource-based policy allows the kms:Encrypt action$/);
  await expect(encrypt(denying)).rejects.toThrow(/with an explicit deny in a resource-based policy$/);
});

test('rotated on demand or by its schedule, a key goes on opening what it closed, over a restart too', async () => {
  const { as, clock, folder } = await open([data]);
  const kms = as('administrator');
  const KeyId = data.id;
  const closed = await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('first'), EncryptionContext }));
  const materialOf = async () => (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.CurrentKeyMaterialId;
  const first = await materialOf();
  await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
  const second = await materialOf();
  await clock.advance(366 * DAY);
  const third = await materialOf();
  expect(new Set([first, second, third]).size).toBe(3);
  const { Rotations } = await kms.send(new ListKeyRotationsCommand({ KeyId }));
  expect(Rotations?.map(({ RotationType }) => RotationType)).toEqual(['ON_DEMAND', 'AUTOMATIC']);
  expect(await kms.send(new GetKeyRotationStatusCommand({ KeyId }))).toMatchObject({
    KeyRotationEnabled: true,
    RotationPeriodInDays: 365,
  });
  const again = (await open([data], folder)).as('administrator');
  const opened = await again.send(new DecryptCommand({ CiphertextBlob: closed.CiphertextBlob, EncryptionContext }));
  expect(Buffer.from(opened.Plaintext ?? []).toString()).toBe('first');
  expect(opened.KeyMaterialId).toBe(first);
  const under = await again.send(
    new ReEncryptCommand({
      CiphertextBlob: closed.CiphertextBlob,
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId: KeyId,
      DestinationEncryptionContext: { table: 'cases', item: '2' },
    }),
  );
  expect(under).toMatchObject({ SourceKeyMaterialId: first, DestinationKeyMaterialId: third, KeyId: data.arn });
});

test('what cannot be is refused by AWS’s names', async () => {
  const mac = key('ac', { spec: 'HMAC_256' });
  const off = key('0f', { enabled: false });
  const kms = (await open([data, mac, off])).as('administrator');
  const x = Buffer.from('x');
  const refused = [
    [
      new EncryptCommand({ KeyId: 'alias/none', Plaintext: x }),
      'NotFoundException',
      /^Alias arn:\S+:alias\/none is not found\.$/,
    ],
    [
      new EncryptCommand({ KeyId: 'nobody', Plaintext: x }),
      'NotFoundException',
      /^Key 'arn:\S+:key\/nobody' does not exist$/,
    ],
    [
      new EncryptCommand({ KeyId: mac.id, Plaintext: x }),
      'InvalidKeyUsageException',
      /key usage is GENERATE_VERIFY_MAC/,
    ],
    [new EncryptCommand({ KeyId: off.id, Plaintext: x }), 'DisabledException', /is disabled\.$/],
    [new EncryptCommand({ KeyId: data.id, Plaintext: Buffer.alloc(4_097) }), 'ValidationException', /4096 bytes/],
    // there are no grants here: what came with a token would be done without what it grants
    [
      new EncryptCommand({ KeyId: data.id, Plaintext: x, GrantTokens: ['token'] }),
      'ValidationException',
      /GrantTokens/,
    ],
    [new GenerateDataKeyCommand({ KeyId: data.id }), 'ValidationException', /number of bytes or key spec/],
    [
      new GenerateMacCommand({ KeyId: data.id, Message: x, MacAlgorithm: 'HMAC_SHA_256' }),
      'InvalidKeyUsageException',
      /./,
    ],
    [new RotateKeyOnDemandCommand({ KeyId: mac.id }), 'UnsupportedOperationException', /./],
  ] as const;
  for (const [command, name, message] of refused) {
    // Each command has an input of its own type: the client takes any of them.
    await expect(send(kms, command)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  }
});

async function send(
  kms: KMSClient,
  command: EncryptCommand | GenerateDataKeyCommand | GenerateMacCommand | RotateKeyOnDemandCommand,
): Promise<unknown> {
  if (command instanceof EncryptCommand) return kms.send(command);
  if (command instanceof GenerateDataKeyCommand) return kms.send(command);
  return command instanceof GenerateMacCommand ? kms.send(command) : kms.send(command);
}
