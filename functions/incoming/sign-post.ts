import { createHmac } from 'node:crypto';

/** Who signs, for which bucket. */
export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
  readonly bucket: string;
}

/** What a form may send. */
export interface Permitted {
  /** the very key of the object */
  readonly key: string;
  /** where the browser is led afterwards */
  readonly backTo: string;
  /** in bytes */
  readonly most: number;
  readonly now: Date;
  /** how long the form is good, in seconds */
  readonly seconds: number;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/**
 * The hidden fields of a form that sends one file to a bucket, signed so that it can send nothing else. It is a chain of hashes and asks nobody.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 */
export function signPost(signer: Signer, { key, backTo, most, now, seconds }: Permitted): Record<string, string> {
  const at = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [at.slice(0, 8), signer.region, 's3', 'aws4_request'];
  const fields = {
    key,
    success_action_redirect: backTo,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': [signer.accessKeyId, ...scope].join('/'),
    'x-amz-date': at,
    ...(signer.sessionToken && { 'x-amz-security-token': signer.sessionToken }),
  };
  const conditions = [
    { bucket: signer.bucket },
    ...Object.entries(fields).map(([name, value]) => ({ [name]: value })),
    ['content-length-range', 0, most],
  ];
  const expiration = new Date(now.getTime() + seconds * 1000).toISOString();
  const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64');
  const signing = scope.reduce<string | Buffer>(hmac, `AWS4${signer.secretAccessKey}`);
  return { ...fields, policy, 'x-amz-signature': hmac(signing, policy).toString('hex') };
}
