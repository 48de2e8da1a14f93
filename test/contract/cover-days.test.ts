import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { bringAlong } from '../../functions/jobs/bring-along.ts';
import { cover } from '../../functions/stages/cover/cover.ts';
import { withdrawCase } from '../../shared/case/applicant-actions.ts';
import { coveredElsewhere, daysToInsure, holdsDays, holdVolunteers } from '../../shared/case/covered-volunteers.ts';
import { batchFile, rosterOf } from '../../shared/case/roster.ts';
import { localDate } from '../../shared/domain/time.ts';
import type { InsuranceCase } from '../../shared/kinds/insurance/case.ts';
import type { Days } from '../../shared/kinds/insurance/days.ts';
import { readCase } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { keys } from '../../shared/store/keys.ts';
import { saveRekeying } from '../../shared/store/rekeying.ts';
import { batchDelete, batchPut } from '../../shared/store/table.ts';
import { carryOn } from '../engine/carry-on.ts';
import { commandsDuring } from '../engine/commands-during.ts';
import { contentsOf } from '../engine/contents.ts';
import { withFundedHub } from '../engine/funded-hub.ts';
import { policedTable } from '../engine/policed-table.ts';
import {
  aCaseIn,
  answer,
  answerWith,
  applicantOf,
  aVolunteer,
  day,
  inputs,
  person,
  submitted,
} from '../factory/hub.ts';

let hub: Hub;
withFundedHub((made) => {
  hub = made;
});

const today = localDate(Date.now());

async function insuranceCase(id: InsuranceCase['id']): Promise<InsuranceCase> {
  const subject = await readCase(hub.table, id);
  if (subject?.kind !== 'insurance') throw new Error(`${id} is no insurance request`);
  return subject;
}

/** Each day of the stretches, counted from today. */
function eachDay(days: readonly Days[]): number[] {
  return days.flatMap(({ from, to }) => {
    const [first, last] = [from, to].map((each) => Math.round((Date.parse(each) - Date.parse(today)) / 86_400_000));
    return Array.from({ length: (last ?? 0) - (first ?? 0) + 1 }, (_, index) => (first ?? 0) + index);
  });
}

/** For which days each volunteer of a request is to be insured. */
async function insuredDays(subject: InsuranceCase): Promise<number[][]> {
  return (await daysToInsure(hub, subject, await rosterOf(hub, subject))).map(eachDay);
}

const asked = (volunteers: readonly object[], from: number, to: number) => ({
  volunteers,
  coverFrom: day(from),
  coverTo: day(to),
});
const approving = async (changes: object) => {
  const { id } = await submitted(hub, 'insurance', changes);
  return insuranceCase((await carryOn(hub, id)).id);
};
const approve = (subject: InsuranceCase) => answer(hub, subject).then(() => insuranceCase(subject.id));

describe('one person and two requests', () => {
  it('the second gets the days that the first has not, through to the insurer’s file, and whoever decides sees which', async () => {
    const volunteer = aVolunteer();
    const first = await approve(await approving(asked([volunteer], 3, 32)));
    const second = await approving(asked([volunteer], 10, 40));
    expect([...(await coveredElsewhere(hub, second, await rosterOf(hub, second)))]).toEqual([
      [0, [{ from: day(10), to: day(32) }]],
    ]);
    await approve(second);
    expect(await insuredDays(first)).toEqual([eachDay([{ from: day(3), to: day(32) }])]);
    expect(await insuredDays(second)).toEqual([eachDay([{ from: day(33), to: day(40) }])]);
    const rows = await batchFile(hub, { type: 'member', member: person('insurer') }, 'en', 'api', 'Policies');
    const mine = rows.filter((row) => row.includes(volunteer.identityNumber)).map((row) => [row[0], row[5], row[6]]);
    expect(mine.sort()).toEqual(
      [
        [first.id, day(3), day(32)],
        [second.id, day(33), day(40)],
      ].sort(),
    );
  });

  it('a request of whose people others insure all on all days is not approved', async () => {
    const volunteer = aVolunteer();
    await approve(await approving(asked([volunteer], 3, 32)));
    const second = await approving(asked([volunteer], 5, 20));
    await expect(approve(second)).rejects.toMatchObject({ code: 'invalid', fields: [{ code: 'all-covered' }] });
    expect((await insuranceCase(second.id)).stage).toBe('approving');
  });

  it.each([
    ['is withdrawn', (first: InsuranceCase) => withdrawCase(hub, first.id, {}, applicantOf(first.id))],
    [
      'is rejected by the insurer',
      (first: InsuranceCase) => answerWith(hub, first, { outcome: 'rejected', reason: '不承保' }),
    ],
  ])('the days of the first are free again when it %s', async (_how, end) => {
    const volunteer = aVolunteer();
    const first = await approve(await approving(asked([volunteer], 3, 32)));
    await carryOn(hub, first.id);
    await end(first);
    const second = await approve(await approving(asked([volunteer], 10, 40)));
    expect(await insuredDays(second)).toEqual([eachDay([{ from: day(10), to: day(40) }])]);
  });

  it('the days that an insurer takes instead are looked at again', async () => {
    const volunteer = aVolunteer();
    await approve(await approving(asked([volunteer], 20, 30)));
    const second = await approve(await approving(asked([volunteer], 3, 19)));
    await carryOn(hub, second.id);
    await answer(hub, second, { coverFrom: day(10), coverTo: day(40) });
    expect(await insuredDays(await insuranceCase(second.id))).toEqual([
      eachDay([
        { from: day(10), to: day(19) },
        { from: day(31), to: day(40) },
      ]),
    ]);
  });
});

describe('an answer that is not written after its days were held', () => {
  const MINUTE = 60_000;
  const minutesLater = async <T>(minutes: number, act: () => Promise<T>): Promise<T> => {
    vi.setSystemTime(Date.now() + minutes * MINUTE);
    try {
      return await act();
    } finally {
      vi.useRealTimers();
    }
  };
  const roster = (subject: InsuranceCase) => rosterOf(hub, subject);

  it('keeps the days while it may still be written, and leaves them to others then; asked again it has what is left', async () => {
    const volunteer = aVolunteer();
    const [first, second] = [await approving(asked([volunteer], 3, 20)), await approving(asked([volunteer], 10, 30))];
    // the function ended between holding the days and writing the answer
    await holdVolunteers(hub, first, await roster(first));
    expect([...(await coveredElsewhere(hub, second, await roster(second)))]).toEqual([
      [0, [{ from: day(10), to: day(20) }]],
    ]);
    await minutesLater(6, () => approve(second));
    expect(await insuredDays(second)).toEqual([eachDay([{ from: day(10), to: day(30) }])]);
    await approve(first);
    expect(await insuredDays(first)).toEqual([eachDay([{ from: day(3), to: day(9) }])]);
  });

  it('gives none of the days back for which the request was approved, when it was to be bound for others', async () => {
    const volunteer = aVolunteer();
    const first = await approve(await approving(asked([volunteer], 3, 19)));
    await carryOn(hub, first.id);
    const other = { ...first, coverFrom: day(10), coverTo: day(40) };
    await holdVolunteers(hub, other, await roster(first));
    const second = await approving(asked([volunteer], 1, 30));
    await minutesLater(6, () => approve(second));
    await answer(hub, first);
    expect(await insuredDays(await insuranceCase(first.id))).toEqual([eachDay([{ from: day(3), to: day(19) }])]);
    expect(await insuredDays(second)).toEqual([
      eachDay([
        { from: day(1), to: day(2) },
        { from: day(20), to: day(30) },
      ]),
    ]);
  });
});

/** Who holds each day of each person among the requests. */
async function heldBy(requests: readonly InsuranceCase[]): Promise<Map<string, InsuranceCase['id'][]>> {
  const held = new Map<string, InsuranceCase['id'][]>();
  for (const subject of requests) {
    const roster = await rosterOf(hub, subject);
    if (!(await holdsDays(hub, subject, roster))) continue;
    for (const [index, days] of (await insuredDays(subject)).entries())
      for (const one of days) {
        const key = `${roster[index]?.identityNumber} ${one}`;
        held.set(key, [...(held.get(key) ?? []), subject.id]);
      }
  }
  return held;
}

/** Each day of each person that somebody asked for. */
function wanted(requests: readonly { volunteers: readonly { identityNumber: string }[]; from: number; to: number }[]) {
  return new Set(
    requests.flatMap(({ volunteers, from, to }) =>
      volunteers.flatMap(({ identityNumber }) =>
        eachDay([{ from: day(from), to: day(to) }]).map((one) => `${identityNumber} ${one}`),
      ),
    ),
  );
}

async function approveAllAtOnce(requests: readonly { volunteers: readonly object[]; from: number; to: number }[]) {
  const made = await Promise.all(
    requests.map(({ volunteers, from, to }) => submitted(hub, 'insurance', asked(volunteers, from, to))),
  );
  const all = await Promise.all(made.map(async ({ id }) => insuranceCase((await carryOn(hub, id)).id)));
  const outcomes = await Promise.allSettled(all.map((subject) => answer(hub, subject)));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  for (const error of refused) expect(error).toMatchObject({ code: 'invalid', fields: [{ code: 'all-covered' }] });
  return Promise.all(all.map(({ id }) => insuranceCase(id)));
}

describe('many requests for the same people at once', () => {
  it('two hundred leave each day of each person with exactly one', async () => {
    const volunteers = [aVolunteer(), aVolunteer(), aVolunteer()];
    const requests = Array.from({ length: 200 }, (_, index) => ({
      volunteers: volunteers.filter((_volunteer, at) => (index + at) % 3 !== 0),
      from: 2 + (index % 5),
      to: 8 + (index % 7),
    }));
    const made = await Promise.all(
      requests.map(({ volunteers: some, from, to }) => submitted(hub, 'insurance', asked(some, from, to))),
    );
    const all = await Promise.all(made.map(({ id }) => insuranceCase(id)));
    const rosters = await Promise.all(all.map((subject) => rosterOf(hub, subject)));
    await Promise.all(all.map((subject, index) => holdVolunteers(hub, subject, rosters[index] ?? [])));
    const held = await heldBy(all);
    expect([...held].filter(([, by]) => by.length > 1)).toEqual([]);
    expect(new Set(held.keys())).toEqual(wanted(requests));
  }, 120_000);

  it('whatever the rosters and days are', async () => {
    const days = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 9 }));
    const one = fc.record({
      who: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }),
      days,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 2, maxLength: 6 }), async (drawn) => {
        const people = [aVolunteer(), aVolunteer(), aVolunteer()];
        const requests = drawn.map(({ who, days: [from, length] }) => ({
          volunteers: who.flatMap((at) => people[at] ?? []),
          from,
          to: from + length,
        }));
        const held = await heldBy(await approveAllAtOnce(requests));
        expect([...held].filter(([, by]) => by.length > 1)).toEqual([]);
        expect(new Set(held.keys())).toEqual(wanted(requests));
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});

describe('cover that a release before entered', () => {
  /** As that release left it: an item a person and case, none for what was only approved. */
  async function asBefore(active: InsuranceCase): Promise<void> {
    const items = await contentsOf(hub.table);
    const held = items.filter(
      ({ entity, held: list }) => entity === 'cover-days' && JSON.stringify(list).includes(active.id),
    );
    await batchDelete(
      hub.table,
      held.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    const { coverFrom: from, coverTo: to } = active;
    await batchPut(
      hub.table,
      held.map(({ pk }) => ({ pk: String(pk), sk: `CASE#${active.id}`, entity: 'cover', from, to })),
    );
  }

  async function bring(): Promise<number> {
    const jobs = { ...hub, table: await policedTable(hub.table, 'jobs') };
    let moved = 0;
    for (let step = await bringAlong(jobs, undefined); step.cursor !== null; step = await bringAlong(jobs, step.cursor))
      moved += step.done;
    return moved;
  }

  it('keeps its days before and after it is brought along, and an approved request gets its own', async () => {
    const volunteer = aVolunteer();
    const active = await aCaseIn(hub, 'insurance', 'active', inputs.insurance(asked([volunteer], 3, 32)));
    if (active.kind !== 'insurance') throw new Error('no insurance request');
    await cover(hub.table, active.id);
    await asBefore(active);
    await batchDelete(hub.table, [keys.health('REKEYING')]);
    const before = await approving(asked([volunteer], 10, 40));
    await approve(before);
    expect(await insuredDays(before)).toEqual([eachDay([{ from: day(33), to: day(40) }])]);
    await bring();
    await saveRekeying(hub.table, { done: true });
    expect(await insuredDays(active)).toEqual([eachDay([{ from: day(3), to: day(32) }])]);
    const after = await approving(asked([volunteer], 1, 45));
    await approve(after);
    expect(await insuredDays(after)).toEqual([
      eachDay([
        { from: day(1), to: day(2) },
        { from: day(41), to: day(45) },
      ]),
    ]);
  });
});

it('an approval asks no Query a person: a read and a transaction for a hundred of them', async () => {
  await saveRekeying(hub.table, { done: true });
  const subject = await approving(asked(Array.from({ length: 120 }, aVolunteer), 3, 32));
  const [, commands] = await commandsDuring(hub.table, () => approve(subject));
  const count = (name: string) => commands.filter((command) => command === name).length;
  // the roster itself, and what every answer asks about who gives it
  expect(count('QueryCommand')).toBeLessThan(12);
  expect(count('BatchGetItemCommand')).toBeLessThan(12);
  expect(count('TransactWriteItemsCommand')).toBe(3);
});
