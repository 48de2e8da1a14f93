import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { refusal } from './service.ts';

/** What a signed request says about itself. */
export interface Signature {
  readonly accessKeyId: string;
  /** Day, region, service. */
  readonly scope: readonly [day: string, region: string, service: string];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const FORM =
  /^AWS4-HMAC-SHA256 +Credential=([^/\s,]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, *SignedHeaders=([^\s,]+), *Signature=([0-9a-f]{64})$/;

/** Reads a request's `Authorization`. Throws MissingAuthenticationToken when it has none of the form of AWS. */
export function readSignature(request: IncomingMessage): Signature {
  const [, accessKeyId, day, region, service, signed, signature] = FORM.exec(request.headers.authorization ?? '') ?? [];
  if (!accessKeyId || !day || !region || !service || !signed || !signature) {
    throw refusal(request, 'MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  }
  return { accessKeyId, scope: [day, region, service], signedHeaders: signed.split(';'), signature };
}

/**
 * Throws InvalidSignatureException unless the request was signed with this secret.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function verifySignature(request: IncomingMessage, body: Buffer, signed: Signature, secret: string): void {
  const { scope, signedHeaders } = signed;
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const header = (name: string): string => [request.headers[name] ?? ''].flat().join(',').trim().replace(/ +/g, ' ');
  const canonical = [
    request.method,
    // S3 alone takes the path as it stands: keys are encoded once.
    scope[2] === 's3' ? path : path.split('/').map(encode).join('/'),
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
      .sort()
      .join('&'),
    ...signedHeaders.map((name) => `${name}:${header(name)}`),
    '',
    signedHeaders.join(';'),
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const date = header('x-amz-date');
  const text = [
    'AWS4-HMAC-SHA256',
    date,
    `${scope.join('/')}/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const expected = hmac(signingKey(secret, scope), text);
  if (!timingSafeEqual(expected, Buffer.from(signed.signature, 'hex'))) {
    throw refusal(
      request,
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      403,
    );
  }
}

const keys = new Map<string, Buffer>();

/** The key that a secret signs with on a day, in a region, for a service. */
export function signingKey(secret: string, scope: Signature['scope']): Buffer {
  const name = [secret, ...scope].join('/');
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = [...scope, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
  if (keys.size > 1_000) keys.clear();
  keys.set(name, key);
  return key;
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function encode(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}
