import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submitCase } from '../../shared/case/submit.ts';
import { type CaseId, newCaseId, PartyId, taskIdFor } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/party.ts';
import type { OpenTask } from '../../shared/domain/task.ts';
import { instant } from '../../shared/domain/time.ts';
import { advance } from '../../shared/kinds/advance.ts';
import { Case } from '../../shared/kinds/case.ts';
import { submitted as submittedEvent } from '../../shared/kinds/intake.ts';
import { outcomesOf } from '../../shared/kinds/lifecycle.ts';
import {
  casesOfOrganization,
  creation,
  listCases,
  openCasesSince,
  readCase,
  readCaseFile,
  readCases,
  replacement,
} from '../../shared/store/cases.ts';
import { keys } from '../../shared/store/keys.ts';
import { ConditionFailed, toItem, transact } from '../../shared/store/table.ts';
import { inbox, opening, readTasks } from '../../shared/store/tasks.ts';
import { type Engine, startEngine } from '../engine/engine.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { useMacService } from '../engine/mac-service.ts';
import { aNeed } from '../factory/cases.ts';
import { aHub, submitted } from '../factory/hub.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  await useMacService();
});
afterAll(() => engine.stop());

let parties = 0;
/** A party that no other test knows. */
function aParty(): PartyId {
  parties += 1;
  return PartyId.parse(`party-${parties}`);
}

async function kept(changes: object = {}): Promise<Case> {
  const subject = Case.parse({ ...aNeed('verifying'), id: newCaseId('need'), version: 1, ...changes });
  await transact(engine.table, creation(engine.table, subject, submittedEvent(subject, { type: 'applicant' })));
  const stored = await readCase(engine.table, subject.id);
  if (!stored) throw new Error('not kept');
  return stored;
}

function screened(before: Case) {
  const change = advance(before, 'screen', instant(Date.now()));
  if (!change) throw new Error('not submitted');
  return replacement(engine.table, before, change.after, change.event);
}

describe('a case in the table', () => {
  it('comes back as it was written, with its events in order and its tasks', async () => {
    const subject = await kept({ stage: 'submitted', version: 1 });
    await transact(engine.table, screened(subject));
    const file = await readCaseFile(engine.table, subject.id);
    expect(file?.subject).toMatchObject({ id: subject.id, stage: 'screening', version: 2 });
    expect(file?.events.map((event) => event.version)).toEqual([1, 2]);
    expect(file?.tasks).toEqual([]);
  });

  it('is changed only from the version that was read: the second of two writers is refused with what is there', async () => {
    const subject = await kept({ stage: 'submitted' });
    await transact(engine.table, screened(subject));
    const failed = await transact(engine.table, screened(subject)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ConditionFailed);
    expect(failed).toMatchObject({ index: 0, item: { entity: 'case', version: 2 } });
    expect((await readCaseFile(engine.table, subject.id))?.events).toHaveLength(2);
  });

  it('is not made over one that has its number', async () => {
    const subject = await kept();
    await expect(kept({ id: subject.id })).rejects.toBeInstanceOf(ConditionFailed);
  });

  it('is found among many by number, each once and in the order asked for; unknown numbers are left out', async () => {
    const [first, second] = [await kept(), await kept()];
    const found = await readCases(engine.table, [second.id, newCaseId('need'), first.id]);
    expect(found.map((subject) => subject.id)).toEqual([second.id, first.id]);
    expect(await readCases(engine.table, [first.id, first.id])).toHaveLength(2);
    expect(await readCase(engine.table, newCaseId('need'))).toBeUndefined();
  });

  it('is found by its organization whatever the spelling, newest first', async () => {
    const older = await kept({ organization: '某某（江城）医院', submittedAt: '2020-02-01T08:00:00.000Z' });
    const newer = await kept({ organization: '某某(江城) 医院', submittedAt: '2020-02-02T08:00:00.000Z' });
    const found = await casesOfOrganization(engine.table, '某某(江城)医院');
    expect(found.map((subject) => subject.id)).toEqual([newer.id, older.id]);
  });
});

describe('a list of cases', () => {
  const stages = ['verifying', 'matching'] as const;

  async function aList(hub: PartyId, count: number): Promise<CaseId[]> {
    const ids: CaseId[] = [];
    for (let index = 0; index < count; index++) {
      const stage = stages[index % 2] ?? 'verifying';
      // several entered their stage in the same moment
      const at = instant(Date.parse('2020-02-01T08:00:00.000Z') + Math.floor(index / 3) * 1000);
      ids.push((await kept({ hub, stage, entered: { at, version: 1 } })).id);
    }
    return ids;
  }

  async function allPages(wanted: Parameters<typeof listCases>[1]): Promise<{ ids: string[]; pages: number }> {
    const ids: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await listCases(engine.table, { ...wanted, cursor });
      expect(page.items.length).toBeLessThanOrEqual(wanted.limit ?? 25);
      ids.push(...page.items.map((subject) => subject.id));
      cursor = page.nextCursor ?? undefined;
      pages += 1;
    } while (cursor);
    return { ids, pages };
  }

  it('gives each case once, page by page, whatever the size of a page', async () => {
    const hub = aParty();
    const all = await aList(hub, 17);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.constantFrom(undefined, ...stages), async (limit, stage) => {
        const { ids, pages } = await allPages({ as: 'hub', party: hub, kind: 'need', stage, limit });
        const expected = stage ? all.filter((_, index) => stages[index % 2] === stage) : all;
        expect(ids.toSorted()).toEqual(expected.toSorted());
        expect(pages).toBe(Math.ceil(expected.length / limit));
      }),
      { numRuns: 12 },
    );
  });

  it('is of the asking party: the cursor of another party leads to nothing of theirs', async () => {
    const [mine, theirs] = [aParty(), aParty()];
    const own = await aList(mine, 4);
    const foreign = await aList(theirs, 4);
    const { nextCursor } = await listCases(engine.table, { as: 'hub', party: theirs, kind: 'need', limit: 1 });
    const page = await listCases(engine.table, { as: 'hub', party: mine, kind: 'need', cursor: nextCursor ?? '' });
    for (const { id } of page.items) {
      expect(own).toContain(id);
      expect(foreign).not.toContain(id);
    }
  });

  it('refuses what is no cursor, or that of another list', async () => {
    const hub = aParty();
    await aList(hub, 4);
    const first = await listCases(engine.table, { as: 'hub', party: hub, kind: 'need', stage: 'matching', limit: 1 });
    const refused = { code: 'invalid', fields: [{ pointer: '/cursor', code: 'not-a-cursor' }] };
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of [
      'x',
      encoded({}),
      encoded({ after: 'x' }),
      encoded({ after: 'verifying#2020-02-01T08:00:00.000Z#NOOOOOOOOO' }),
      encoded({ pk: 'CASE#N', sk: 'CASE' }),
      encoded([1]),
    ]) {
      await expect(listCases(engine.table, { as: 'hub', party: hub, kind: 'need', cursor })).rejects.toMatchObject(
        refused,
      );
      if (cursor !== encoded({})) continue;
      await expect(inbox(engine.table, { party: hub, roles: ['lead'] }, cursor)).rejects.toMatchObject(refused);
    }
    const cursor = first.nextCursor ?? '';
    await expect(
      listCases(engine.table, { as: 'hub', party: hub, kind: 'need', stage: 'verifying', cursor }),
    ).rejects.toMatchObject(refused);
    await expect(inbox(engine.table, { party: hub, roles: ['lead'] }, cursor)).rejects.toMatchObject(refused);
  });

  it('shows a donor only what it has part in now', async () => {
    const donor = aParty();
    const subject = await kept({ stage: 'approving', donor: { party: donor, name: '捐' } });
    const list = () => listCases(engine.table, { as: 'partner', party: donor, kind: 'need' });
    expect((await list()).items).toMatchObject([{ id: subject.id }]);
    expect((await listCases(engine.table, { as: 'partner', party: aParty(), kind: 'need' })).items).toEqual([]);
  });

  it('shows nothing that is no longer the party’s or no longer in the stage, while the index still says so', async () => {
    const [hub, donor] = [aParty(), aParty()];
    const given = await kept({ hub, stage: 'approving', donor: { party: aParty(), name: '别人' } });
    const table = interceptTable(engine.table, (command) =>
      command === 'QueryCommand' ? { Items: [toItem({ ...keys.case(given.id) })] } : undefined,
    );
    expect((await listCases(table, { as: 'partner', party: donor, kind: 'need' })).items).toEqual([]);
    expect((await listCases(table, { as: 'hub', party: hub, kind: 'need', stage: 'matching' })).items).toEqual([]);
    expect((await listCases(table, { as: 'hub', party: hub, kind: 'need', stage: 'approving' })).items).toHaveLength(1);
  });

  it('gives the sweep every open case that came to a stage in a period, more than one page of them', async () => {
    const hub = aParty();
    const moments = Array.from({ length: 230 }, (_, index) =>
      instant(Date.parse('2020-02-01T00:00:00.000Z') + index * 60_000),
    );
    await Promise.all(moments.map((at) => kept({ hub, entered: { at, version: 1 } })));
    const [at] = moments.slice(50);
    await kept({ hub, stage: 'withdrawn', entered: { at, version: 1 }, closedAt: at });
    const found: string[] = [];
    const period = { from: moments[10] ?? '', to: moments[219] ?? '' };
    for await (const page of openCasesSince(engine.table, { hub, ...period })) {
      expect(page.length).toBeLessThanOrEqual(100);
      found.push(...page.map((subject) => subject.entered.at));
    }
    expect(found).toEqual(moments.slice(10, 219));
  });
});

describe('an inbox', () => {
  function aTask(party: PartyId, role: Role, dueAt: string): OpenTask {
    const caseId = newCaseId('need');
    return {
      status: 'open',
      id: taskIdFor({ id: caseId, entered: { version: 3 } }),
      caseId,
      kind: 'need',
      hub: party,
      stage: 'verifying',
      assignee: { type: 'party', party, roles: [role] },
      outcomes: [...outcomesOf('need', 'verifying')],
      openedAt: '2020-02-01T08:00:00.000Z',
      dueAt,
      round: 0,
      organization: '某医院',
    };
  }

  it('has the open tasks of all desks of a member once, soonest due first, whatever the size of a page', async () => {
    const roles: Role[] = ['reviewer', 'approver', 'finance'];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), fc.nat(5)), { maxLength: 14 }),
        fc.integer({ min: 1, max: 6 }),
        async (drawn, limit) => {
          const party = aParty();
          const tasks = drawn.map(([role, minute]) =>
            aTask(party, roles[role] ?? 'finance', instant(Date.parse('2020-02-01T08:00:00.000Z') + minute * 60_000)),
          );
          await Promise.all(tasks.map((task) => transact(engine.table, [opening(engine.table, task)])));
          const seen: OpenTask[] = [];
          let cursor: string | undefined;
          do {
            const page = await inbox(engine.table, { party, roles }, cursor, limit);
            seen.push(...page.items);
            cursor = page.nextCursor ?? undefined;
          } while (cursor);
          expect(seen.map((task) => task.id).toSorted()).toEqual(tasks.map((task) => task.id).toSorted());
          expect(seen.map((task) => task.dueAt)).toEqual(tasks.map((task) => task.dueAt).toSorted());
        },
      ),
      { numRuns: 10 },
    );
  });

  it('is one for coordinators and leads, and nobody else’s', async () => {
    const party = aParty();
    const task = { ...aTask(party, 'coordinator', '2020-02-01T08:00:00.000Z') };
    await transact(engine.table, [
      opening(engine.table, { ...task, assignee: { type: 'party', party, roles: ['coordinator', 'lead'] } }),
    ]);
    expect((await inbox(engine.table, { party, roles: ['lead'] })).items).toHaveLength(1);
    expect((await inbox(engine.table, { party, roles: ['coordinator', 'lead'] })).items).toHaveLength(1);
    expect((await inbox(engine.table, { party, roles: ['reviewer'] })).items).toEqual([]);
    expect((await inbox(engine.table, { party: aParty(), roles: ['lead'] })).items).toEqual([]);
  });

  it('has no applicant’s tasks, which no member may answer', async () => {
    const party = aParty();
    const task: OpenTask = {
      ...aTask(party, 'coordinator', '2020-02-01T08:00:00.000Z'),
      assignee: { type: 'applicant' },
    };
    await transact(engine.table, [opening(engine.table, task)]);
    expect((await inbox(engine.table, { party, roles: ['coordinator'] })).items).toEqual([]);
    expect(await readTasks(engine.table, [task.id])).toEqual([task]);
  });
});

describe('a submission', () => {
  it('is in the hub’s list and in its partner’s', async () => {
    const hub = await aHub(engine.table);
    const subject = await submitted(hub, 'need');
    const list = await listCases(engine.table, { as: 'hub', party: hub.hub, kind: 'need', stage: 'submitted' });
    expect(list.items.map(({ id }) => id)).toContain(subject.id);
    await expect(submitCase(hub, 'need', { body: {} })).rejects.toMatchObject({ code: 'invalid' });
  });
});
