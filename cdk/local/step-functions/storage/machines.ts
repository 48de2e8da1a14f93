import type { Millis } from '../../types.ts';
import type { JsonObject } from '../json.ts';
import type { Database } from './database.ts';
import { number, optionalText, type Row, text } from './row.ts';

type MachineStatus = 'ACTIVE' | 'DELETING';

/** A state machine with its current revision. Times in milliseconds. */
export interface Machine {
  readonly arn: string;
  readonly name: string;
  readonly status: MachineStatus;
  readonly created: Millis;
  readonly revision: Revision;
}

export interface Revision {
  readonly id: number;
  readonly machine: string;
  readonly definition: string;
  readonly roleArn: string;
  /** Logging, tracing, encryption: kept and given back as they came. */
  readonly settings: JsonObject;
  /** None until the machine is first updated, as on AWS. */
  readonly uuid?: string;
  readonly created: Millis;
}

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

export type MachineStore = ReturnType<typeof machineStore>;

/** The state machines: reads are immediate, writes belong inside `database.write`. */
export function machineStore(db: Database) {
  const SELECT =
    'SELECT m.arn, m.name, m.status, m.created AS made, r.* FROM machines m JOIN revisions r ON r.id = m.revision';
  const byArn = db.prepare(`${SELECT} WHERE m.arn = ?`);
  const page = db.prepare(`${SELECT} WHERE m.name > ? ORDER BY m.name LIMIT ?`);
  const revisionById = db.prepare('SELECT * FROM revisions WHERE id = ?');
  const addRevision = db.prepare(
    'INSERT INTO revisions (machine, definition, role, settings, uuid, created) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insert = db.prepare(
    "INSERT INTO machines (arn, name, revision, status, created) VALUES (?, ?, ?, 'ACTIVE', ?)",
  );
  const move = db.prepare("UPDATE machines SET revision = ?, status = 'ACTIVE' WHERE arn = ?");
  const mark = db.prepare("UPDATE machines SET status = 'DELETING' WHERE arn = ?");
  const remove = db.prepare('DELETE FROM machines WHERE arn = ?');
  const tagsOf = db.prepare('SELECT tags FROM tags WHERE machine = ?');
  const tag = db.prepare('INSERT OR REPLACE INTO tags (machine, tags) VALUES (?, ?)');
  const untag = db.prepare('DELETE FROM tags WHERE machine = ?');

  const append = (revision: Omit<Revision, 'id'>): number => {
    const { machine, definition, roleArn, settings, uuid, created } = revision;
    const { lastInsertRowid } = addRevision.run(
      machine,
      definition,
      roleArn,
      JSON.stringify(settings),
      uuid ?? null,
      created,
    );
    return Number(lastInsertRowid);
  };

  return {
    find(arn: string): Machine | undefined {
      const row = byArn.get(arn);
      return row && machineRow(row);
    },
    /** Machines by name, after the given one. */
    list: (after: string, limit: number): Machine[] => page.all(after, limit).map(machineRow),
    revision(id: number): Revision {
      const row = revisionById.get(id);
      if (row === undefined) throw new Error(`there is no revision ${id}`);
      return revisionRow(row);
    },
    insert(name: string, revision: Omit<Revision, 'id'>): void {
      insert.run(revision.machine, name, append(revision), revision.created);
    },
    update(revision: Omit<Revision, 'id'>): void {
      move.run(append(revision), revision.machine);
    },
    markDeleting: (arn: string): unknown => mark.run(arn),
    remove(arn: string): void {
      remove.run(arn);
      untag.run(arn);
    },
    tags(arn: string): Tags {
      const row = tagsOf.get(arn);
      const tags: Tags = row === undefined ? {} : JSON.parse(text(row, 'tags'));
      return tags;
    },
    setTags: (arn: string, tags: Tags): unknown => tag.run(arn, JSON.stringify(tags)),
  };
}

function revisionRow(row: Row): Revision {
  const settings: JsonObject = JSON.parse(text(row, 'settings'));
  const uuid = optionalText(row, 'uuid');
  return {
    id: number(row, 'id'),
    machine: text(row, 'machine'),
    definition: text(row, 'definition'),
    roleArn: text(row, 'role'),
    settings,
    created: number(row, 'created'),
    ...(uuid !== undefined && { uuid }),
  };
}

function machineRow(row: Row): Machine {
  return {
    arn: text(row, 'arn'),
    name: text(row, 'name'),
    status: row.status === 'DELETING' ? 'DELETING' : 'ACTIVE',
    created: number(row, 'made'),
    revision: revisionRow(row),
  };
}
