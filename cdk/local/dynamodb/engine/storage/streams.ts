import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { type KeyElement, readKeySchema } from './definition.ts';
import { numberIn, type Row, textIn, textOrNothing } from './rows.ts';
import type { OpenStream } from './table.ts';

/** A stream as the file keeps it. It stays for a day after its end, so that its readers can finish. */
export interface Stream extends OpenStream {
  readonly tableId: number;
  readonly tableName: string;
  readonly keySchema: readonly KeyElement[];
  readonly shard: string;
  readonly begun: number;
  readonly ended: number | undefined;
  /** Records up to this number keep the short numbers that they had before they were imported. */
  readonly shortUntil: number;
}

/** What a record tells. */
export interface RecordRow {
  readonly number: number;
  readonly at: number;
  readonly event: string;
  readonly keys: string;
  readonly newImage: string | undefined;
  readonly oldImage: string | undefined;
  readonly size: number;
  readonly identity: string | undefined;
}

/** Ids of records: the stream's number times this, plus the record's number in the stream. */
const SPAN = 2 ** 40;
/** How many records are removed at a time. */
const TRIMMED_AT_ONCE = 500;

export interface NewStream extends Pick<Stream, 'tableId' | 'tableName' | 'view' | 'keySchema'> {
  readonly at: number;
  /** How an imported stream was called, and its newest number. */
  readonly imported?: { readonly label: string; readonly shard: string; readonly last: number };
}

export interface Streams {
  open(made: NewStream): OpenStream;
  end(id: number, at: number): void;
  /** The stream that takes a table's records now. */
  ofTable(tableId: number): OpenStream | undefined;
  list(): readonly Stream[];
  append(stream: OpenStream, record: Omit<RecordRow, 'number'>): void;
  /** Puts a record back under a number that it had. */
  restore(id: number, record: RecordRow): void;
  /** Records after a number, oldest first. */
  read(id: number, after: number, limit: number): readonly RecordRow[];
  oldest(id: number): number | undefined;
  newest(id: number): RecordRow | undefined;
  /** Removes some records that are older than `cutoff`; true when there may be more. A live stream keeps its newest. */
  trim(cutoff: number): boolean;
}

/** The streams of a file. */
export function createStreams(database: DatabaseSync): Streams {
  const insert = database.prepare(
    `INSERT INTO streams (table_id, table_name, label, view, key_schema, shard, begun, short_until)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const finish = database.prepare('UPDATE streams SET ended = ? WHERE id = ? AND ended IS NULL');
  const forget = database.prepare('DELETE FROM streams WHERE id = ?');
  const all = database.prepare('SELECT * FROM streams ORDER BY id');
  const write = database.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const after = database.prepare('SELECT * FROM records WHERE id > ? AND id < ? ORDER BY id LIMIT ?');
  const first = database.prepare('SELECT id FROM records WHERE id > ? AND id < ? ORDER BY id LIMIT 1');
  const last = database.prepare('SELECT * FROM records WHERE id > ? AND id < ? ORDER BY id DESC LIMIT 1');
  const removeOld = database.prepare(`
    DELETE FROM records WHERE id IN (
      SELECT id FROM records WHERE id > ?1 AND id < ?2 AND at < ?3 ORDER BY id LIMIT ${TRIMMED_AT_ONCE})`);

  const newest = (id: number): RecordRow | undefined => {
    const row = last.get(id * SPAN, (id + 1) * SPAN);
    return row && recordFrom(row);
  };
  const streamFrom = (row: Row): Stream => {
    const id = numberIn(row, 'id');
    return {
      id,
      tableId: numberIn(row, 'table_id'),
      tableName: textIn(row, 'table_name'),
      label: textIn(row, 'label'),
      view: textIn(row, 'view'),
      keySchema: readKeySchema(textIn(row, 'key_schema')),
      shard: textIn(row, 'shard'),
      begun: numberIn(row, 'begun'),
      ended: row.ended === null ? undefined : numberIn(row, 'ended'),
      shortUntil: numberIn(row, 'short_until'),
      last: Math.max(newest(id)?.number ?? 0, numberIn(row, 'short_until')),
    };
  };
  const list = (): readonly Stream[] => all.all().map(streamFrom);
  const put = (id: number, { number, at, event, keys, newImage, oldImage, size, identity }: RecordRow): void =>
    void write.run(id * SPAN + number, at, event, keys, newImage ?? null, oldImage ?? null, size, identity ?? null);

  return {
    open({ tableId, tableName, view, keySchema, at, imported }) {
      const taken = new Set(list().flatMap((each) => (each.tableName === tableName ? [each.label] : [])));
      let moment = at;
      while (taken.has(labelAt(moment))) moment += 1;
      const label = imported?.label ?? labelAt(moment);
      const shard = imported?.shard ?? `shardId-${String(moment).padStart(20, '0')}-${randomBytes(4).toString('hex')}`;
      const last = imported?.last ?? 0;
      const made = insert.run(tableId, tableName, label, view, JSON.stringify(keySchema), shard, at, last);
      return { id: Number(made.lastInsertRowid), label, view, last };
    },
    end: (id, at) => void finish.run(at, id),
    ofTable: (tableId) => list().find((each) => each.tableId === tableId && each.ended === undefined),
    list,
    append(stream, record) {
      stream.last += 1;
      put(stream.id, { ...record, number: stream.last });
    },
    restore: put,
    read: (id, number, limit) => after.all(id * SPAN + number, (id + 1) * SPAN, limit).map(recordFrom),
    oldest: (id) => {
      const row = first.get(id * SPAN, (id + 1) * SPAN);
      return row && numberIn(row, 'id') % SPAN;
    },
    newest,
    trim(cutoff) {
      let isMore = false;
      for (const { id, ended } of list()) {
        const isOver = ended !== undefined && ended < cutoff;
        // the next record is numbered after the newest
        const end = isOver ? (id + 1) * SPAN : id * SPAN + (newest(id)?.number ?? 0);
        const { changes } = removeOld.run(id * SPAN, end, cutoff);
        if (Number(changes) === TRIMMED_AT_ONCE) isMore = true;
        else if (isOver) forget.run(id);
      }
      return isMore;
    },
  };
}

const labelAt = (moment: number): string => new Date(moment).toISOString().slice(0, -1);

function recordFrom(row: Row): RecordRow {
  return {
    number: numberIn(row, 'id') % SPAN,
    at: numberIn(row, 'at'),
    event: textIn(row, 'event'),
    keys: textIn(row, 'keys'),
    newImage: textOrNothing(row, 'new_image'),
    oldImage: textOrNothing(row, 'old_image'),
    size: numberIn(row, 'size'),
    identity: textOrNothing(row, 'identity'),
  };
}

/** Twenty-one digits, as AWS writes them; imported records keep the number that their readers remember. */
export const sequenceText = ({ shortUntil }: Stream, number: number): string =>
  number <= shortUntil ? String(number) : `1${String(number).padStart(20, '0')}`;

/** The number of a record by its sequence number; undefined for what is none. */
export function sequenceFrom(text: string): number | undefined {
  if (!/^\d{1,21}$/.test(text)) return undefined;
  const number = Number(text.length === 21 ? text.slice(1) : text);
  return Number.isSafeInteger(number) && number < SPAN ? number : undefined;
}
