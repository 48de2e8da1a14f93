import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type Definition, definitionParts } from '../storage/definition.ts';
import { storedItem } from '../storage/items.ts';
import { placeOf } from '../storage/place.ts';
import { numberIn, type Row, textIn, textOrNothing } from '../storage/rows.ts';
import type { Store } from '../storage/store.ts';
import type { Table } from '../storage/table.ts';
import { parseItem } from '../values/index.ts';
import { clockTimesIn } from './clock-times.ts';

const { attributes, index, keySchema, tags, throughput } = definitionParts;
const identity = z.object({ type: z.string(), principalId: z.string() });

/** The fact that says that an older file was taken over. */
const FACT = 'taken over';

/**
 * Takes over what the engine of 0.1.0 kept in its file: tables, items, stream records under their numbers. All of it is on
 * disk before the file is removed; killed before that, it begins again. Gives what there is to say of it.
 */
export function takeOver(store: Store, file: string): readonly string[] {
  const { database, catalogue } = store;
  const isDone = database.prepare('SELECT value FROM facts WHERE name = ?').get(FACT) !== undefined;
  if (!existsSync(file)) return [];
  if (!isDone) {
    if (catalogue.list().length > 0) {
      throw new Error(
        `${file} holds tables of version 0.1.0 beside those of this version. Move it away, or begin with a folder that has nothing else.`,
      );
    }
    const older = new DatabaseSync(file);
    try {
      database.exec('BEGIN IMMEDIATE');
      const times = clockTimesIn(join(dirname(file), '..', 'cloud.db'));
      for (const row of older.prepare('SELECT * FROM _tables ORDER BY table_name').all()) {
        takeTable(store, older, row, times);
      }
      database.prepare('INSERT INTO facts VALUES (?, ?)').run(FACT, new Date(store.now()).toISOString());
      catalogue.keepContents();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    } finally {
      older.close();
    }
  }
  for (const each of [file, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true });
  const items = catalogue.list().reduce((sum, table) => sum + table.items, 0);
  return isDone ? [] : [`The tables of version 0.1.0 were taken over: ${items} items.`];
}

function takeTable(store: Store, older: DatabaseSync, row: Row, times: (machineTime: number) => number): void {
  const name = textIn(row, 'table_name');
  const table = store.catalogue.add(name, definitionFrom(row, times));
  const quoted = `"${name.replaceAll('"', '""')}"`;
  for (const item of older.prepare(`SELECT item_json FROM ${quoted}`).iterate()) {
    const after = storedItem(parseItem(JSON.parse(textIn(item, 'item_json'))));
    const place = placeOf(table.key, after.item());
    if (place === undefined) throw new Error(`An item of ${name} has no key of its table.`);
    store.change({ table, place, before: undefined, after });
  }
  if (numberIn(row, 'stream_enabled') === 1) takeStream(store, older, row, table, times);
}

function definitionFrom(row: Row, times: (machineTime: number) => number): Definition {
  const read = <S extends z.ZodType>(column: string, schema: S): z.output<S> | undefined => {
    const text = textOrNothing(row, column);
    return text === undefined ? undefined : schema.parse(JSON.parse(text));
  };
  const ttl = numberIn(row, 'ttl_enabled') === 1 ? textOrNothing(row, 'ttl_attribute') : undefined;
  return {
    uuid: textOrNothing(row, 'table_id') ?? textIn(row, 'table_name'),
    created: times(numberIn(row, 'created_at') * 1_000),
    keySchema: keySchema.parse(JSON.parse(textIn(row, 'key_schema'))),
    attributes: attributes.parse(JSON.parse(textIn(row, 'attribute_definitions'))),
    globalIndexes: read('gsi_definitions', z.array(index)) ?? [],
    localIndexes: read('lsi_definitions', z.array(index)) ?? [],
    billing: textOrNothing(row, 'billing_mode') === 'PROVISIONED' ? 'PROVISIONED' : 'PAY_PER_REQUEST',
    throughput: read('provisioned_throughput', throughput),
    ...(ttl !== undefined && { ttl }),
    tags: read('tags', tags) ?? [],
    isProtected: numberIn(row, 'deletion_protection_enabled') === 1,
  };
}

/** Takes over a stream; its readers find their places again, since shard and numbers stay what they were. */
function takeStream(
  { streams, catalogue }: Store,
  older: DatabaseSync,
  row: Row,
  { id: tableId, name: tableName, definition }: Table,
  times: (machineTime: number) => number,
): void {
  const records = 'FROM _stream_records WHERE table_name = ? ORDER BY CAST(sequence_number AS INTEGER)';
  const newest = older.prepare(`SELECT sequence_number, shard_id ${records} DESC LIMIT 1`).get(tableName);
  const { keySchema: keys, created: at } = definition;
  const stream = streams.open({
    ...{ tableId, tableName, keySchema: keys, at },
    view: textIn(row, 'stream_view_type'),
    imported: {
      label: textIn(row, 'stream_label'),
      shard: newest === undefined ? `shardId-00000001-${tableName}` : textIn(newest, 'shard_id'),
      last: newest === undefined ? 0 : Number(textIn(newest, 'sequence_number')),
    },
  });
  for (const record of older.prepare(`SELECT * ${records}`).iterate(tableName)) {
    const [text, newImage, oldImage] = ['keys_json', 'new_image', 'old_image'].map((column) =>
      textOrNothing(record, column),
    );
    const by = textOrNothing(record, 'user_identity');
    streams.restore(stream.id, {
      number: Number(textIn(record, 'sequence_number')),
      at: times(numberIn(record, 'created_at') * 1_000),
      event: textIn(record, 'event_name'),
      keys: text ?? '{}',
      newImage,
      oldImage,
      size: [text, newImage, oldImage].reduce((sum, each) => sum + (each?.length ?? 0), 0),
      identity: by === undefined ? undefined : identityText(by),
    });
  }
  const table = catalogue.find(tableName);
  if (table !== undefined) catalogue.refresh(table);
}

function identityText(older: string): string {
  const { type, principalId } = identity.parse(JSON.parse(older));
  return JSON.stringify({ PrincipalId: principalId, Type: type });
}
