import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { MailFilter } from '../domain/letter.ts';
import { caseOf, MailAbout, UnsentMail } from '../domain/mail.ts';
import { onceItem } from './done-once.ts';
import { expiresAfter } from './expiry.ts';
import { type Key, keys, MAIL_SHARDS } from './keys.ts';
import { get, type Item, put, query, remove, save, type Table, toItem, transact } from './table.ts';

/** How long a mail that is given up is kept, in days: until somebody has looked, mended the cause, and sent it again. */
const KEPT_DAYS = 90;
/** So many of each partition are counted; beyond, there are simply many. */
const MOST_COUNTED = 1_000;
/** Mails that are looked through at a time. */
const A_PAGE = 100;

type Sort = 'WAITING' | 'GIVEN-UP';

const keyOf = (sort: Sort, { at, name }: UnsentMail): Key => keys.mail(sort, at, name);

function itemOf(sort: Sort, mail: UnsentMail): Item {
  return {
    ...keyOf(sort, mail),
    ...(sort === 'WAITING' ? { entity: 'mail-waiting' } : { entity: 'mail-given-up' }),
    expires: expiresAfter(mail.at, KEPT_DAYS),
    data: UnsentMail.parse(mail),
  };
}

/** What is remembered of a mail under its name: the Message-ID it went out with, or where it lies. */
const remembered = (table: Table, name: string, result: string): TransactWriteItem =>
  put(table, onceItem(name, { request: '', result }));

const without = (table: Table, before: UnsentMail | undefined): TransactWriteItem[] =>
  before ? [remove(table, keyOf('WAITING', before))] : [];

/** Keeps a mail to be tried again at its `at`. Cost: a transaction of two or three items. @param before where it lay */
export async function keepWaiting(table: Table, mail: UnsentMail, before?: UnsentMail): Promise<void> {
  const writes = [
    remembered(table, mail.name, 'waiting'),
    ...without(table, before),
    put(table, itemOf('WAITING', mail)),
  ];
  await transact(table, writes);
}

/** Keeps a mail that is given up, for somebody to send again. Cost: as {@link keepWaiting}. */
export async function keepGivenUp(table: Table, mail: UnsentMail, before?: UnsentMail): Promise<void> {
  const writes = [
    remembered(table, mail.name, 'given-up'),
    ...without(table, before),
    put(table, itemOf('GIVEN-UP', mail)),
  ];
  await transact(table, writes);
}

/**
 * Remembers that a mail went out, and what it was about, since it may come back. Cost: one write, or a transaction of two items.
 * @param result its Message-ID, or why nobody is to have it any more
 */
export async function settleMail(
  table: Table,
  name: string,
  result: string,
  about: MailAbout,
  before?: UnsentMail,
): Promise<void> {
  const item = { ...onceItem(name, { request: '', result }), about };
  if (before) await transact(table, [put(table, item), ...without(table, before)]);
  else await save(table, item);
}

/** What a mail that went out was about; undefined where it did not, or too long ago. Cost: one consistent read. */
export async function readMailAbout(table: Table, name: string): Promise<MailAbout | undefined> {
  const item = await get(table, keys.once(name));
  return MailAbout.optional().parse(item?.about);
}

const everyShard = Array.from({ length: MAIL_SHARDS }, (_, shard) => shard);

async function pageOf(
  table: Table,
  sort: Sort,
  shard: number,
  limit: number,
  after?: UnsentMail,
): Promise<UnsentMail[]> {
  const { items } = await query(table, {
    KeyConditionExpression: after ? 'pk = :pk AND sk > :after' : 'pk = :pk',
    ExpressionAttributeValues: toItem({
      ':pk': keys.mailsOf(sort, shard),
      ':after': after && keyOf(sort, after).sk,
    }),
    ConsistentRead: true,
    Limit: limit,
  });
  return items.map((item) => UnsentMail.parse(item.data));
}

/** Mails of one partition that wait, those that are due soonest first. Cost: a Query. @param after the last one of the page before */
export function waitingMails(table: Table, shard: number, limit: number, after?: UnsentMail): Promise<UnsentMail[]> {
  return pageOf(table, 'WAITING', shard, limit, after);
}

/** Whether a mail is one of those that are named. */
export function isOneOf(some: MailFilter, { name, why, about }: UnsentMail): boolean {
  return (
    (some.name ?? name) === name &&
    (some.why ?? why) === why &&
    (some.caseId === undefined || some.caseId === caseOf(about))
  );
}

/** Mails of one partition that were given up, of a sort. */
async function* givenUpIn(table: Table, shard: number, some: MailFilter): AsyncGenerator<UnsentMail> {
  let after: UnsentMail | undefined;
  for (;;) {
    const page = await pageOf(table, 'GIVEN-UP', shard, A_PAGE, after);
    yield* page.filter((mail) => isOneOf(some, mail));
    after = page.at(-1);
    if (page.length < A_PAGE) return;
  }
}

/**
 * Lets mails that were given up wait again, due at once. Cost: a Query for each hundred that there are, two items a mail.
 * @param some which; `{}` for all
 * @returns how many; fewer than `limit` when those were all
 */
export async function takeUpAgain(
  table: Table,
  some: MailFilter,
  now: UnsentMail['at'],
  limit: number,
): Promise<number> {
  let taken = 0;
  for (const shard of everyShard) {
    for await (const mail of givenUpIn(table, shard, some)) {
      if (taken >= limit) return taken;
      const again = { ...mail, since: now, at: now, confirmed: true };
      await transact(table, [remove(table, keyOf('GIVEN-UP', mail)), put(table, itemOf('WAITING', again))]);
      taken++;
    }
  }
  return taken;
}

/** Whether any mail of a sort was given up. Cost: a Query for each hundred of those that there are, until one is found. */
export async function anyGivenUp(table: Table, some: MailFilter): Promise<boolean> {
  for (const shard of everyShard) for await (const _ of givenUpIn(table, shard, some)) return true;
  return false;
}

/** Mails that were given up, the latest first. Cost: a Query a partition, of up to a thousand small items each. @param most so many are given */
export async function mailsGivenUp(table: Table, most: number): Promise<UnsentMail[]> {
  const pages = await Promise.all(everyShard.map((shard) => pageOf(table, 'GIVEN-UP', shard, MOST_COUNTED)));
  const latest = (one: UnsentMail, other: UnsentMail) => (one.at < other.at ? 1 : -1);
  return pages.flat().sort(latest).slice(0, most);
}

/** The mails of one sort, by why they did not go out. */
export interface UnsentCount {
  readonly why: UnsentMail['why'];
  readonly count: number;
  /** since when the one has waited that waits longest */
  readonly since: UnsentMail['since'];
}

async function countsOf(table: Table, sort: Sort): Promise<UnsentCount[]> {
  const pages = await Promise.all(everyShard.map((shard) => pageOf(table, sort, shard, MOST_COUNTED)));
  const reasons = Map.groupBy(pages.flat(), ({ why }) => why);
  return [...reasons].map(([why, mails]) => ({
    why,
    count: mails.length,
    since: mails.reduce((oldest, { since }) => (since < oldest ? since : oldest), mails[0]?.since ?? ''),
  }));
}

/** What has not gone out. Cost: two Queries a partition, of up to a thousand small items each. */
export async function countUnsent(
  table: Table,
): Promise<{ readonly waiting: readonly UnsentCount[]; readonly givenUp: readonly UnsentCount[] }> {
  const [waiting, givenUp] = await Promise.all([countsOf(table, 'WAITING'), countsOf(table, 'GIVEN-UP')]);
  return { waiting, givenUp };
}
