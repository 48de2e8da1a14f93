import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ObjectService, startObjectService } from '../engine/object-service.ts';

const DAY = 86_400_000;
let service: ObjectService;
let s3: S3Client;
beforeAll(async () => {
  service = await startObjectService({
    writer: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::locked/anchors/*' },
        {
          Effect: 'Deny',
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::locked/anchors/*',
          Condition: { Null: { 's3:if-none-match': 'true' } },
        },
      ],
    },
  });
  s3 = service.client();
});
afterAll(() => service.stop());

const put = (Bucket: string, Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
async function read(Bucket: string, Key: string, VersionId?: string): Promise<string | undefined> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return Body?.transformToString();
}

describe('an object', () => {
  it('comes back as it was put, with type, ETag and size, under any key', async () => {
    const key = 'a folder/中文 + & "quoted" (1)!.json';
    const Body = '接力';
    await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: key, Body, ContentType: 'application/json' }));
    expect(await read('plain', key)).toBe(Body);
    expect(await s3.send(new HeadObjectCommand({ Bucket: 'plain', Key: key }))).toMatchObject({
      ContentType: 'application/json',
      ContentLength: Buffer.byteLength(Body),
      ETag: `"${createHash('md5').update(Body).digest('hex')}"`,
    });
  });

  it('that is not there is refused as AWS does', async () => {
    await expect(read('plain', 'nothing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(read('elsewhere', 'nothing')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('is put only where there is none, when that is asked', async () => {
    const once = { Bucket: 'plain', Key: 'once', Body: 'first', IfNoneMatch: '*' };
    await s3.send(new PutObjectCommand(once));
    const again = s3.send(new PutObjectCommand({ ...once, Body: 'second' }));
    await expect(again).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    expect(await read('plain', 'once')).toBe('first');
  });

  it('is refused when it is not what its checksum says', async () => {
    const wrong = createHash('sha256').update('other').digest('base64');
    const sent = s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body: 'one', ChecksumSHA256: wrong }));
    await expect(sent).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('is listed by prefix and in pages, in the order of keys', async () => {
    for (const name of ['b', 'a', 'c', 'd', 'e']) await put('plain', `list/${name}`, name);
    const keys: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: 'plain', Prefix: 'list/', MaxKeys: 2, ContinuationToken: token }),
      );
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
      token = page.NextContinuationToken;
    } while (token);
    expect(keys).toEqual(['list/a', 'list/b', 'list/c', 'list/d', 'list/e']);
  });
});

describe('a bucket with Object Lock', () => {
  it('keeps a version that is covered by a newer one or by a delete marker', async () => {
    const { VersionId: first } = await put('locked', 'covered', 'first');
    await put('locked', 'covered', 'second');
    await s3.send(new DeleteObjectCommand({ Bucket: 'locked', Key: 'covered' }));
    await expect(read('locked', 'covered')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await read('locked', 'covered', first)).toBe('first');
    const listed = await s3.send(new ListObjectVersionsCommand({ Bucket: 'locked', Prefix: 'covered' }));
    expect(listed.Versions?.map(({ IsLatest }) => IsLatest)).toEqual([false, false]);
    expect(listed.DeleteMarkers).toMatchObject([{ Key: 'covered', IsLatest: true }]);
  });

  it('refuses to remove a version until its time is over, whoever asks', async () => {
    const { VersionId } = await put('locked', 'kept', 'content');
    const remove = () =>
      s3.send(new DeleteObjectCommand({ Bucket: 'locked', Key: 'kept', VersionId, BypassGovernanceRetention: true }));
    await expect(remove()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(await read('locked', 'kept')).toBe('content');
    const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket: 'locked' }));
    expect(ObjectLockConfiguration?.Rule?.DefaultRetention).toEqual({ Mode: 'COMPLIANCE', Days: 10 });
    service.pass(11 * DAY);
    await remove();
    await expect(read('locked', 'kept')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('lets who may bypass governance remove a version, when they say so', async () => {
    const { VersionId } = await put('governed', 'kept', 'content');
    const version = { Bucket: 'governed', Key: 'kept', VersionId };
    await expect(s3.send(new DeleteObjectCommand(version))).rejects.toMatchObject({ name: 'AccessDenied' });
    await s3.send(new DeleteObjectCommand({ ...version, BypassGovernanceRetention: true }));
  });
});

describe('a role', () => {
  it('may put what its policy names, and only as new', async () => {
    const writer = service.client('writer');
    const anchor = { Bucket: 'locked', Key: 'anchors/one', Body: '{}' };
    await writer.send(new PutObjectCommand({ ...anchor, IfNoneMatch: '*' }));
    const others = [
      () => writer.send(new PutObjectCommand(anchor)),
      () => writer.send(new PutObjectCommand({ ...anchor, Key: 'other', IfNoneMatch: '*' })),
      () => writer.send(new GetObjectCommand(anchor)),
      () => writer.send(new DeleteObjectCommand(anchor)),
      () => writer.send(new ListObjectsV2Command(anchor)),
    ];
    for (const other of others) await expect(other()).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('what is not there', () => {
  it('is refused by name', async () => {
    const tagged = s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'x', Body: 'x', Tagging: 'a=b' }));
    await expect(tagged).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('tagging') });
    const delimited = s3.send(new ListObjectsV2Command({ Bucket: 'plain', Delimiter: '/' }));
    await expect(delimited).rejects.toMatchObject({ name: 'UnknownOperationException' });
  });

  it('is refused where an address cannot be read', async () => {
    const get = new GetObjectCommand({ Bucket: 'plain', Key: 'x' });
    get.middlewareStack.add(
      (next) => (args) => next({ ...args, request: Object.assign(Object(args.request), { path: '/plain/%zz' }) }),
      { step: 'build' },
    );
    await expect(s3.send(get)).rejects.toMatchObject({ name: 'InvalidURI', $metadata: { httpStatusCode: 400 } });
  });
});
