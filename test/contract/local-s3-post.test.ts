import { createHmac } from 'node:crypto';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hmac, signingKey } from '../../cdk/local/endpoint/signature.ts';
import { type ObjectService, startObjectService } from '../engine/object-service.ts';

let service: ObjectService;
let s3: S3Client;
beforeAll(async () => {
  service = await startObjectService({
    writer: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::plain/in/*' }],
    },
  });
  s3 = service.client();
});
afterAll(() => service.stop());

const BACK = 'https://hub.example.org/came?of=x';

/** The hidden fields of a form that `writer` signed, good for a minute. */
async function signed({ key = 'in/one', at = new Date() } = {}): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = await service.client('writer').config.credentials();
  const date = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [date.slice(0, 8), 'us-east-1', 's3', 'aws4_request'];
  const fields = {
    key,
    success_action_redirect: BACK,
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': [accessKeyId, ...scope].join('/'),
    'X-Amz-Date': date,
    'X-Amz-Security-Token': sessionToken,
  };
  const conditions = [
    { bucket: 'plain' },
    ['starts-with', '$key', key],
    ['eq', '$success_action_redirect', BACK],
    ...Object.entries(fields)
      .filter(([name]) => name.startsWith('X-'))
      .map(([name, value]) => ({ [name]: value })),
    ['content-length-range', 0, 1000],
  ];
  const expiration = new Date(at.getTime() + 60_000).toISOString();
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
  const signing = scope.reduce<string | Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    `AWS4${secretAccessKey}`,
  );
  return { ...fields, Policy: policy, 'X-Amz-Signature': createHmac('sha256', signing).update(policy).digest('hex') };
}

interface Sent {
  readonly bucket?: string;
  readonly file?: string | null;
  readonly after?: Readonly<Record<string, string>>;
}

/** Sends a form as a browser does, its fields in their order. */
async function send(
  fields: Readonly<Record<string, string>>,
  { bucket = 'plain', file = 'content', after = {} }: Sent = {},
) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  if (file !== null) body.append('file', new Blob([file], { type: 'text/csv' }), '名单 "1".csv');
  for (const [name, value] of Object.entries(after)) body.append(name, value);
  const response = await fetch(`${service.formsUrl}/${bucket}`, { method: 'POST', body, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1], text, headers: response.headers };
}

const isThere = (Key: string) =>
  s3.send(new HeadObjectCommand({ Bucket: 'plain', Key })).then(
    () => true,
    () => false,
  );

describe('a form that a role signed', () => {
  it('puts its file under its key and leads back to its address, with bucket, key and ETag', async () => {
    const content = '姓名\r\n--no boundary\r\n\0王';
    const { status, headers } = await send(await signed(), {
      file: content,
      after: { submit: 'Send', key: 'in/other' },
    });
    const { Body, ETag } = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'in/one' }));
    expect(await Body?.transformToString()).toBe(content);
    expect(status).toBe(303);
    const back = new URL(headers.get('location') ?? '');
    expect(Object.fromEntries(back.searchParams)).toEqual({ of: 'x', bucket: 'plain', key: 'in/one', etag: ETag });
    expect(back.href.startsWith(`${BACK}&`)).toBe(true);
    expect(await isThere('in/other')).toBe(false);
  });

  it('takes the place of what it sent before, so that no form fills a bucket', async () => {
    const fields = await signed({ key: 'in/twice' });
    for (const file of ['first', 'second']) expect((await send(fields, { file })).status).toBe(303);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'in/twice' }));
    expect(await Body?.transformToString()).toBe('second');
  });

  it('may be sent without a file chosen: that is one without content', async () => {
    expect((await send(await signed({ key: 'in/empty' }), { file: '' })).status).toBe(303);
  });
});

describe('refused as AWS does', () => {
  const more = (fields: Record<string, string>) => async () => ({
    ...(await signed({ key: 'in/refused' })),
    ...fields,
  });
  const of = (what: Parameters<typeof signed>[0]) => () => signed({ key: 'in/refused', ...what });
  const without = (name: string) => async () => {
    const { [name]: _, ...others } = await signed({ key: 'in/refused' });
    return others;
  };
  const DAY = 86_400_000;

  it.each<[string, () => Promise<Record<string, string>>, number, string, string, Sent?]>([
    ['what is too old', of({ at: new Date(Date.now() - DAY) }), 403, 'AccessDenied', 'Policy expired'],
    ['another key', more({ key: 'other' }), 403, 'AccessDenied', 'Policy Condition failed: ["starts-with","$key"'],
    [
      'another address to lead to',
      more({ success_action_redirect: 'https://evil.example' }),
      403,
      'AccessDenied',
      'Condition failed',
    ],
    ['a field more', more({ acl: 'public-read' }), 403, 'AccessDenied', 'Extra input fields: acl'],
    [
      'a type that was not signed',
      more({ 'Content-Type': 'text/html' }),
      403,
      'AccessDenied',
      'Extra input fields: content-type',
    ],
    ['another bucket', of({}), 403, 'AccessDenied', 'Condition failed', { bucket: 'governed' }],
    ['a bucket that is not there', of({}), 404, 'NoSuchBucket', 'does not exist', { bucket: 'none' }],
    ['a wrong signature', more({ 'X-Amz-Signature': '0'.repeat(64) }), 403, 'SignatureDoesNotMatch', 'does not match'],
    [
      'another policy',
      more({ Policy: Buffer.from('{}').toString('base64') }),
      403,
      'SignatureDoesNotMatch',
      'does not match',
    ],
    [
      'a key of nobody',
      more({ 'X-Amz-Credential': 'AKIA/20261201/us-east-1/s3/aws4_request', 'X-Amz-Date': '20261201T000000Z' }),
      403,
      'InvalidAccessKeyId',
      'does not exist',
    ],
    ['another token', more({ 'X-Amz-Security-Token': 'x' }), 400, 'InvalidToken', 'malformed'],
    ['no policy', without('Policy'), 403, 'AccessDenied', 'Access Denied'],
    ['no key', without('key'), 400, 'InvalidArgument', "named 'key'"],
    ['no file', of({}), 400, 'InvalidArgument', 'exactly one file', { file: null }],
    ['too much', of({}), 400, 'EntityTooLarge', 'exceeds the maximum', { file: 'x'.repeat(1001) }],
    [
      'what the role may not put',
      of({ key: 'elsewhere' }),
      403,
      'AccessDenied',
      'not authorized to perform: s3:PutObject',
    ],
    [
      'fields without end',
      more({ 'x-ignore-this': 'x'.repeat(30_000) }),
      400,
      'MaxPostPreDataLengthExceeded',
      'too large',
    ],
  ])('%s', async (_, fields, status, code, message, sent) => {
    const answer = await send(await fields(), sent);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.text.replaceAll('&quot;', '"')).toContain(message);
    // of the origin of the pages on one machine: nothing of it may run there
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'");
    for (const key of ['in/refused', 'other', 'elsewhere']) expect(await isThere(key)).toBe(false);
  });

  it('what the disk has no room for beside the tables', async () => {
    service.hasRoom(false);
    const { status, code } = await send(await signed({ key: 'in/refused' }));
    service.hasRoom(true);
    expect([status, code, await isThere('in/refused')]).toEqual([503, 'SlowDown', false]);
  });

  it('what is no form', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const post = (init: RequestInit) => fetch(`${service.formsUrl}/plain`, { method: 'POST', ...init });
    expect((await post({ body: 'nonsense', headers })).status).toBe(400);
    expect((await post({ body: 'a=b' })).status).toBe(412);
  });
});

describe('the public port', () => {
  it('has nothing of the object service but forms for buckets', async () => {
    await send(await signed({ key: 'in/kept' }));
    for (const path of ['plain/in/kept', 'plain', 'plain?list-type=2', ''])
      for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])
        expect((await fetch(`${service.formsUrl}/${path}`, { method })).status).toBe(404);
    expect(await isThere('in/kept')).toBe(true);
  });
});

it('signs as the example does that AWS publishes', () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
  const policy =
    'eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9';
  const key = signingKey('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', ['20151229', 'us-east-1', 's3']);
  expect(hmac(key, policy).toString('hex')).toBe('8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e');
});
