import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseId, newCaseId, PartyId, taskIdFor } from '../../shared/domain/ids.ts';
import { instant } from '../../shared/domain/time.ts';
import { Case } from '../../shared/kinds/case.ts';
import { submitted } from '../../shared/kinds/intake.ts';
import { outcomesOf } from '../../shared/kinds/lifecycle.ts';
import { creation, listCases, openCasesSince } from '../../shared/store/cases.ts';
import { chainedIn } from '../../shared/store/chained.ts';
import { caseIdsOf } from '../../shared/store/chains.ts';
import { endedCases, oldestEnded } from '../../shared/store/erasures.ts';
import { firstInOrder, pagesInOrder } from '../../shared/store/in-order.ts';
import { indexes, indexKeys, keys } from '../../shared/store/keys.ts';
import { countOpen } from '../../shared/store/open-counts.ts';
import { everyShardOf } from '../../shared/store/shards.ts';
import { batchDelete, batchPut, get, type Item, save, type Table, toItem, transact } from '../../shared/store/table.ts';
import { inbox, opening } from '../../shared/store/tasks.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { aNeed } from '../factory/cases.ts';

let engine: Engine;
let table: Table;
beforeAll(async () => {
  engine = await startEngine();
  ({ table } = engine);
});
afterAll(() => engine.stop());

const { hourPk, hourSk } = { hourPk: indexes.traces.pk, hourSk: indexes.traces.sk };
let hours = 0;
/** A key of an index that no other test writes to. */
function anHour(): string {
  hours += 1;
  return `HOUR#${hours}`;
}

describe('a list over shards', () => {
  const itemOf = (hour: string, name: number, place: number): Item => ({
    ...{ pk: `${hour}-${name}`, sk: 'X', entity: 'once' },
    [hourPk]: hour,
    [hourSk]: `${String(place).padStart(3, '0')}#${name}`,
  });
  const placesOf = (items: readonly Item[]) => items.map((item) => String(item[hourSk]));

  // what is done between two pages: an item is written (anew, at another place), removed, or the shards grow
  const Step = fc.oneof(
    fc.record({ name: fc.nat(40), place: fc.nat(99) }),
    fc.record({ removed: fc.nat(40) }),
    fc.record({ shards: fc.integer({ min: 1, max: 9 }) }),
  );

  it('has pages of exactly the size that is asked for, nothing twice, nothing left out, whatever is written between two', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(99), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.array(Step, { maxLength: 3 }), { minLength: 1, maxLength: 12 }),
        async (places, size, shards, steps) => {
          const hour = anHour();
          let growing: Table = { ...table, shards };
          const there = new Map(places.map((place, name) => [name, itemOf(hour, name, place)]));
          await batchPut(growing, [...there.values()]);
          let after: string | undefined;
          for (let page = 0; ; page++) {
            const found = await firstInOrder(growing, indexes.traces, [hour], size, { after });
            const left = placesOf([...there.values()])
              .filter((place) => place > (after ?? ''))
              .toSorted();
            expect(placesOf(found)).toEqual(left.slice(0, size));
            if (found.length < size) break;
            after = placesOf(found).at(-1);
            for (const step of steps[page] ?? []) {
              if ('shards' in step) growing = { ...table, shards: Math.max(growing.shards, step.shards) };
              if ('removed' in step) {
                await batchDelete(growing, [{ pk: `${hour}-${step.removed}`, sk: 'X' }]);
                there.delete(step.removed);
              }
              if (!('place' in step)) continue;
              const item = itemOf(hour, step.name, step.place);
              await save(growing, item);
              there.set(step.name, item);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes on within one walk as well, between two places', async () => {
    const hour = anHour();
    const items = Array.from({ length: 90 }, (_, name) => itemOf(hour, name, (name * 37) % 100));
    await batchPut(table, items);
    const pages: string[][] = [];
    const part = { after: '010#30', to: '080' };
    for await (const page of pagesInOrder(table, indexes.traces, [hour], 7, part)) pages.push(placesOf(page));
    const wanted = placesOf(items)
      .filter((place) => place > part.after && place <= part.to)
      .toSorted();
    expect(pages.flat()).toEqual(wanted);
    expect(pages.slice(0, -1).every((page) => page.length === 7)).toBe(true);
  });

  it('has an item once that the index still has where it was before', async () => {
    const [one, other] = [itemOf('HOUR#x', 1, 1), itemOf('HOUR#x', 2, 2)].map((item) => toItem(item));
    const both = interceptTable(table, (command) =>
      command === 'QueryCommand' && one && other ? { Items: [one, other] } : undefined,
    );
    expect(await firstInOrder(both, indexes.traces, ['HOUR#x'], 5)).toHaveLength(2);
  });

  it('reads two pages at most and a shard’s rest, and one shard no more than before there were any', async () => {
    const hour = anHour();
    const of = async (shards: number) => {
      const counted = { queries: 0, rows: 0 };
      const spread: Table = { ...table, shards };
      await batchPut(
        spread,
        Array.from({ length: 300 }, (_, name) => itemOf(`${hour}-${shards}`, name, name % 100)),
      );
      const counting = interceptTable(spread, (command, input) => {
        if (command !== 'QueryCommand') return;
        counted.queries += 1;
        counted.rows += Number(Object(input).Limit);
      });
      expect(await firstInOrder(counting, indexes.traces, [`${hour}-${shards}`], 26)).toHaveLength(26);
      return counted;
    };
    expect(await of(1)).toEqual({ queries: 1, rows: 26 });
    const { queries, rows } = await of(4);
    expect(queries).toBeLessThanOrEqual(5);
    expect(rows).toBeLessThanOrEqual(65);
  });
});

describe('what was written under fewer shards, or before there were any', () => {
  const period = { from: '2020-02-01T08:00:00.000Z', to: '2020-02-01T10:00:00.000Z' };

  async function aCase(written: Table, hub: PartyId, minute: number, ended: boolean): Promise<Case> {
    const at = instant(Date.parse(period.from) + minute * 60_000);
    const id = newCaseId('need');
    const way = ended ? { stage: 'withdrawn', closedAt: at } : {};
    const subject = Case.parse({
      ...aNeed(),
      ...way,
      id,
      hub,
      version: 1,
      submittedAt: at,
      entered: { at, version: 1 },
    });
    const task = {
      ...{
        status: 'open' as const,
        id: taskIdFor(subject),
        caseId: id,
        kind: subject.kind,
        hub,
        stage: 'verifying' as const,
      },
      assignee: { type: 'party' as const, party: hub, roles: ['coordinator' as const] },
      ...{ outcomes: [...outcomesOf('need', 'verifying')], openedAt: at, dueAt: at, round: 0, organization: '某医院' },
    };
    await transact(written, [
      ...creation(written, subject, { ...submitted(subject, { type: 'applicant' }), at }),
      ...(ended ? [] : [opening(written, task)]),
    ]);
    return subject;
  }

  it('is found wherever cases, tasks and what happened are looked for, after the number grew', async () => {
    const hub = PartyId.parse('grown');
    const all: Case[] = [];
    for (const [round, shards] of [8, 2, 1].entries())
      for (let minute = 0; minute < 8; minute++)
        all.push(await aCase({ ...table, shards }, hub, minute * 3 + round, minute % 4 === 3));
    const grown: Table = { ...table, shards: 8 };
    const open = all.filter(({ stage }) => stage === 'verifying');
    const ended = all.filter(({ stage }) => stage === 'withdrawn');
    const byTime = (some: readonly Case[]) =>
      some.toSorted((a, b) => (a.entered.at < b.entered.at ? -1 : 1)).map(({ id }) => id);

    const listed: CaseId[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await listCases(grown, { as: 'hub', party: hub, kind: 'need', limit: 5, cursor });
      listed.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      more = cursor !== undefined;
    }
    expect(listed).toEqual([...byTime(open), ...byTime(ended)]);
    const tasks = await inbox(grown, { party: hub, roles: ['lead'] }, undefined, 100);
    expect(tasks.items.map(({ caseId }) => caseId)).toEqual(byTime(open));
    const happened: unknown[] = [];
    for await (const page of chainedIn(grown, period)) happened.push(...page.map(({ caseId }) => caseId));
    expect(happened).toEqual(byTime(all));
    const numbered: CaseId[] = [];
    for await (const ids of caseIdsOf(grown, hub, 'need')) numbered.push(...ids);
    expect(numbered.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    const swept: CaseId[] = [];
    for await (const page of openCasesSince(grown, { hub, ...period })) swept.push(...page.map(({ id }) => id));
    expect(swept).toEqual(byTime(open));
    expect(await countOpen(grown, hub, 'need')).toEqual({
      stages: [{ kind: 'need', stage: 'verifying', count: open.length, since: period.from }],
      whole: true,
    });
    const wanted = { hub, kind: 'need' as const, after: {}, until: period.to };
    const gone: CaseId[] = [];
    for await (const { ids } of endedCases(grown, { ...wanted, most: 4 })) gone.push(...ids.map(({ id }) => id));
    expect(gone).toEqual(byTime(ended).slice(0, 4));
    expect(await oldestEnded(grown, wanted)).toBe(ended.map(({ entered }) => entered.at).toSorted()[0]);
  });

  it('lies in its shard of today when it is written the next time, and nobody who reads it sees the difference', async () => {
    const hub = PartyId.parse('moving');
    const before: Table = { ...table, shards: 1 };
    const cases = await Promise.all(Array.from({ length: 12 }, (_, minute) => aCase(before, hub, minute, false)));
    const hubKey = indexKeys.cases(hub, 'need');
    const keysOf = async () => {
      const shards = everyShardOf(hubKey, table.shards);
      const found = await Promise.all(shards.map((key) => firstInOrder(before, indexes.hubCases, [key], 100)));
      return found.map((items) => items.length);
    };
    expect(await keysOf()).toEqual([12, 0, 0, 0]);
    for (const { id } of cases) {
      const item = await get(before, keys.case(id));
      if (item) await save(table, item);
    }
    const spread = await keysOf();
    expect(spread.reduce((sum, some) => sum + some)).toBe(12);
    expect(spread.filter((some) => some > 0).length).toBeGreaterThan(1);
    const found = await firstInOrder(table, indexes.hubCases, [hubKey], 100);
    expect(found.map((item) => item.hubPk)).toEqual(found.map(() => hubKey));
    const { items } = await listCases(table, { as: 'hub', party: hub, kind: 'need', limit: 100 });
    expect(items.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
  });
});
