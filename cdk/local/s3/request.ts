import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../types.ts';

/** The operations that are here, each with the query that asks for it and what else its query may hold. */
const operations = {
  PutObject: { method: 'PUT', of: 'object', asks: undefined, takes: [] },
  GetObject: { method: 'GET', of: 'object', asks: undefined, takes: ['versionId'] },
  HeadObject: { method: 'HEAD', of: 'object', asks: undefined, takes: ['versionId'] },
  DeleteObject: { method: 'DELETE', of: 'object', asks: undefined, takes: ['versionId'] },
  ListObjectsV2: {
    method: 'GET',
    of: 'bucket',
    asks: 'list-type',
    takes: ['prefix', 'max-keys', 'continuation-token', 'start-after', 'fetch-owner'],
  },
  ListObjectVersions: {
    method: 'GET',
    of: 'bucket',
    asks: 'versions',
    takes: ['prefix', 'max-keys', 'key-marker', 'version-id-marker'],
  },
  GetObjectLockConfiguration: { method: 'GET', of: 'bucket', asks: 'object-lock', takes: [] },
} as const;
export type Operation = keyof typeof operations;

export interface Target {
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
}

/** Bucket and key of a request with the bucket in its path, as SDKs make it for an endpoint without a name. Throws InvalidURI. */
export function targetOf(request: IncomingMessage): Target {
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  const [, bucket = '', ...key] = path.split('/');
  try {
    return { bucket, key: key.map(decodeURIComponent).join('/'), query: new URLSearchParams(query) };
  } catch {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

/** The operation that a request is for; undefined for one that is not here, or asks for what is not. */
export function operationOf(request: IncomingMessage): Operation | undefined {
  const { key, query } = targetOf(request);
  const of = key === '' ? 'bucket' : 'object';
  const asked = [...query.keys()].filter((name) => name !== 'x-id');
  const found = Object.entries(operations).find(([, { method, asks, takes, of: what }]) => {
    const known: readonly (string | undefined)[] = [asks, ...takes];
    if (method !== request.method || what !== of || (asks !== undefined && !asked.includes(asks))) return false;
    return asked.every((name) => known.includes(name));
  });
  return isOperation(found?.[0]) ? found[0] : undefined;
}

function isOperation(name: string | undefined): name is Operation {
  return name !== undefined && Object.hasOwn(operations, name);
}

/** Headers that change what an operation does, and are not done here. */
const refused =
  /^(x-amz-(acl|grant-|tagging|copy-source|meta-|object-lock-|website|storage-class)|if-match$|range$|content-encoding$)/;

/** The first header that asks for what is not here. */
export function refusedHeader(request: IncomingMessage): string | undefined {
  return Object.keys(request.headers).find((name) => refused.test(name));
}
