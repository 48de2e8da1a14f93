import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceAnswer } from '../endpoint/service.ts';
import { hmac, signingKey } from '../endpoint/signature.ts';
import { readBody, SLOWEST } from '../http-api/read-body.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import type { CredentialStore } from '../iam/credentials.ts';
import type { BucketSpec } from '../template/blueprint.ts';
import { type Clock, ServiceError } from '../types.ts';
import { type FormPart, formParts } from './form-parts.ts';
import type { ObjectStore, Version } from './object-store.ts';
import { checkPolicy } from './post-policy.ts';
import { xml } from './xml.ts';

export interface PostObjectOptions {
  readonly buckets: readonly BucketSpec[];
  readonly store: ObjectStore;
  readonly credentials: CredentialStore;
  readonly authorizer: Authorizer;
  readonly region: string;
  readonly clock: Pick<Clock, 'now' | 'busy'>;
  /** Whether there is room on the disk for more than what everything else needs. */
  hasRoom(): boolean;
  /** Resolves when what was written is on disk. */
  durable(): Promise<void>;
}

/** Takes a form that is sent to a bucket. Never rejects for what a client did. */
export type PostObject = (request: IncomingMessage, response: ServerResponse, bucket: string) => Promise<void>;

/** AWS takes 5 GB; here each is in memory once. */
const MOST_BYTES = 64 * 1024 * 1024;
/** What all forms that are being sent may hold together. */
const MOST_HELD = 256 * 1024 * 1024;

/** Fields that are understood beside those that sign the form. */
const known =
  /^(key|bucket|file|policy|content-type|success_action_redirect|success_action_status|x-amz-(algorithm|credential|date|security-token|signature)|x-ignore-.*)$/;

interface Sent {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: FormPart;
  readonly key: string;
}

function readForm(body: Buffer, type: string, bucket: string): Sent {
  const parts = formParts(body, type);
  const fields = new Map([['bucket', bucket]]);
  for (const { name, bytes } of parts) if (name !== 'file') fields.set(name, bytes.toString('utf8'));
  const file = parts.find(({ name }) => name === 'file');
  if (file === undefined)
    throw new ServiceError('InvalidArgument', 'POST requires exactly one file upload per request.');
  const key = fields.get('key') ?? '';
  if (key === '') {
    const message =
      "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.";
    throw new ServiceError('InvalidArgument', message);
  }
  if (/\$\{filename\}/.test(key)) throw notHere('a key made of the name of the file');
  return { fields, file, key };
}

function notHere(what: string): ServiceError {
  return new ServiceError('NotImplemented', `The local cloud does not have ${what} of POST Object of s3.`, 501);
}

/** Where the browser is led, with what was made; as it stands where the form names no address. */
function answerOf(fields: Sent['fields'], { key, etag }: Version, bucket: string): ServiceAnswer {
  const headers = { etag: `"${etag}"` };
  const back = URL.parse(fields.get('success_action_redirect') ?? '');
  if (back) {
    for (const [name, value] of [
      ['bucket', bucket],
      ['key', key],
      ['etag', `"${etag}"`],
    ] as const)
      back.searchParams.append(name, value);
    return { status: 303, headers: { ...headers, location: back.href }, body: '' };
  }
  const asked = fields.get('success_action_status');
  if (asked !== '201') return { status: asked === '200' ? 200 : 204, headers, body: '' };
  const body = xml('PostResponse', { Bucket: bucket, Key: key, ETag: `"${etag}"` });
  return { status: 201, headers: { ...headers, 'content-type': 'application/xml' }, body };
}

/**
 * POST Object, as a browser's form calls it: signed by a policy that says what may be sent. Fields that would change the object otherwise
 * are refused by name. https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export function createPostObject(options: PostObjectOptions): PostObject {
  const { buckets, store, credentials, authorizer, region, clock, hasRoom, durable } = options;
  let held = 0;

  /** Whose form it is. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html */
  const callerOf = (fields: Sent['fields'], policy: string): Caller => {
    const [accessKeyId = '', day = '', where = '', service = '', end] = (fields.get('x-amz-credential') ?? '').split(
      '/',
    );
    const signature = fields.get('x-amz-signature') ?? '';
    if (fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256' || end !== 'aws4_request' || service !== 's3') {
      throw new ServiceError(
        'InvalidArgument',
        'X-Amz-Algorithm and X-Amz-Credential must be those of Signature Version 4',
      );
    }
    if (where !== region || !fields.get('x-amz-date')?.startsWith(`${day}T`)) {
      throw new ServiceError('AuthorizationQueryParametersError', 'X-Amz-Credential names another region or day.');
    }
    const found = credentials.find(accessKeyId);
    if (found === undefined) {
      const message = 'The AWS Access Key Id you provided does not exist in our records.';
      throw new ServiceError('InvalidAccessKeyId', message, 403);
    }
    if (fields.get('x-amz-security-token') !== found.credentials.sessionToken) {
      throw new ServiceError('InvalidToken', 'The provided token is malformed or otherwise invalid.');
    }
    const expected = hmac(signingKey(found.credentials.secretAccessKey, [day, region, 's3']), policy).toString('hex');
    const digest = (text: string) => createHash('sha256').update(text).digest();
    if (!timingSafeEqual(digest(expected), digest(signature))) {
      const message =
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
      throw new ServiceError('SignatureDoesNotMatch', message, 403);
    }
    return found.caller;
  };

  const answer = async (request: IncomingMessage, bucket: string, body: Buffer): Promise<ServiceAnswer> => {
    const spec = buckets.find(({ name }) => name === bucket);
    if (spec === undefined) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
    const { fields, file, key } = readForm(body, request.headers['content-type'] ?? '', bucket);
    const policy = fields.get('policy');
    if (policy === undefined) throw new ServiceError('AccessDenied', 'Access Denied', 403);
    const caller = callerOf(fields, policy);
    checkPolicy(policy, { fields, size: file.bytes.length, now: clock.now() });
    // what its policy does not allow was refused by that first
    const other = [...fields.keys()].find((name) => !known.test(name));
    if (other !== undefined || spec.retention) throw notHere(other ?? 'a locked bucket');
    try {
      authorizer.require(caller, { action: 's3:PutObject', resource: `${spec.arn}/${key}` });
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'AccessDeniedException') throw error;
      throw new ServiceError('AccessDenied', error.message, 403);
    }
    // AWS has no end; here whoever sends a great deal must not take the room of the tables
    if (!hasRoom()) throw new ServiceError('SlowDown', 'Please reduce your request rate.', 503);
    const type = fields.get('content-type') ?? 'binary/octet-stream';
    const made = store.put(spec, key, { body: file.bytes, type }, undefined);
    await durable();
    return answerOf(fields, made, bucket);
  };

  const bodyOf = async (request: IncomingMessage, holding: (bytes: number) => void): Promise<Buffer> => {
    const body = await readBody(request, MOST_BYTES, SLOWEST, holding);
    if (body === 'too large')
      throw new ServiceError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
    if (body === 'too slow')
      throw new ServiceError(
        'RequestTimeout',
        'Your socket connection to the server was not read from or written to within the timeout period.',
      );
    return body;
  };

  return async (request, response, bucket) => {
    const done = clock.busy('a form for a bucket');
    let mine = 0;
    const holding = (bytes: number) => {
      mine += bytes;
      held += bytes;
      if (held > MOST_HELD) throw new ServiceError('SlowDown', 'Please reduce your request rate.', 503);
    };
    let answered: ServiceAnswer;
    try {
      answered = await answer(request, bucket, await bodyOf(request, holding));
    } catch (error) {
      // the client went away while it sent its body: there is nobody to answer
      if (request.socket.destroyed) return;
      const known = error instanceof ServiceError;
      if (!known) console.error('A form for a bucket failed:', error);
      const { code, message, status } = known
        ? error
        : new ServiceError('InternalError', 'We encountered an internal error. Please try again.', 500);
      answered = {
        status,
        headers: { 'content-type': 'application/xml', ...(!request.complete && { connection: 'close' }) },
        body: xml('Error', { Code: code, Message: message }),
      };
    } finally {
      held -= mine;
      done();
    }
    // on one machine it is of the same origin as the pages: nothing in it may ever run
    response.writeHead(answered.status, {
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'content-length': Buffer.byteLength(answered.body),
      ...answered.headers,
    });
    response.end(answered.body);
  };
}
