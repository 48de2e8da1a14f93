import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { EngineError } from '../engine-error.ts';
import { numberIn } from './rows.ts';

/** Milliseconds for which a token means the same transaction. */
const LASTS = 10 * 60_000;
/** Milliseconds between two times at which those that last no longer are removed: all at once costs less than one by one. */
const TIDIED_EVERY = 60_000;

/** The tokens of transactions that were done: one that comes again is not done again, also after a kill. */
export interface Tokens {
  /** Whether a transaction with this token was done lately. Throws in AWS's words when it was another one. */
  wasDone(token: string, items: unknown): boolean;
  remember(token: string, items: unknown): void;
}

/** Keeps tokens for ten minutes of the clock. */
export function createTokens(database: DatabaseSync, now: () => number): Tokens {
  const select = database.prepare('SELECT request, at FROM tokens WHERE token = ?');
  const forget = database.prepare('DELETE FROM tokens WHERE at <= ?');
  const insert = database.prepare('INSERT OR REPLACE INTO tokens VALUES (?, ?, ?)');
  let tidied = 0;
  return {
    wasDone(token, items) {
      const row = select.get(token);
      if (row === undefined || numberIn(row, 'at') <= now() - LASTS) return false;
      if (row.request instanceof Uint8Array && Buffer.compare(row.request, fingerprint(items)) === 0) return true;
      throw new EngineError(
        'IdempotentParameterMismatchException',
        'The provided client token was already used in a different request.',
      );
    },
    remember(token, items) {
      const at = now();
      if (at - tidied >= TIDIED_EVERY) {
        forget.run(at - LASTS);
        tidied = at;
      }
      insert.run(token, fingerprint(items), at);
    },
  };
}

/** The same for the same JSON, whatever the order of its keys. */
const fingerprint = (items: unknown): Uint8Array => hash('sha256', inOrder(items), 'buffer');

/** JSON as one text with keys in order, where no two are alike: texts come after their length. */
function inOrder(json: unknown): string {
  if (typeof json === 'string') return `${json.length}:${json}`;
  if (Array.isArray(json)) return `[${json.map(inOrder).join('')}]`;
  if (!isRecord(json)) return `${json};`;
  const names = Object.keys(json);
  if (names.length > 1) names.sort();
  let text = '{';
  for (const name of names) text += inOrder(name) + inOrder(json[name]);
  return `${text}}`;
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null;
