import { DatabaseSync } from 'node:sqlite';
import { isObject, type Json, type JsonObject } from '../template/json.ts';

/**
 * dynoxide numbers a stream's records by looking for the largest number so far; without these indexes every write
 * reads all records of its stream, and three-item transactions fall from 540 to 120 a second within 12,000 records.
 */
const indexes = [
  `CREATE INDEX IF NOT EXISTS local_records_of_shard
     ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))`,
  `CREATE INDEX IF NOT EXISTS local_records_of_table
     ON _stream_records (table_name, CAST(sequence_number AS INTEGER))`,
];

/** How many records are removed at a time: the engine waits for that long at most. */
const AT_ONCE = 500;

function withFile<T>(file: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 5000');
    return work(database);
  } finally {
    database.close();
  }
}

/** Makes the indexes in the engine's file if they are not there. The engine may be running. */
export function indexRecords(file: string): void {
  withFile(file, (database) => {
    for (const index of indexes) database.exec(index);
  });
}

/**
 * Removes stream records that were written before `cutoff` (milliseconds of the machine's time), as AWS does after a
 * day; gives how many. Each stream keeps its newest: the engine counts on from there.
 */
export function trimRecords(file: string, cutoff: number): number {
  const before = Math.floor(cutoff / 1_000);
  return withFile(file, (database) => {
    // most often there is nothing: the oldest record tells, without a look at the others
    const oldest = database.prepare('SELECT created_at AS at FROM _stream_records ORDER BY id LIMIT 1').get();
    if (oldest === undefined || Number(oldest.at) >= before) return 0;
    const tables = database
      .prepare('SELECT table_name AS name, MAX(id) AS newest FROM _stream_records GROUP BY 1')
      .all();
    const remove = database.prepare(`
      DELETE FROM _stream_records WHERE id IN (
        SELECT id FROM _stream_records WHERE table_name = ? AND id < ? AND created_at < ? ORDER BY id LIMIT ?)`);
    let removed = 0;
    for (const { name = null, newest = null } of tables) {
      for (let changes = AT_ONCE; changes === AT_ONCE; removed += changes) {
        changes = Number(remove.run(name, newest, before, AT_ONCE).changes);
      }
    }
    return removed;
  });
}

/** Who removes what has expired, in the words of stream records. */
const SERVICE = '{"type":"Service","principalId":"dynamodb.amazonaws.com"}';

/**
 * Begins to remove expired items of a table; what comes back writes into the records of those removed since, by their
 * keys, that the service did it and no user.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
export function beginExpiry(file: string, table: string): (removed: readonly JsonObject[]) => void {
  const newest = withFile(file, (database) =>
    Number(database.prepare('SELECT coalesce(max(id), 0) AS id FROM _stream_records').get()?.id),
  );
  return (removed) => {
    if (removed.length === 0) return;
    const expired = new Set(removed.map(keyText));
    withFile(file, (database) => {
      const rows = database
        .prepare(
          "SELECT id, keys_json AS keys FROM _stream_records WHERE table_name = ? AND id > ? AND event_name = 'REMOVE'",
        )
        .all(table, newest);
      const mark = database.prepare('UPDATE _stream_records SET user_identity = ? WHERE id = ?');
      for (const { id = null, keys } of rows) {
        const key: Json = JSON.parse(String(keys));
        if (isObject(key) && expired.has(keyText(key))) mark.run(SERVICE, id);
      }
    });
  };
}

const keyText = (key: JsonObject): string =>
  JSON.stringify(Object.entries(key).sort(([left], [right]) => (left < right ? -1 : 1)));
