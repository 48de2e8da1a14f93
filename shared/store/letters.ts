import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { Letter } from '../domain/letter.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { type Item, put, type Table } from './table.ts';

/** How long a letter is kept, in days: a mail server may be away for a morning. */
const KEPT_DAYS = 2;

/** The write that has a letter written and mailed. Cost: one item in a transaction. */
export function posting(table: Table, letter: Letter): TransactWriteItem {
  const expires = expiresAfter(Date.now(), KEPT_DAYS);
  return put(table, {
    ...keys.letter(letter.id),
    entity: 'letter',
    notify: 'yes',
    expires,
    data: Letter.parse(letter),
  });
}

export function fromLetterItem(item: Item): Letter {
  return Letter.parse(item.data);
}
