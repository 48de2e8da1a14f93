import { DatabaseSync } from 'node:sqlite';

/**
 * `pk` begins with four bytes of the partition key's hash, so that a scan goes through a table in parts; `sk` is empty
 * where there is no sort key. A record's id is its stream's number and its place in the stream.
 */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, definition TEXT NOT NULL,
    items INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS indexes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL, name TEXT NOT NULL,
    items INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, UNIQUE (table_id, name)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS items (
    table_id INTEGER NOT NULL, pk BLOB NOT NULL, sk BLOB NOT NULL, size INTEGER NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (table_id, pk, sk)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS index_rows (
    index_id INTEGER NOT NULL, pk BLOB NOT NULL, sk BLOB NOT NULL, item_pk BLOB NOT NULL, item_sk BLOB NOT NULL,
    size INTEGER NOT NULL, item TEXT NOT NULL,
    PRIMARY KEY (index_id, pk, sk, item_pk, item_sk)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS late_rows (
    id INTEGER PRIMARY KEY, due INTEGER NOT NULL, index_id INTEGER NOT NULL, pk BLOB NOT NULL, sk BLOB NOT NULL,
    item_pk BLOB NOT NULL, item_sk BLOB NOT NULL, size INTEGER, item TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS streams (
    id INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL, table_name TEXT NOT NULL, label TEXT NOT NULL,
    view TEXT NOT NULL, key_schema TEXT NOT NULL, shard TEXT NOT NULL, begun INTEGER NOT NULL, ended INTEGER,
    short_until INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS records (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, keys TEXT NOT NULL, new_image TEXT, old_image TEXT,
    size INTEGER NOT NULL, identity TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, request BLOB NOT NULL, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  DROP INDEX IF EXISTS tokens_by_age;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Bytes of a page: an item of two kilobytes lies in its row and needs no page of its own. */
const PAGE = 8_192;
/** Pages of the log after which it is written back; kilobytes of pages that are kept in memory. */
const CHECKPOINT_PAGES = 2_000;
const CACHE_KILOBYTES = 32_000;

/** Opens or makes the engine's file: a write-ahead log, on disk with every commit. */
export function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA page_size = ${PAGE};
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    PRAGMA journal_size_limit = ${4 * CHECKPOINT_PAGES * PAGE};
    PRAGMA cache_size = -${CACHE_KILOBYTES};
    PRAGMA secure_delete = FAST;
  `);
  database.exec(SCHEMA);
  return database;
}
