import { openDataFile } from '../data-folder/database.ts';
import type { Millis } from '../types.ts';

/** An asynchronous event that was accepted and is not done with. */
export interface StoredEvent {
  readonly requestId: string;
  readonly functionName: string;
  readonly payload: string;
  readonly acceptedAt: Millis;
  /** When it is to be given to the function, or its record to the destination. */
  readonly due: Millis;
  /** How often the function has had it. */
  readonly attempts: number;
  /** How often the function had no room for it since the last attempt. */
  readonly refusals: number;
  /** The record for the on-failure destination once the event was given up. */
  readonly record?: string;
}

export interface EventStore {
  put(event: StoredEvent): void;
  remove(requestId: string): void;
  /** Those for one function, in the order in which they were accepted. */
  of(functionName: string): readonly StoredEvent[];
  /** Resolves when all that was put is on disk. */
  durable(): Promise<void>;
  close(): void;
}

/** Keeps accepted events in `file` until they are done with: a kill loses none, nor does a power cut what was durable. */
export function createEventStore(file: string): EventStore {
  const { database, durable, close } = openDataFile(file);
  database.exec(`
    CREATE TABLE IF NOT EXISTS event (
      requestId TEXT PRIMARY KEY, functionName TEXT NOT NULL, payload TEXT NOT NULL, acceptedAt INTEGER NOT NULL,
      due INTEGER NOT NULL, attempts INTEGER NOT NULL, refusals INTEGER NOT NULL, record TEXT
    ) STRICT, WITHOUT ROWID;
  `);
  const put = database.prepare('INSERT OR REPLACE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM event WHERE requestId = ?');
  const of = database.prepare('SELECT * FROM event WHERE functionName = ? ORDER BY acceptedAt');
  return {
    put: ({ requestId, functionName, payload, acceptedAt, due, attempts, refusals, record }) => {
      put.run(requestId, functionName, payload, acceptedAt, due, attempts, refusals, record ?? null);
    },
    remove: (requestId) => {
      remove.run(requestId);
    },
    of: (functionName) =>
      of.all(functionName).map((row) => ({
        requestId: String(row.requestId),
        functionName: String(row.functionName),
        payload: String(row.payload),
        acceptedAt: Number(row.acceptedAt),
        due: Number(row.due),
        attempts: Number(row.attempts),
        refusals: Number(row.refusals),
        ...(row.record === null ? {} : { record: String(row.record) }),
      })),
    durable,
    close,
  };
}
