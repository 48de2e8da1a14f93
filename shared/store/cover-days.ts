import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Retryable } from '../domain/errors.ts';
import { CaseId } from '../domain/ids.ts';
import { LocalDate } from '../domain/time.ts';
import { type Days, freeDays, takenDays } from '../kinds/insurance/days.ts';
import { fromCaseItem } from './case-item.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { isBroughtAlong } from './rekeying.ts';
import {
  batchGet,
  batchPut,
  ConditionFailed,
  get,
  type Item,
  put,
  putOver,
  queryAll,
  type Table,
  transact,
} from './table.ts';

/** Days of a person that a request holds: it is insured for them, or is about to be. */
const Held = z.object({ case: CaseId, roster: z.string(), from: LocalDate, to: LocalDate });
type Held = z.infer<typeof Held>;

/** One item a person, so that one condition keeps everybody else out. A person is a keyed hash of the identity number. */
interface Person {
  readonly version: number;
  readonly held: readonly Held[];
  /** what releases before entered, an item a case, and the job did not bring along yet */
  readonly before: readonly (Days & { readonly case: string })[];
}

/** The request for which days are held, by the roster that it names. */
export interface Holder {
  readonly id: CaseId;
  readonly roster: { readonly id: string };
}

/** People whose items one transaction writes. */
const A_TRANSACTION = 100;
/** Transactions, or queries, that are under way at once. */
const AT_ONCE = 4;
const QUERIES_AT_ONCE = 25;
/** How often people whose days others change this moment are looked at again. */
const TRIES = 12;
/** Days for which it is remembered who was covered. */
const KEPT_DAYS = 90;
const NOBODY: Person = { version: 0, held: [], before: [] };

function slices<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

function personOf(items: readonly Item[]): Person {
  const days = items.find(({ entity }) => entity === 'cover-days');
  return {
    version: Number(days?.version ?? 0),
    held: z.array(Held).parse(days?.held ?? []),
    before: items
      .filter(({ entity }) => entity === 'cover')
      .map(({ sk, from, to }) => ({ case: String(sk).replace(/^CASE#/, ''), from: String(from), to: String(to) })),
  };
}

/**
 * What is held of each person. Cost: a read a person, a hundred a call; a Query a person until what releases before entered
 * was brought along, see `functions/jobs/bring-along.ts`.
 */
async function readPeople(table: Table, people: readonly string[], along: boolean): Promise<Map<string, Person>> {
  const found = new Map<string, Person>();
  if (along) {
    const items = await batchGet(table, people.map(keys.coverDays));
    const byKey = new Map(items.map((item) => [item.pk, item]));
    for (const person of people) {
      const item = byKey.get(keys.coverDays(person).pk);
      if (item) found.set(person, personOf([item]));
    }
    return found;
  }
  for (const some of slices(people, QUERIES_AT_ONCE)) {
    await Promise.all(
      some.map(async (person) => found.set(person, personOf(await queryAll(table, keys.coversOf(person))))),
    );
  }
  return found;
}

/**
 * Which days that others hold count: those of a request that went another way, or has another roster since, are free. A
 * request that is decided this moment keeps its days, since either way out is still open. Cost: a read a case that is named.
 */
async function countingDays(
  table: Table,
  holder: Pick<Holder, 'id'>,
  people: ReadonlyMap<string, Person>,
): Promise<(person: string) => { held: Held[]; before: Days[] }> {
  const others = [...people.values()]
    .flatMap(({ held }) => held.map((one) => one.case))
    .filter((id) => id !== holder.id);
  const cases = (await batchGet(table, [...new Set(others)].map(keys.case))).map(fromCaseItem);
  const rosters = new Map(
    cases.flatMap((one) =>
      one.kind === 'insurance' && one.stage !== 'rejected' && one.stage !== 'withdrawn'
        ? [[one.id, one.roster.id]]
        : [],
    ),
  );
  return (person) => {
    const { held, before } = people.get(person) ?? NOBODY;
    return {
      held: held.filter((one) => one.case !== holder.id && rosters.get(one.case) === one.roster),
      before: before.filter((one) => one.case !== holder.id),
    };
  };
}

function isSame(one: readonly Held[], other: readonly Held[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function holdSome(
  table: Table,
  holder: Holder,
  people: readonly string[],
  period: Days,
  along: boolean,
): Promise<(readonly [person: string, days: Days[]])[]> {
  const known = await readPeople(table, people, along);
  const counting = await countingDays(table, holder, known);
  const writes: TransactWriteItem[] = [];
  const got = people.map((person) => {
    const { version, held } = known.get(person) ?? NOBODY;
    const others = counting(person);
    const free = freeDays(period, [...others.held, ...others.before]);
    const mine = free.map((days) => ({ case: holder.id, roster: holder.roster.id, ...days }));
    const next = [...others.held, ...mine].toSorted((a, b) => (a.from < b.from ? -1 : 1));
    if (!isSame(next, held)) {
      const last = next.reduce((latest, { to }) => (to > latest ? to : latest), period.to);
      const item = {
        ...keys.coverDays(person),
        entity: 'cover-days',
        version: version + 1,
        held: next,
        expires: expiresAfter(last, KEPT_DAYS),
      };
      writes.push(version === 0 ? put(table, item, true) : putOver(table, item, version));
    }
    return [person, free] as const;
  });
  if (writes.length > 0) await transact(table, writes);
  return got;
}

/** As {@link holdSome}, until nobody else changed one of the people in between. */
async function heldInTheEnd(...asked: Parameters<typeof holdSome>) {
  for (let tries = 1; ; tries++) {
    try {
      return await holdSome(...asked);
    } catch (error) {
      if (!(error instanceof ConditionFailed || error instanceof Retryable)) throw error;
      if (tries === TRIES) throw new Retryable('others hold days of the same people all the time', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** Math.min(tries, 6)));
    }
  }
}

/**
 * Holds, for a request, each person's days of a period that no other request holds: nobody is insured twice for a day. Doing it again
 * changes nothing; for another period, it holds those days instead. Nobody gives days back: the days of a request that was
 * rejected or withdrawn, or that has another roster, are free by what the case says.
 * Cost: a read a person, a read a request that holds days of one, and a write a person in transactions of a hundred.
 * @returns the days that the request holds of each person, in order; none of who is insured by others on all of them
 * @throws {@link Retryable}, {@link Throttled}
 */
export async function holdDays(
  table: Table,
  holder: Holder,
  people: readonly string[],
  period: Days,
): Promise<Map<string, Days[]>> {
  const along = await isBroughtAlong(table);
  const got: (readonly [person: string, days: Days[]])[] = [];
  for (const some of slices(slices([...new Set(people)], A_TRANSACTION), AT_ONCE))
    got.push(...(await Promise.all(some.map((part) => heldInTheEnd(table, holder, part, period, along)))).flat());
  return new Map(got);
}

/** The days that a request holds of each person; who has none is left out. Cost: see {@link readPeople}. */
export async function daysHeld(table: Table, holder: Holder, people: readonly string[]): Promise<Map<string, Days[]>> {
  const known = await readPeople(table, people, await isBroughtAlong(table));
  const mine = ({ held }: Person) =>
    held
      .filter((one) => one.case === holder.id && one.roster === holder.roster.id)
      .map(({ from, to }) => ({ from, to }));
  return new Map(
    [...known].map(([person, found]) => [person, mine(found)] as const).filter(([, { length }]) => length > 0),
  );
}

/** The days of a period for which others insure each person; whom nobody insures is left out. Cost: see {@link holdDays}, without the writes. */
export async function daysElsewhere(
  table: Table,
  holder: Pick<Holder, 'id'>,
  people: readonly string[],
  period: Days,
): Promise<Map<string, Days[]>> {
  const known = await readPeople(table, people, await isBroughtAlong(table));
  const counting = await countingDays(table, holder, known);
  const taken = [...known.keys()].map((person) => {
    const { held, before } = counting(person);
    return [person, takenDays(period, [...held, ...before])] as const;
  });
  return new Map(taken.filter(([, { length }]) => length > 0));
}

/** Remembers that all people of a request are entered. Cost: one write. */
export async function markCovered(table: Table, id: CaseId, people: number): Promise<void> {
  await batchPut(table, [{ ...keys.covered(id), entity: 'covered', people }]);
}

/** Whether all of a request's people were entered as covered. Cost: one consistent read. */
export async function areCovered(table: Table, id: CaseId): Promise<boolean> {
  return (await get(table, keys.covered(id))) !== undefined;
}
