import type { DatabaseSync } from 'node:sqlite';

/** What SES knows of the account: whether it is out of the sandbox, and whether sending is on. Kept in the data folder. */
export interface SesAccount {
  state(): { readonly production: boolean; readonly sending: boolean };
  setProduction(on: boolean): void;
  setSending(on: boolean): void;
}

/** @param sandbox whether a new account begins in the sandbox, as AWS's do */
export function createSesAccount(database: DatabaseSync, sandbox: boolean): SesAccount {
  database.exec(
    'CREATE TABLE IF NOT EXISTS ses_account (id INTEGER PRIMARY KEY CHECK (id = 1), production INTEGER NOT NULL, sending INTEGER NOT NULL) STRICT',
  );
  database.prepare('INSERT OR IGNORE INTO ses_account VALUES (1, ?, 1)').run(sandbox ? 0 : 1);
  const read = database.prepare('SELECT production, sending FROM ses_account WHERE id = 1');
  const production = database.prepare('UPDATE ses_account SET production = ?');
  const sending = database.prepare('UPDATE ses_account SET sending = ?');
  return {
    state() {
      const row = read.get();
      return { production: row?.production === 1, sending: row?.sending === 1 };
    },
    setProduction: (on) => void production.run(on ? 1 : 0),
    setSending: (on) => void sending.run(on ? 1 : 0),
  };
}
