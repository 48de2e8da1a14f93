import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import type { EndpointService, ServiceAnswer, ServiceCall } from '../endpoint/service.ts';
import type { Authorizer } from '../iam/authorizer.ts';
import type { BucketSpec } from '../template/blueprint.ts';
import { type Millis, ServiceError } from '../types.ts';
import type { ObjectStore, Version } from './object-store.ts';
import { type Operation, operationOf, refusedHeader, type Target, targetOf } from './request.ts';
import { type Elements, xml } from './xml.ts';

export interface S3Options {
  readonly buckets: readonly BucketSpec[];
  readonly store: ObjectStore;
  readonly authorizer: Authorizer;
  readonly now: () => Millis;
}

interface Work extends Target, ServiceCall {
  readonly spec: BucketSpec;
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function answer(
  status: number,
  headers: Record<string, string | undefined>,
  body: string | Buffer = '',
): ServiceAnswer {
  const given = Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined);
  return { status, headers: Object.fromEntries(given), body };
}

function document(root: string, elements: Elements): ServiceAnswer {
  return answer(200, { 'content-type': 'application/xml' }, xml(root, elements));
}

const checksums: Readonly<Record<string, (body: Buffer) => string>> = {
  'content-md5': (body) => createHash('md5').update(body).digest('base64'),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest('base64'),
  'x-amz-checksum-crc32': (body) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return sum.toString('base64');
  },
};

/** Refuses a body that is not what its checksum says. An object that is locked must come with one. */
function checkBody(request: IncomingMessage, body: Buffer, isLocked: boolean): void {
  const given = Object.keys(checksums).filter((name) => header(request, name) !== undefined);
  if (given.length === 0 && isLocked) {
    throw new ServiceError(
      'InvalidRequest',
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
  }
  if (given.some((name) => checksums[name]?.(body) !== header(request, name))) {
    throw new ServiceError('BadDigest', 'The checksum you specified did not match what we received.');
  }
}

function metadata(version: Version): Record<string, string | undefined> {
  const { retention } = version;
  return {
    etag: `"${version.etag}"`,
    'content-type': version.type,
    'last-modified': new Date(version.modifiedAt).toUTCString(),
    'x-amz-version-id': version.id === 'null' ? undefined : version.id,
    'x-amz-object-lock-mode': retention?.mode,
    'x-amz-object-lock-retain-until-date': retention && new Date(retention.until).toISOString(),
  };
}

/**
 * The object service, as far as: put (if there is none such), get, head, delete, list, versions, Object Lock by the
 * bucket's default. Other operations, queries and headers are refused by name. As on AWS a locked object may be covered
 * by a newer version or a delete marker, while the locked version itself stays.
 */
export function createS3({ buckets, store, authorizer, now }: S3Options): EndpointService {
  const found = ({ spec, key, query }: Work): Version => {
    const version = query.get('versionId') ?? undefined;
    const at = store.find(spec.name, key, version);
    if (at === undefined || (at.isMarker && version === undefined)) {
      throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    }
    if (at.isMarker) throw new ServiceError('MethodNotAllowed', 'A delete marker has no content.', 405);
    return at;
  };

  const put = ({ spec, key, request, body }: Work): ServiceAnswer => {
    const condition = header(request, 'if-none-match');
    if (condition !== undefined && condition !== '*') throw notImplemented('If-None-Match other than *');
    checkBody(request, body, spec.retention !== undefined);
    const there = store.find(spec.name, key);
    if (condition === '*' && there && !there.isMarker) {
      throw new ServiceError(
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
        412,
      );
    }
    const { retention } = spec;
    const type = header(request, 'content-type') ?? 'binary/octet-stream';
    const lock = retention && { mode: retention.mode, until: now() + retention.millis };
    const made = store.put(spec, key, { body, type }, lock);
    return answer(200, { etag: `"${made.etag}"`, 'x-amz-version-id': made.id === 'null' ? undefined : made.id });
  };

  const remove = async ({ spec, key, query, request, caller }: Work): Promise<ServiceAnswer> => {
    const version = query.get('versionId');
    if (version === null) {
      if (!spec.versioned) store.remove(spec.name, key, 'null');
      const marker = spec.versioned ? store.mark(spec, key) : undefined;
      return answer(204, { 'x-amz-delete-marker': marker && 'true', 'x-amz-version-id': marker?.id });
    }
    const retention = store.find(spec.name, key, version)?.retention;
    if (retention && retention.until > now()) {
      const bypass = header(request, 'x-amz-bypass-governance-retention') === 'true';
      if (retention.mode === 'COMPLIANCE' || !bypass) {
        throw new ServiceError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
      }
      authorizer.require(caller, { action: 's3:BypassGovernanceRetention', resource: `${spec.arn}/${key}` });
    }
    store.remove(spec.name, key, version);
    return answer(204, { 'x-amz-version-id': version });
  };

  const most = (query: URLSearchParams): number => {
    const asked = Number(query.get('max-keys') ?? 1_000);
    if (!Number.isInteger(asked) || asked < 1) throw new ServiceError('InvalidArgument', 'max-keys is no such number.');
    return Math.min(1_000, asked);
  };

  const list = ({ spec, query }: Work): ServiceAnswer => {
    const token = query.get('continuation-token');
    const key = token === null ? query.get('start-after') : Buffer.from(token, 'base64url').toString();
    const prefix = query.get('prefix') ?? '';
    const limit = most(query);
    const page = store.list(spec.name, { prefix, after: key === null ? undefined : { key }, most: limit + 1 });
    const shown = page.slice(0, limit);
    const last = page.length > limit ? shown.at(-1) : undefined;
    return document('ListBucketResult', {
      Name: spec.name,
      Prefix: prefix,
      KeyCount: shown.length,
      MaxKeys: limit,
      IsTruncated: last !== undefined,
      ...(last && { NextContinuationToken: Buffer.from(last.key).toString('base64url') }),
      Contents: shown.map((each) => ({ ...listed(each), StorageClass: 'STANDARD' })),
    });
  };

  const versions = ({ spec, query }: Work): ServiceAnswer => {
    const key = query.get('key-marker');
    const id = query.get('version-id-marker');
    const prefix = query.get('prefix') ?? '';
    const limit = most(query);
    const after = key === null ? undefined : { key, ...(id !== null && { version: id }) };
    const page = store.versions(spec.name, { prefix, after, most: limit + 1 });
    const shown = page.slice(0, limit);
    const last = page.length > limit ? shown.at(-1) : undefined;
    const about = (each: Version) => ({ VersionId: each.id, IsLatest: each.isLatest });
    return document('ListVersionsResult', {
      Name: spec.name,
      Prefix: prefix,
      MaxKeys: limit,
      IsTruncated: last !== undefined,
      ...(last && { NextKeyMarker: last.key, NextVersionIdMarker: last.id }),
      Version: shown.filter(({ isMarker }) => !isMarker).map((each) => ({ ...listed(each), ...about(each) })),
      DeleteMarker: shown
        .filter(({ isMarker }) => isMarker)
        .map((each) => ({ Key: each.key, LastModified: new Date(each.modifiedAt).toISOString(), ...about(each) })),
    });
  };

  const lock = ({ spec }: Work): ServiceAnswer => {
    if (!spec.objectLock) {
      const message = 'Object Lock configuration does not exist for this bucket';
      throw new ServiceError('ObjectLockConfigurationNotFoundError', message, 404);
    }
    const { retention } = spec;
    return document('ObjectLockConfiguration', {
      ObjectLockEnabled: 'Enabled',
      ...(retention && {
        Rule: { DefaultRetention: { Mode: retention.mode, Days: retention.millis / 86_400_000 } },
      }),
    });
  };

  const operations: Readonly<Record<Operation, (work: Work) => ServiceAnswer | Promise<ServiceAnswer>>> = {
    PutObject: put,
    GetObject(work) {
      const version = found(work);
      return answer(200, metadata(version), store.content(work.spec.name, work.key, version.id));
    },
    HeadObject(work) {
      const version = found(work);
      return answer(200, { ...metadata(version), 'content-length': String(version.size) });
    },
    DeleteObject: remove,
    ListObjectsV2: list,
    ListObjectVersions: versions,
    GetObjectLockConfiguration: lock,
  };

  /** What a call needs leave for: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
  const access = (operation: Operation, { spec, key, query, request }: Work) => {
    const version = query.has('versionId') ? 'Version' : '';
    const object = `${spec.arn}/${key}`;
    const prefix = query.get('prefix');
    const condition = header(request, 'if-none-match');
    switch (operation) {
      case 'PutObject':
        return {
          action: 's3:PutObject',
          resource: object,
          context: { ...(condition && { 's3:if-none-match': condition }) },
        };
      case 'GetObject':
      case 'HeadObject':
        return { action: `s3:GetObject${version}`, resource: object };
      case 'DeleteObject':
        return { action: `s3:DeleteObject${version}`, resource: object };
      case 'ListObjectsV2':
      case 'ListObjectVersions': {
        const context = { ...(prefix !== null && { 's3:prefix': prefix }) };
        const action = operation === 'ListObjectsV2' ? 's3:ListBucket' : 's3:ListBucketVersions';
        return { action, resource: spec.arn, context };
      }
      case 'GetObjectLockConfiguration':
        return { action: 's3:GetBucketObjectLockConfiguration', resource: spec.arn };
    }
  };

  return {
    errorType: 'application/xml',
    errorBody: (code, message) => xml('Error', { Code: code, Message: message }),
    operation: operationOf,
    async answer(call) {
      const target = targetOf(call.request);
      const spec = buckets.find(({ name }) => name === target.bucket);
      if (spec === undefined) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist', 404);
      const operation = operationOf(call.request);
      const refused = refusedHeader(call.request);
      if (operation === undefined || refused !== undefined) throw notImplemented(refused ?? call.operation);
      const work = { ...call, ...target, spec };
      try {
        authorizer.require(call.caller, access(operation, work));
      } catch (error) {
        if (!(error instanceof ServiceError) || error.code !== 'AccessDeniedException') throw error;
        throw new ServiceError('AccessDenied', error.message, 403);
      }
      return operations[operation](work);
    },
  };
}

function listed(version: Version): Elements {
  return {
    Key: version.key,
    LastModified: new Date(version.modifiedAt).toISOString(),
    ETag: `"${version.etag}"`,
    Size: version.size,
  };
}

function notImplemented(what: string): ServiceError {
  return new ServiceError('NotImplemented', `The local cloud does not have ${what} of s3.`, 501);
}
