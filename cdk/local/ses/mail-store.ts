import type { DatabaseSync } from 'node:sqlite';
import { together } from '../data-folder/database.ts';
import type { Millis } from '../types.ts';

/** A mail as it was handed over. */
export interface NewMail {
  readonly messageId: string;
  /** The address on the envelope. */
  readonly from: string;
  /** Everybody who gets it, those in blind copy included. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** The message as it would go over the wire. */
  readonly source: Buffer;
}

export interface StoredMail extends NewMail {
  readonly id: number;
  readonly at: Millis;
}

export interface MailQuery {
  /** Only mail to this address. */
  readonly to?: string | undefined;
  /** Only mail before this one: the next page. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface MailStore {
  add(mail: NewMail): number;
  /** Newest first, without their sources. */
  list(query: MailQuery): readonly Omit<StoredMail, 'source'>[];
  read(id: number): StoredMail | undefined;
  /** Removes all mail. */
  clear(): void;
}

type Row = Readonly<Record<string, null | number | bigint | string | NodeJS.NonSharedUint8Array>>;

/** Keeps mail in the data folder. */
export function createMailStore(database: DatabaseSync, now: () => Millis): MailStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS mails (
      id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, message_id TEXT NOT NULL, sender TEXT NOT NULL,
      recipients TEXT NOT NULL, subject TEXT NOT NULL, source BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS mail_recipients (
      address TEXT NOT NULL, mail INTEGER NOT NULL REFERENCES mails (id), PRIMARY KEY (address, mail)) STRICT, WITHOUT ROWID;`);
  const insert = database.prepare(
    'INSERT INTO mails (at, message_id, sender, recipients, subject, source) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const address = database.prepare('INSERT OR IGNORE INTO mail_recipients VALUES (?, ?)');
  const columns = 'id, at, message_id, sender, recipients, subject';
  const newest = database.prepare(`SELECT ${columns} FROM mails WHERE id < ? ORDER BY id DESC LIMIT ?`);
  const newestTo = database.prepare(`
    SELECT ${columns} FROM mails JOIN mail_recipients ON mail = id
    WHERE address = ? AND mail < ? ORDER BY mail DESC LIMIT ?`);
  const one = database.prepare('SELECT * FROM mails WHERE id = ?');

  return {
    add(mail) {
      const recipients = JSON.stringify(mail.recipients);
      return together(database, () => {
        const { lastInsertRowid } = insert.run(now(), mail.messageId, mail.from, recipients, mail.subject, mail.source);
        for (const each of mail.recipients) address.run(each.toLowerCase(), lastInsertRowid);
        return Number(lastInsertRowid);
      });
    },
    clear() {
      together(database, () => {
        database.exec('DELETE FROM mail_recipients; DELETE FROM mails;');
      });
    },
    list({ to, before = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = to === undefined ? newest.all(before, limit) : newestTo.all(to.toLowerCase(), before, limit);
      return rows.map(mailOf);
    },
    read(id) {
      const row = one.get(id);
      return (
        row && { ...mailOf(row), source: row.source instanceof Uint8Array ? Buffer.from(row.source) : Buffer.alloc(0) }
      );
    },
  };
}

function mailOf(row: Row): Omit<StoredMail, 'source'> {
  const recipients: readonly string[] = JSON.parse(String(row.recipients));
  return {
    id: Number(row.id),
    at: Number(row.at),
    messageId: String(row.message_id),
    from: String(row.sender),
    recipients,
    subject: String(row.subject),
  };
}
