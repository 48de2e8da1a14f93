import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { together } from '../data-folder/database.ts';
import type { BucketSpec } from '../template/blueprint.ts';
import type { Millis } from '../types.ts';

/** How long a version is kept from being removed, and whether some may be allowed to. */
export interface Retention {
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  readonly until: Millis;
}

/** A version of an object, without its content; a delete marker has none. */
export interface Version {
  readonly key: string;
  readonly id: string;
  readonly isLatest: boolean;
  readonly isMarker: boolean;
  readonly type: string;
  readonly etag: string;
  readonly size: number;
  readonly modifiedAt: Millis;
  readonly retention: Retention | undefined;
}

const row = z.object({
  key: z.string(),
  version: z.string(),
  seq: z.number(),
  latest: z.number(),
  marker: z.number(),
  type: z.string(),
  etag: z.string(),
  size: z.number(),
  modified: z.number(),
  mode: z.enum(['COMPLIANCE', 'GOVERNANCE']).nullable(),
  until: z.number().nullable(),
});

function versionOf(found: unknown): Version {
  const { key, version, latest, marker, type, etag, size, modified, mode, until } = row.parse(found);
  return {
    key,
    id: version,
    isLatest: latest === 1,
    isMarker: marker === 1,
    type,
    etag,
    size,
    modifiedAt: modified,
    retention: mode && until !== null ? { mode, until } : undefined,
  };
}

export interface Content {
  readonly body: Buffer;
  readonly type: string;
}

export interface ListRequest {
  readonly prefix: string;
  /** Exclusive. */
  readonly after: { readonly key: string; readonly version?: string } | undefined;
  readonly most: number;
}

export interface ObjectStore {
  /** The newest version of a key, which may be a delete marker, or the one named. */
  find(bucket: string, key: string, version?: string): Version | undefined;
  content(bucket: string, key: string, version: string): Buffer;
  put(bucket: BucketSpec, key: string, content: Content, retention: Retention | undefined): Version;
  /** Hides the object behind a delete marker; the versions stay. */
  mark(bucket: BucketSpec, key: string): Version;
  /** Removes one version for good. */
  remove(bucket: string, key: string, version: string): void;
  /** The newest versions that are no markers, by key. */
  list(bucket: string, request: ListRequest): readonly Version[];
  /** All versions and markers, by key, the newest first. */
  versions(bucket: string, request: ListRequest): readonly Version[];
  /** Removes what was written at that moment or before it, by the beginning of its key. */
  expire(bucket: string, prefix: string, until: Millis): void;
  counts(bucket: string): { readonly objects: number; readonly versions: number; readonly bytes: number };
}

const NONCE = 12;

/** Bodies as S3 keeps them, under a key of its own: who has a copy of the file alone has none of them. */
function sealer(secret: Buffer) {
  const key = createHmac('sha256', secret).update('objects').digest();
  return {
    seal(body: Buffer): { readonly sealed: Buffer; readonly seal: Buffer } {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(body), cipher.final()]);
      return { sealed, seal: Buffer.concat([nonce, cipher.getAuthTag()]) };
    },
    open(sealed: Uint8Array, seal: Uint8Array): Buffer {
      const cipher = createDecipheriv('aes-256-gcm', key, seal.subarray(0, NONCE));
      cipher.setAuthTag(seal.subarray(NONCE));
      return Buffer.concat([cipher.update(sealed), cipher.final()]);
    },
  };
}

const COLUMNS = 'key, version, seq, latest, marker, type, etag, length(body) AS size, modified, mode, until';

/** Keeps the objects of buckets, each with its versions. @param secret of the data folder: bodies lie sealed under a key made of it */
export function createObjectStore(database: DatabaseSync, now: () => Millis, secret: Buffer): ObjectStore {
  const { seal, open } = sealer(secret);
  database.exec(`
    CREATE TABLE IF NOT EXISTS objects (
      bucket TEXT NOT NULL, key TEXT NOT NULL, seq INTEGER NOT NULL, version TEXT NOT NULL, latest INTEGER NOT NULL,
      marker INTEGER NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, mode TEXT,
      until INTEGER, PRIMARY KEY (bucket, key, seq)) STRICT, WITHOUT ROWID;`);
  // what is there from before bodies were sealed has no seal
  const sealed = database.prepare("SELECT 1 FROM pragma_table_info('objects') WHERE name = 'seal'").get();
  if (!sealed) database.exec('ALTER TABLE objects ADD COLUMN seal BLOB');
  const newest = database.prepare(
    `SELECT ${COLUMNS} FROM objects WHERE bucket = ? AND key = ? ORDER BY seq DESC LIMIT 1`,
  );
  const named = database.prepare(`SELECT ${COLUMNS} FROM objects WHERE bucket = ? AND key = ? AND version = ?`);
  const bodyOf = database.prepare('SELECT body, seal FROM objects WHERE bucket = ? AND key = ? AND version = ?');
  const older = database.prepare('UPDATE objects SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1');
  const insert = database.prepare('INSERT INTO objects VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)');
  const drop = database.prepare('DELETE FROM objects WHERE bucket = ? AND key = ? AND version = ?');
  const dropOld = database.prepare('DELETE FROM objects WHERE bucket = ? AND key >= ? AND key < ? AND modified <= ?');
  const promote = database.prepare(
    'UPDATE objects SET latest = 1 WHERE bucket = ?1 AND key = ?2 AND seq = (SELECT max(seq) FROM objects WHERE bucket = ?1 AND key = ?2)',
  );
  const latest = database.prepare(`
    SELECT ${COLUMNS} FROM objects WHERE bucket = ? AND key > ? AND key >= ? AND key < ? AND latest = 1 AND marker = 0
    ORDER BY key LIMIT ?`);
  const all = database.prepare(`
    SELECT ${COLUMNS} FROM objects WHERE bucket = ?1 AND key >= ?4 AND key < ?5 AND (key > ?2 OR (key = ?2 AND seq < ?3))
    ORDER BY key, seq DESC LIMIT ?6`);
  const count = database.prepare(`
    SELECT coalesce(sum(latest = 1 AND marker = 0), 0) AS objects, count(*) AS versions,
      coalesce(sum(length(body)), 0) AS bytes FROM objects WHERE bucket = ?`);

  const find = (bucket: string, key: string, version?: string): Version | undefined => {
    const found = version === undefined ? newest.get(bucket, key) : named.get(bucket, key, version);
    return found && versionOf(found);
  };

  const add = (bucket: BucketSpec, key: string, { body, type }: Content, isMarker: boolean, retention?: Retention) =>
    together(database, () => {
      const before = newest.get(bucket.name, key);
      const seq = before === undefined ? 1 : row.parse(before).seq + 1;
      const version = bucket.versioned ? randomBytes(16).toString('base64url') : 'null';
      if (!bucket.versioned) drop.run(bucket.name, key, version);
      older.run(bucket.name, key);
      const etag = createHash('md5').update(body).digest('hex');
      const marker = isMarker ? 1 : 0;
      const lock = [retention?.mode ?? null, retention?.until ?? null] as const;
      const kept = seal(body);
      insert.run(bucket.name, key, seq, version, marker, type, kept.sealed, etag, now(), ...lock, kept.seal);
      const made = find(bucket.name, key, version);
      if (made === undefined) throw new Error(`${key} was not written`);
      return made;
    });

  /** The first text that no longer begins with the prefix. */
  const end = (prefix: string): string => `${prefix}\u{10FFFF}`;

  return {
    find,
    content(bucket, key, version) {
      const found = bodyOf.get(bucket, key, version);
      if (!(found?.body instanceof Uint8Array)) return Buffer.alloc(0);
      return found.seal instanceof Uint8Array ? open(found.body, found.seal) : Buffer.from(found.body);
    },
    put: (bucket, key, content, retention) => add(bucket, key, content, false, retention),
    mark: (bucket, key) => add(bucket, key, { body: Buffer.alloc(0), type: '' }, true),
    remove(bucket, key, version) {
      together(database, () => {
        drop.run(bucket, key, version);
        promote.run(bucket, key);
      });
    },
    list: (bucket, { prefix, after, most }) =>
      latest.all(bucket, after?.key ?? '', prefix, end(prefix), most).map(versionOf),
    versions(bucket, { prefix, after, most }) {
      const place = after?.version === undefined ? undefined : named.get(bucket, after.key, after.version);
      const seq = place === undefined ? 0 : row.parse(place).seq;
      return all.all(bucket, after?.key ?? '', seq, prefix, end(prefix), most).map(versionOf);
    },
    expire(bucket, prefix, until) {
      dropOld.run(bucket, prefix, end(prefix), until);
    },
    counts(bucket) {
      const { objects, versions, bytes } = count.get(bucket) ?? {};
      return { objects: Number(objects ?? 0), versions: Number(versions ?? 0), bytes: Number(bytes ?? 0) };
    },
  };
}
