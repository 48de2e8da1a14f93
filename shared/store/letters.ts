import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { newSlug } from '../domain/ids.ts';
import { Letter } from '../domain/letter.ts';
import { instant } from '../domain/time.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { type Item, put, type Table, transact } from './table.ts';

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

/** Has the notifier try the mails that wait, or those too that were given up: seconds later, behind the stream. Cost: a transaction of one item. */
export async function askForMails(table: Table, which: 'waiting' | 'given-up'): Promise<void> {
  const letter = { type: 'mails-again', id: newSlug(), at: instant(Date.now()), which } as const;
  await transact(table, [posting(table, letter)]);
}
