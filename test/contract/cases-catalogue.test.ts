import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeProgramme, createProgramme, makeOffer, programmeOr404 } from '../../shared/case/catalogue.ts';
import { planImport, readImport, startImport } from '../../shared/case/import.ts';
import { newSlug, ProgrammeId, type Slug } from '../../shared/domain/ids.ts';
import { rowName } from '../../shared/jobs/row-name.ts';
import { sumsOf } from '../../shared/jobs/sums.ts';
import { planNeedsImport } from '../../shared/kinds/need/import/plan-needs-import.ts';
import { readSheets } from '../../shared/spreadsheet/index.ts';
import { casesOfOrganization, readCase } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { rowsNamed } from '../../shared/store/job-rows.ts';
import { listOffers } from '../../shared/store/offers.ts';
import { carryOn } from '../engine/carry-on.ts';
import { contentsOf } from '../engine/contents.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { workedOn } from '../engine/jobs-work.ts';
import { answerWith, day, openProgramme, person } from '../factory/hub.ts';

let stand: HubStand;
let engine: HubStand['engine'];
let hub: Hub;
beforeAll(async () => {
  stand = await startHub();
  ({ engine, hub } = stand);
});
afterAll(() => stand.stop());

const programme = {
  name: '资助',
  purpose: '支持',
  ceiling: 1000,
  budget: 5000,
  secondApprovalAbove: 500,
  closesOn: day(5),
};

describe('a programme', () => {
  it('is published once under an idempotency key, also with an id of its own and at the same moment', async () => {
    for (const body of [programme, { ...programme, id: 'own-id' }]) {
      const once = { scope: 'member x', key: JSON.stringify(body), request: body };
      const make = () => createProgramme(hub, body, person('funder-approver'), once);
      const made = [...(await Promise.all([make(), make(), make()])), await make()];
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(made[0]).toMatchObject({ available: 5000, funder: 'river-foundation' });
    }
    await expect(createProgramme(hub, { ...programme, id: 'own-id' }, person('funder-approver'))).rejects.toMatchObject(
      {
        code: 'already-exists',
      },
    );
  });

  it.each(['new', 'close', 'constructor', 'prototype'])('is not called %s, as pages and objects are', async (id) => {
    await expect(createProgramme(hub, { ...programme, id }, person('funder-approver'))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/id' }],
    });
  });

  it('is refused with a wrong field, and to whoever may not publish; nothing is stored', async () => {
    const before = await contentsOf(engine.table);
    const create = (changes: object, who = 'funder-approver') =>
      createProgramme(hub, { ...programme, ...changes }, person(who));
    await expect(create({ closesOn: day(-1) })).rejects.toMatchObject({
      fields: [{ pointer: '/closesOn', code: 'in-the-past' }],
    });
    await expect(create({ ceiling: 5001 })).rejects.toMatchObject({
      fields: [{ pointer: '/ceiling', code: 'too-big' }],
    });
    for (const who of ['funder-reviewer', 'hub-lead', 'insurer']) {
      await expect(create({}, who)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await contentsOf(engine.table)).toEqual(before);
  });

  it('is closed by its funder only', async () => {
    const { id } = await openProgramme(hub);
    await expect(closeProgramme(hub, id, person('other-funder-approver'))).rejects.toMatchObject({ code: 'forbidden' });
    expect((await closeProgramme(hub, id, person('funder-approver'))).closedAt).toBeDefined();
    await expect(programmeOr404(hub, ProgrammeId.parse('nothing'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('an offer', () => {
  it('is made once under an idempotency key, and not for a day that is over', async () => {
    const body = { title: '口罩', itemGroup: 'masks', amount: 100 };
    const once = { scope: 'member x', key: 'offer', request: body };
    const make = () => makeOffer(hub, body, person('funder-approver'), once);
    const made = [...(await Promise.all([make(), make(), make()])), await make()];
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await listOffers(engine.table)).filter(({ id }) => id === made[0]?.id)).toMatchObject([{ available: 100 }]);
    await expect(makeOffer(hub, { ...body, expiresOn: day(-1) }, person('funder-approver'))).rejects.toMatchObject({
      fields: [{ pointer: '/expiresOn', code: 'in-the-past' }],
    });
  });
});

describe('an import', () => {
  const sheet = (quantity: string, name = '甲医院') =>
    new TextEncoder().encode(
      `单位,区,物资,数量\n${name},青山区,口罩,${quantity}\n${name},青山区,手套,待定\n乙社区${name},青山区,消毒液,7\n,青山区,口罩,1\n`,
    );
  const coordinator = person('hub-coordinator');
  const doing = { member: coordinator, door: 'api' } as const;
  /** Has a planned import done; what its rows came to. */
  const runOf = async (id: Slug) => {
    const job = await workedOn(hub, (await startImport(hub, doing, id)).id);
    const { done, noted, refused, failed, troubled } = await sumsOf(hub.table, job);
    expect(failed).toBe(0);
    const rows = await rowsNamed(hub.table, job.id, troubled);
    const changed = await Promise.all(
      rows.map(async (row) => ({ name: await rowName(hub.table, 'import-needs', row), result: row.result })),
    );
    return { created: done - noted, skipped: noted, refused, changed };
  };
  const run = async (bytes: Uint8Array) => runOf((await planImport(hub, coordinator, bytes)).id);

  it('says what it will make, and makes nothing before it is run', async () => {
    const cases = async () => (await contentsOf(engine.table)).filter(({ entity }) => entity === 'case').length;
    const before = await cases();
    const plan = await planImport(hub, coordinator, sheet('100', '丙医院'));
    expect(plan.totals).toEqual({ rows: 4, needs: 2, lines: 3, unknownLines: 1, pieces: 107, rejected: 1 });
    expect(plan.rejected).toMatchObject([{ line: 5, code: 'organization-missing' }]);
    expect(await readImport(hub, coordinator, plan.id)).toMatchObject({ totals: plan.totals, rejected: plan.rejected });
    expect(await cases()).toBe(before);
  });

  it('makes each need once, however often it is run and read, also at the same moment', async () => {
    const { id } = await planImport(hub, coordinator, sheet('100'));
    const runs = await Promise.all([runOf(id), runOf(id), run(sheet('100'))]);
    // the first two are one job
    expect(runs[0]?.created).toBe(runs[1]?.created);
    expect((runs[0]?.created ?? 0) + (runs[2]?.created ?? 0)).toBe(2);
    for (const one of runs) expect(one.changed).toEqual([]);
    expect(await run(sheet('100'))).toMatchObject({ created: 0, skipped: 2, changed: [] });
    expect(await casesOfOrganization(engine.table, '甲医院')).toHaveLength(1);
  });

  it('tells of a sheet that asks for something else while the need of the earlier one is open, and makes nothing', async () => {
    await run(sheet('5', '丁医院'));
    const [first] = await casesOfOrganization(engine.table, '丁医院');
    expect(await run(sheet('6', '丁医院'))).toMatchObject({
      created: 0,
      skipped: 1,
      changed: [{ name: '丁医院 · 青山区', result: { code: 'already-exists', caseId: first?.id } }],
    });
  });

  it('makes a new need when the earlier one has ended, and still nothing twice of either sheet', async () => {
    await run(sheet('5', '戊医院'));
    const [first] = await casesOfOrganization(engine.table, '戊医院');
    if (!first) throw new Error('nothing was made');
    await answerWith(hub, await carryOn(hub, first.id), { outcome: 'rejected', reason: '重复' });
    expect(await run(sheet('5', '戊医院'))).toMatchObject({ created: 0, skipped: 2 });
    expect(await run(sheet('6', '戊医院'))).toMatchObject({ created: 1, skipped: 1 });
    for (const quantity of ['5', '6']) expect(await run(sheet(quantity, '戊医院'))).toMatchObject({ created: 0 });
    expect((await readCase(engine.table, first.id))?.stage).toBe('rejected');
  });

  it('remembers what it made for longer than requests are remembered', async () => {
    const records = (await contentsOf(engine.table)).filter(({ entity }) => entity === 'imported');
    expect(records.length).toBeGreaterThan(0);
    for (const record of records) expect(record).not.toHaveProperty('expires');
  });

  it('keeps nothing in clear by which names and telephone numbers could be guessed', async () => {
    const row = ['庚医院', '青山区', '口罩', '9', '标记甲', '13900077001'];
    const bytes = new TextEncoder().encode(`单位,区,物资,数量,联系人,电话\n${row.join()}\n`);
    const [planned] = planNeedsImport((await readSheets(bytes)).sheets, { today: '2020-02-01' }).needs;
    expect(planned?.contentKey).toContain('13900077001');
    await run(bytes);
    const guessed = createHash('sha256')
      .update(planned?.contentKey ?? '')
      .digest('base64url');
    expect(JSON.stringify(await contentsOf(engine.table))).not.toContain(guessed.slice(0, 22));
  });

  it('makes every need of a large sheet, and reports a need that is larger than can be kept instead of stopping at it', async () => {
    const rows = Array.from({ length: 90 }, (_, index) => `第${index}医院,青山区,口罩,${index + 1}`);
    const large = Array.from(
      { length: 190 },
      (_, index) => `大医院,青山区,${'口'.repeat(110)}${index},${'规'.repeat(290)},1`,
    );
    const bytes = new TextEncoder().encode(
      `单位,区,物资,规格,数量\n${rows.map((row) => row.replace(',口罩,', ',口罩,,')).join('\n')}\n${large.join('\n')}\n`,
    );
    const plan = await planImport(hub, coordinator, bytes);
    expect(plan.totals).toMatchObject({ needs: 90, rejected: 190 });
    expect(await runOf(plan.id)).toMatchObject({ created: 90, skipped: 0, changed: [] });
  });

  it('is a coordinator’s, and its plan is seen in their own hub only', async () => {
    const { id } = await planImport(hub, coordinator, sheet('1'));
    await expect(planImport(hub, person('insurer'), sheet('1'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(readImport(hub, person('funder-approver'), id)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(startImport(hub, doing, newSlug())).rejects.toMatchObject({ code: 'not-found' });
  });
});
