import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import type { Adapter } from 'oidc-provider';
import type { Millis } from '../types.ts';

/** Sessions, grants, codes and refresh tokens of the issuer on disk. */
export interface SessionStore {
  adapter(model: string): Adapter;
  close(): void;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Keeps what the provider stores in `file`, so that who was signed in before a restart still is. */
export function createSessionStore(file: string, now: () => Millis): SessionStore {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS model (
      model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL, expires INTEGER, grantId TEXT, uid TEXT,
      userCode TEXT, PRIMARY KEY (model, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS byGrant ON model (grantId);
    CREATE INDEX IF NOT EXISTS byUid ON model (model, uid);
    CREATE INDEX IF NOT EXISTS byUserCode ON model (model, userCode);
    CREATE INDEX IF NOT EXISTS byExpiry ON model (expires);
  `);
  const put = database.prepare('INSERT OR REPLACE INTO model VALUES (?, ?, ?, ?, ?, ?, ?)');
  const byId = database.prepare('SELECT payload, expires FROM model WHERE model = ? AND id = ?');
  const byUid = database.prepare('SELECT payload, expires FROM model WHERE model = ? AND uid = ?');
  const byUserCode = database.prepare('SELECT payload, expires FROM model WHERE model = ? AND userCode = ?');
  const setPayload = database.prepare('UPDATE model SET payload = ? WHERE model = ? AND id = ?');
  const remove = database.prepare('DELETE FROM model WHERE model = ? AND id = ?');
  const removeGrant = database.prepare('DELETE FROM model WHERE grantId = ?');
  database.prepare('DELETE FROM model WHERE expires < ?').run(now());

  const live = (row: Record<string, SQLOutputValue> | undefined): Record<string, unknown> | undefined => {
    if (row === undefined || (row.expires !== null && Number(row.expires) < now())) return undefined;
    const payload: unknown = JSON.parse(String(row.payload));
    return isRecord(payload) ? payload : undefined;
  };

  return {
    adapter: (model) => ({
      async upsert(id, payload, expiresIn) {
        const expires = expiresIn === undefined ? null : now() + expiresIn * 1_000;
        const { grantId, uid, userCode } = payload;
        put.run(model, id, JSON.stringify(payload), expires, text(grantId), text(uid), text(userCode));
      },
      async find(id) {
        return live(byId.get(model, id));
      },
      async findByUid(uid) {
        return live(byUid.get(model, uid));
      },
      async findByUserCode(userCode) {
        return live(byUserCode.get(model, userCode));
      },
      async consume(id) {
        const payload = live(byId.get(model, id));
        if (payload === undefined) return;
        setPayload.run(JSON.stringify({ ...payload, consumed: Math.floor(now() / 1_000) }), model, id);
      },
      async destroy(id) {
        remove.run(model, id);
      },
      async revokeByGrantId(grantId) {
        removeGrant.run(grantId);
      },
    }),
    close: () => database.close(),
  };
}
