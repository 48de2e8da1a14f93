import { createHash, randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { together } from '../data-folder/database.ts';
import type { QueueSpec } from '../template/blueprint.ts';
import type { Millis } from '../types.ts';

export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

export interface NewMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
  readonly delaySeconds?: number | undefined;
}

/** A message as somebody sees it. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly sentAt: Millis;
  readonly firstReceivedAt: Millis | undefined;
  readonly receiveCount: number;
  /** Undefined when it is only looked at. */
  readonly receipt: string | undefined;
}

export interface QueueStore {
  send(queue: QueueSpec, message: NewMessage): { readonly id: string; readonly md5: string };
  /** Takes up to `most` visible messages and hides them for a while. */
  receive(queue: QueueSpec, most: number, visibilitySeconds: number): readonly Message[];
  /** Removes the message that was received under this receipt; harmless when it is gone. */
  remove(queue: QueueSpec, receipt: string): void;
  /** Shows or hides a received message. False when it is gone. */
  changeVisibility(queue: QueueSpec, receipt: string, seconds: number): boolean;
  /** What lies in the queue, oldest first, without receiving it. */
  peek(queue: QueueSpec, most: number): readonly Message[];
  removeById(queue: QueueSpec, id: string): void;
  purge(queue: QueueSpec): void;
  counts(queue: QueueSpec): { readonly visible: number; readonly hidden: number; readonly delayed: number };
  /** When the next hidden message shows again; undefined when none is hidden. */
  nextVisible(queue: QueueSpec): Millis | undefined;
}

type Row = Readonly<Record<string, null | number | bigint | string | NodeJS.NonSharedUint8Array>>;

/** Keeps the messages of queues. What is older than a queue keeps messages is gone, on the clock given. */
export function createQueueStore(database: DatabaseSync, queues: readonly QueueSpec[], now: () => Millis): QueueStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS messages (
      id TEXT PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL, attributes TEXT NOT NULL, sent INTEGER NOT NULL,
      first_received INTEGER, received INTEGER NOT NULL, visible INTEGER NOT NULL, receipt TEXT) STRICT;
    CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, visible);`);
  const insert = database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?, NULL, 0, ?, NULL)');
  const expire = database.prepare('DELETE FROM messages WHERE queue = ? AND sent < ?');
  const due = database.prepare(
    'SELECT * FROM messages WHERE queue = ? AND visible <= ? ORDER BY visible, sent, rowid LIMIT ?',
  );
  const take = database.prepare(
    'UPDATE messages SET receipt = ?, received = received + 1, first_received = coalesce(first_received, ?), visible = ? WHERE id = ?',
  );
  const move = database.prepare('UPDATE messages SET queue = ?, receipt = NULL, visible = ? WHERE id = ?');
  const byReceipt = database.prepare('DELETE FROM messages WHERE queue = ? AND receipt = ?');
  const setVisible = database.prepare('UPDATE messages SET visible = ? WHERE queue = ? AND receipt = ?');
  const byId = database.prepare('DELETE FROM messages WHERE queue = ? AND id = ?');
  const all = database.prepare('SELECT * FROM messages WHERE queue = ? ORDER BY sent, rowid LIMIT ?');
  const clear = database.prepare('DELETE FROM messages WHERE queue = ?');
  const count = database.prepare(`
    SELECT sum(visible <= ?1) AS visible, sum(visible > ?1 AND received > 0) AS hidden,
      sum(visible > ?1 AND received = 0) AS delayed FROM messages WHERE queue = ?2`);
  const next = database.prepare('SELECT min(visible) AS at FROM messages WHERE queue = ? AND visible > ?');

  const tidy = (queue: QueueSpec): void => void expire.run(queue.name, now() - queue.retentionSeconds * 1_000);

  return {
    send(queue, message) {
      const id = randomUUID();
      const delay = (message.delaySeconds ?? queue.delaySeconds) * 1_000;
      insert.run(id, queue.name, message.body, JSON.stringify(message.attributes ?? {}), now(), now() + delay);
      return { id, md5: md5(message.body) };
    },
    receive(queue, most, visibilitySeconds) {
      return together(database, () => {
        tidy(queue);
        const received: Message[] = [];
        for (const row of due.all(queue.name, now(), most)) {
          const deadLetters = queues.find((each) => each.arn === queue.redrive?.targetArn);
          if (deadLetters !== undefined && Number(row.received) >= (queue.redrive?.maxReceiveCount ?? Infinity)) {
            move.run(deadLetters.name, now(), String(row.id));
            continue;
          }
          const receipt = randomUUID();
          take.run(receipt, now(), now() + visibilitySeconds * 1_000, String(row.id));
          received.push({ ...messageOf(row, receipt), receiveCount: Number(row.received) + 1 });
        }
        return received;
      });
    },
    remove: (queue, receipt) => void byReceipt.run(queue.name, receipt),
    changeVisibility: (queue, receipt, seconds) =>
      Number(setVisible.run(now() + seconds * 1_000, queue.name, receipt).changes) > 0,
    peek(queue, most) {
      tidy(queue);
      return all.all(queue.name, most).map((row) => messageOf(row, undefined));
    },
    removeById: (queue, id) => void byId.run(queue.name, id),
    purge: (queue) => void clear.run(queue.name),
    counts(queue) {
      tidy(queue);
      const { visible, hidden, delayed } = count.get(now(), queue.name) ?? {};
      return { visible: Number(visible ?? 0), hidden: Number(hidden ?? 0), delayed: Number(delayed ?? 0) };
    },
    nextVisible(queue) {
      const { at } = next.get(queue.name, now()) ?? {};
      return at === null || at === undefined ? undefined : Number(at);
    },
  };
}

function messageOf(row: Row, receipt: string | undefined): Message {
  const attributes: Message['attributes'] = JSON.parse(String(row.attributes));
  return {
    id: String(row.id),
    body: String(row.body),
    attributes,
    sentAt: Number(row.sent),
    firstReceivedAt: row.first_received === null ? undefined : Number(row.first_received),
    receiveCount: Number(row.received),
    receipt,
  };
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
