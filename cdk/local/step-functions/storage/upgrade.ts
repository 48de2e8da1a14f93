import type { DatabaseSync } from 'node:sqlite';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts';

/** How the runs of a file are written. Since 1 what states hand on is kept as JSON text, as `Run` says; before as values. */
const VERSION = 1;

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
const texts = (values: readonly Json[]): string[] => values.map((value) => JSON.stringify(value));

function children(kept: JsonObject): JsonObject {
  return {
    ...kept,
    open: list(kept.open).map(branch),
    outputs: list(kept.outputs).map((output) => (Array.isArray(output) ? JSON.stringify(output[0]) : null)),
    ...(kept.items !== undefined && { items: texts(list(kept.items)) }),
  };
}

function doing(kept: JsonObject): JsonObject {
  if (kept.is === 'children') return children(kept);
  if (kept.is === 'ended') return { ...kept, output: JSON.stringify(kept.output) };
  return isJsonObject(kept.children) ? { ...kept, children: children(kept.children) } : kept;
}

function branch(kept: Json | undefined): JsonObject {
  if (!isJsonObject(kept) || !isJsonObject(kept.doing) || !isJsonObject(kept.variables)) {
    throw new Error('a run of an older version cannot be read');
  }
  const variables = Object.entries(kept.variables).map(([name, value]) => [name, JSON.stringify(value)]);
  return {
    ...kept,
    input: JSON.stringify(kept.input),
    variables: Object.fromEntries(variables),
    ...(kept.item !== undefined && { item: JSON.stringify(kept.item) }),
    doing: doing(kept.doing),
  };
}

/** Writes the runs of an older file as they are written now, all or none: an execution goes on over a new version. */
export function upgrade(db: DatabaseSync): void {
  if (Number(db.prepare('PRAGMA user_version').get()?.user_version) >= VERSION) return;
  const save = db.prepare('UPDATE executions SET run = ? WHERE id = ?');
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const { id = null, run } of db.prepare('SELECT id, run FROM executions').all()) {
      const kept = parseJson(String(run));
      if (isJsonObject(kept)) save.run(JSON.stringify({ ...kept, root: branch(kept.root) }), id);
    }
    db.exec(`PRAGMA user_version = ${VERSION}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
