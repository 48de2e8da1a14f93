import type { DatabaseSync } from 'node:sqlite';
import { type Definition, type IndexDefinition, readDefinition } from './definition.ts';
import { numberIn, textIn } from './rows.ts';
import type { Streams } from './streams.ts';
import { indexOf, keyFrom, type Table, type TableIndex } from './table.ts';

/** The tables that there are, as they are in the transaction that is gathering. */
export interface Catalogue {
  find(name: string): Table | undefined;
  /** In the order of their names. */
  list(): readonly Table[];
  add(name: string, definition: Definition): Table;
  /** Takes a new definition; rows of indexes that are new or gone are for the caller. */
  change(table: Table, definition: Definition): Table;
  /** Reads a table again whose stream began or ended. */
  refresh(table: Table): Table;
  /** Forgets a table; its rows are for the caller. */
  remove(table: Table): void;
  /** Writes down what lies in the tables that were written to. */
  keepContents(): void;
  /** Reads everything again, after a transaction that came to nothing. */
  reload(): void;
}

/** Reads the catalogue of a file. */
export function createCatalogue(database: DatabaseSync, streams: Streams): Catalogue {
  const insert = database.prepare('INSERT INTO tables (name, definition) VALUES (?, ?)');
  const update = database.prepare('UPDATE tables SET definition = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM tables WHERE id = ?');
  const addIndex = database.prepare('INSERT OR IGNORE INTO indexes (table_id, name) VALUES (?, ?)');
  const removeIndex = database.prepare('DELETE FROM indexes WHERE table_id = ? AND name = ?');
  const removeIndexes = database.prepare('DELETE FROM indexes WHERE table_id = ?');
  const tableRow = database.prepare('SELECT * FROM tables WHERE id = ?');
  const tableIds = database.prepare('SELECT id FROM tables');
  const indexRows = database.prepare('SELECT * FROM indexes WHERE table_id = ?');
  const countTable = database.prepare('UPDATE tables SET items = ?, bytes = ? WHERE id = ?');
  const countIndex = database.prepare('UPDATE indexes SET items = ?, bytes = ? WHERE id = ?');
  const tables = new Map<string, Table>();
  /** What was counted when it was last written down. */
  const counted = new Map<object, string>();
  const count = ({ items, bytes }: Table | TableIndex): string => `${items} ${bytes}`;

  const read = (id: number): Table => {
    const row = tableRow.get(id);
    if (row === undefined) throw new Error(`There is no table ${id}.`);
    const definition = readDefinition(textIn(row, 'definition'));
    const rows = indexRows.all(id);
    const indexes = (definitions: readonly IndexDefinition[], isLocal: boolean): TableIndex[] =>
      definitions.map((index) => {
        const kept = rows.find((each) => each.name === index.IndexName);
        if (kept === undefined) throw new Error(`There is no index ${index.IndexName}.`);
        const contents = { items: numberIn(kept, 'items'), bytes: numberIn(kept, 'bytes') };
        return indexOf(definition, index, { id: numberIn(kept, 'id'), isLocal, ...contents });
      });
    const table: Table = {
      id,
      name: textIn(row, 'name'),
      definition,
      key: keyFrom(definition.keySchema, definition.attributes),
      indexes: [...indexes(definition.localIndexes, true), ...indexes(definition.globalIndexes, false)],
      stream: streams.ofTable(id),
      items: numberIn(row, 'items'),
      bytes: numberIn(row, 'bytes'),
    };
    for (const each of [table, ...table.indexes]) counted.set(each, count(each));
    tables.set(table.name, table);
    return table;
  };

  const keep = (table: Table): void => {
    for (const each of [table, ...table.indexes]) {
      if (counted.get(each) === count(each)) continue;
      (each === table ? countTable : countIndex).run(each.items, each.bytes, each.id);
      counted.set(each, count(each));
    }
  };
  const drop = (table: Table): void => {
    for (const each of [table, ...table.indexes]) counted.delete(each);
    tables.delete(table.name);
  };
  const reload = (): void => {
    tables.clear();
    counted.clear();
    for (const row of tableIds.all()) read(numberIn(row, 'id'));
  };
  reload();

  return {
    find: (name) => tables.get(name),
    list: () => [...tables.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    add(name, definition) {
      const id = Number(insert.run(name, JSON.stringify(definition)).lastInsertRowid);
      for (const { IndexName } of [...definition.localIndexes, ...definition.globalIndexes])
        addIndex.run(id, IndexName);
      return read(id);
    },
    change(table, definition) {
      keep(table);
      const names = definition.globalIndexes.map(({ IndexName }) => IndexName);
      for (const { IndexName } of table.definition.globalIndexes) {
        if (!names.includes(IndexName)) removeIndex.run(table.id, IndexName);
      }
      for (const name of names) addIndex.run(table.id, name);
      update.run(JSON.stringify(definition), table.id);
      drop(table);
      return read(table.id);
    },
    refresh(table) {
      keep(table);
      drop(table);
      return read(table.id);
    },
    remove(table) {
      remove.run(table.id);
      removeIndexes.run(table.id);
      drop(table);
    },
    keepContents: () => tables.forEach(keep),
    reload,
  };
}
