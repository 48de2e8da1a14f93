import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Retryable } from '../domain/errors.ts';
import { CaseId } from '../domain/ids.ts';
import { Instant, instant, LocalDate } from '../domain/time.ts';
import { type Days, freeDays, joinedDays, takenDays } from '../kinds/insurance/days.ts';
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

/** Days of a person that a request holds since `at`: it is insured for them, or an answer by which it will be is being written. */
const Held = z.object({ case: CaseId, roster: z.string(), from: LocalDate, to: LocalDate, at: Instant });
type Held = z.infer<typeof Held>;

/** One item a person, so that one condition keeps everybody else out. A person is a keyed hash of the identity number. */
interface Person {
  readonly version: number;
  readonly held: readonly Held[];
  /** what releases before entered, an item a case, and the job did not bring along yet */
  readonly before: readonly (Days & { readonly case: string })[];
}

/** The request for which days are held, by the roster and for the days that it names. */
export interface Holder {
  readonly id: CaseId;
  readonly roster: { readonly id: string };
  readonly coverFrom: LocalDate;
  readonly coverTo: LocalDate;
}

/** People whose items one transaction writes. */
const A_TRANSACTION = 100;
/** Transactions, or queries, that are under way at once. */
const AT_ONCE = 4;
const QUERIES_AT_ONCE = 25;
/** How often people whose days others change this moment are looked at again. */
const TRIES = 12;
/** So long days are held for an answer that is not written yet: it takes seconds, and no function runs for minutes. */
const WRITTEN_WITHIN = 5 * 60_000;
/** Days for which it is remembered who was covered. */
const KEPT_DAYS = 90;
const NOBODY: Person = { version: 0, held: [], before: [] };

function periodOf({ coverFrom, coverTo }: Pick<Holder, 'coverFrom' | 'coverTo'>): Days {
  return { from: coverFrom, to: coverTo };
}

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

/** Stages of a request that was approved, and not given up since. */
function isDecided(stage: string): boolean {
  return stage === 'binding' || stage === 'active' || stage === 'closed';
}

/**
 * Which of the held days count: those for which the case says that it is insured, by its roster and its days; and for minutes
 * those of an answer that may be written this moment, since either way out is still open. What was held for an answer that came to
 * nothing is free then, and an answer that binds for other days gives none back before it is written.
 * Cost: a read a case that is named.
 */
async function countingDays(
  table: Table,
  people: ReadonlyMap<string, Person>,
): Promise<(person: string) => { held: Held[]; before: Person['before'] }> {
  const named = [...people.values()].flatMap(({ held }) => held.map((one) => one.case));
  const cases = (await batchGet(table, [...new Set(named)].map(keys.case))).map(fromCaseItem);
  const byId = new Map(cases.map((one) => [one.id, one]));
  const freshSince = instant(Date.now() - WRITTEN_WITHIN);
  const counted = (one: Held): Held[] => {
    const holder = byId.get(one.case);
    if (holder?.kind !== 'insurance' || holder.roster.id !== one.roster) return [];
    if (holder.stage === 'rejected' || holder.stage === 'withdrawn') return [];
    if (one.at > freshSince) return [one];
    if (!isDecided(holder.stage)) return [];
    return takenDays(periodOf(holder), [one]).map((days) => ({ ...one, ...days }));
  };
  return (person) => {
    const { held, before } = people.get(person) ?? NOBODY;
    return { held: held.flatMap(counted), before };
  };
}

function isSame(one: readonly Held[], other: readonly Held[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

async function holdSome(
  table: Table,
  holder: Holder,
  people: readonly string[],
  along: boolean,
): Promise<(readonly [person: string, days: Days[]])[]> {
  const known = await readPeople(table, people, along);
  const counting = await countingDays(table, known);
  const period = periodOf(holder);
  const at = instant(Date.now());
  const writes: TransactWriteItem[] = [];
  const got = people.map((person) => {
    const { version, held } = known.get(person) ?? NOBODY;
    const counts = counting(person);
    const others = counts.held.filter((one) => one.case !== holder.id);
    const own = counts.held.filter((one) => one.case === holder.id && one.roster === holder.roster.id);
    const free = freeDays(period, [...others, ...counts.before.filter((one) => one.case !== holder.id)]);
    const mine = joinedDays([...own, ...free]).map((days) => ({
      case: holder.id,
      roster: holder.roster.id,
      ...days,
      at,
    }));
    const next = [...others, ...mine].toSorted((a, b) => (a.from < b.from ? -1 : 1));
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
 * Holds, for a request, each person's days of its period that no other request holds: nobody is insured twice for a day. Done again for
 * other days, it holds those too. Nobody gives days back: which days count, and until when, see {@link countingDays}.
 * Cost: a read a person, a read a request that holds days of one, and a write a person in transactions of a hundred.
 * @returns the days that the request holds of each person, in order; none of who is insured by others on all of them
 * @throws {@link Retryable}, {@link Throttled}
 */
export async function holdDays(table: Table, holder: Holder, people: readonly string[]): Promise<Map<string, Days[]>> {
  const along = await isBroughtAlong(table);
  const got: (readonly [person: string, days: Days[]])[] = [];
  for (const some of slices(slices([...new Set(people)], A_TRANSACTION), AT_ONCE))
    got.push(...(await Promise.all(some.map((part) => heldInTheEnd(table, holder, part, along)))).flat());
  return new Map(got);
}

/** The days of its period that a request holds of each person; who has none is left out. Cost: see {@link readPeople}. */
export async function daysHeld(table: Table, holder: Holder, people: readonly string[]): Promise<Map<string, Days[]>> {
  const known = await readPeople(table, people, await isBroughtAlong(table));
  const mine = ({ held }: Person) =>
    takenDays(
      periodOf(holder),
      held.filter((one) => one.case === holder.id && one.roster === holder.roster.id),
    );
  return new Map(
    [...known].map(([person, found]) => [person, mine(found)] as const).filter(([, { length }]) => length > 0),
  );
}

/** The days of its period for which others insure each person; whom nobody insures is left out. Cost: see {@link holdDays}, without the writes. */
export async function daysElsewhere(
  table: Table,
  holder: Holder,
  people: readonly string[],
): Promise<Map<string, Days[]>> {
  const known = await readPeople(table, people, await isBroughtAlong(table));
  const counting = await countingDays(table, known);
  const taken = [...known.keys()].map((person) => {
    const { held, before } = counting(person);
    const others = [...held, ...before].filter((one) => one.case !== holder.id);
    return [person, takenDays(periodOf(holder), others)] as const;
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
