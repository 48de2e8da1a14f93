import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { CaseEvent } from '../domain/event.ts';
import { newSlug } from '../domain/ids.ts';
import { Letter, type MailFilter } from '../domain/letter.ts';
import { instant } from '../domain/time.ts';
import { marksOf } from './case-item.ts';
import { chainedIn } from './chained.ts';
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

/**
 * Has the notifier try the mails that wait, or those too that were given up: seconds later, behind the stream. Cost: a transaction of one item.
 * @param some of those that were given up; left out, all of them
 */
export async function askForMails(table: Table, which: 'waiting' | 'given-up', some?: MailFilter): Promise<void> {
  const letter = { type: 'mails-again', id: newSlug(), at: instant(Date.now()), which, some } as const;
  await transact(table, [posting(table, letter)]);
}

/** So many letters a transaction. */
const AT_ONCE = 50;

/**
 * Has the notifier look again at every event of a period, and mail what was not mailed: for what a stream lost, or set aside in its queue
 * of failures longer than the stream keeps it. Mails are remembered thirty days. Cost: a Query an hour and a read an event; an item in a transaction
 * for each that people are told.
 * @param from an instant
 * @returns how many events
 */
export async function tellSince(table: Table, from: string): Promise<number> {
  const at = instant(Date.now());
  let told = 0;
  for await (const page of chainedIn(table, { from, to: at, only: (pk) => pk.startsWith(keys.casePrefix) })) {
    const letters = page.flatMap(({ what }) => {
      const event = CaseEvent.safeParse(what).data;
      if (!event || marksOf(event).notify !== 'yes') return [];
      return [{ type: 'tell-again', id: newSlug(), at, event: event.caseId, version: event.version } as const];
    });
    for (let start = 0; start < letters.length; start += AT_ONCE) {
      const some = letters.slice(start, start + AT_ONCE);
      await transact(
        table,
        some.map((letter) => posting(table, letter)),
      );
    }
    told += letters.length;
  }
  return told;
}
