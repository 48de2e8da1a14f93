import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameStandIn, revokeStandIn, standInBoard } from '../../shared/answering/stand-ins.ts';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { secretOf } from '../../shared/case/track.ts';
import { MemberId, ProgrammeId } from '../../shared/domain/ids.ts';
import type { Member } from '../../shared/domain/party.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { keys } from '../../shared/store/keys.ts';
import { membershipsOf, saveMember } from '../../shared/store/parties.ts';
import { readProgramme } from '../../shared/store/programmes.ts';
import { batchDelete } from '../../shared/store/table.ts';
import { demoProgramme, submissionOf } from '../engine/walk.ts';
import { day, taskOf } from '../factory/hub.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
});
afterAll(() => stand.stop());

/** How often a race is run: who is first differs. */
const times = [1, 2, 3, 4];
const approve = { outcome: 'approved' };
/** What each of the applications asks for, and what the programmes here have; in fen. */
const asked = 1_200_000;
const budget = 60_000_000;

async function member(person: string): Promise<Member> {
  const [found] = await membershipsOf(stand.hub.table, MemberId.parse(person));
  if (!found) throw new Error(`${person} is a member of nothing`);
  return found;
}
const acting = async (person: string) => ({ type: 'member', member: await member(person) }) as const;

let programmes = 0;

/** A programme of its own for each race, so that its budget tells what was reserved. */
async function aProgramme(changes: object = {}): Promise<string> {
  const id = `race-${++programmes}`;
  await createProgramme(stand.hub, demoProgramme({ id, ...changes }), await member('funder-approver'));
  return id;
}
const available = async (programme: string) =>
  (await readProgramme(stand.hub.table, ProgrammeId.parse(programme)))?.available;

async function aGrant(programme: string): Promise<Case> {
  const { subject } = await submitCase(stand.hub, 'grant', {
    body: submissionOf('grant', { programme, organization: `竞争示例 ${programme}` }),
  });
  const reviewing = await stand.carryOn(subject.id);
  const body = { outcome: 'recommended', score: 90 };
  await decideTask(stand.hub, taskOf(reviewing), body, await acting('funder-reviewer'));
  return stand.carryOn(subject.id);
}

/** A page that is open: what is sent when its button is pressed. */
async function openPage(person: string, subject: Case, language = 'zh') {
  const reader = await stand.as(person, language);
  await reader.get(`/console/cases/${subject.id}`);
  return {
    reader,
    press: (outcome = 'approved', fields: Readonly<Record<string, string>> = {}) =>
      reader.post(`/console/cases/${subject.id}`, { task: taskOf(subject), outcome, ...fields }),
  };
}
const call = (person: string, subject: Case, body: object = approve) =>
  stand.api('POST', `/tasks/${taskOf(subject)}/decision`, { as: person, body });
const file = async (subject: Case) => {
  const found = await readCaseFile(stand.hub.table, subject.id);
  if (!found) throw new Error('the case is gone');
  return found;
};

describe('two approvals at once', () => {
  it.each(times)(
    'from two people, one on a page and one by the API: one counts, the other is told who was first (%i)',
    async () => {
      const programme = await aProgramme();
      const subject = await aGrant(programme);
      const page = await openPage('funder-approver', subject, 'en');
      const [seen, got] = await Promise.all([page.press(), call('funder-second-approver', subject)]);
      const pageWon = seen.status === 303;
      expect([seen.status, got.status]).toEqual(pageWon ? [303, 409] : [409, 200]);
      const said = pageWon ? got.text : seen.html;
      expect(said).toContain(pageWon ? 'Name of funder-approver' : 'Name of funder-second-approver decided this');
      const { subject: after } = await file(subject);
      expect(after.decisions.filter(({ outcome }) => outcome === 'approved')).toHaveLength(1);
      expect(await available(programme)).toBe(budget - asked);
    },
  );

  it.each(times)(
    'from one person in two windows count as one, and they do not give the second approval either (%i)',
    async () => {
      const programme = await aProgramme({ secondApprovalAbove: 100_000 });
      const subject = await aGrant(programme);
      const page = await openPage('funder-approver', subject);
      const [seen, got] = await Promise.all([page.press(), call('funder-approver', subject)]);
      expect([seen.status, got.status].sort()).toEqual(seen.status === 303 ? [303, 409] : [200, 409]);
      const second = await stand.carryOn(subject.id);
      expect(second.stage).toBe('second-approval');
      const again = await openPage('funder-approver', second, 'en');
      const both = await Promise.all([again.press(), call('funder-approver', second)]);
      expect(both.map(({ status }) => status)).toEqual([403, 403]);
      expect(both[0].html).toContain('Each approval must come from a different person');
      expect((await file(subject)).subject.stage).toBe('second-approval');
      expect((await call('funder-second-approver', second)).status).toBe(200);
    },
  );
});

describe('an approval while the applicant withdraws', () => {
  it.each(times)('is one or the other, and the money follows it (%i)', async () => {
    const programme = await aProgramme();
    const subject = await aGrant(programme);
    const page = await openPage('funder-approver', subject);
    const secret = await secretOf(stand.hub, subject);
    const [seen, got] = await Promise.all([
      page.press(),
      stand.api('POST', `/track/${secret}/withdrawal`, { body: { reason: '已从别处得到' } }),
    ]);
    const after = (await file(subject)).subject;
    // an application that was approved a moment before can still be withdrawn, and gives its money back
    const history = after.decisions.map(({ outcome }) => outcome).slice(1);
    if (after.stage === 'withdrawn') {
      expect(await available(programme)).toBe(budget);
      expect(history).toEqual(seen.status === 303 ? ['approved', 'withdrawn'] : ['withdrawn']);
      if (seen.status !== 303) {
        expect(seen.status).toBe(409);
        expect(seen.html).toMatch(/已由 申请方 于 .* 处理：撤回|状态已经变化/);
      }
    } else {
      expect([after.stage, seen.status, got.status]).toEqual(['agreement', 303, 409]);
      expect(await available(programme)).toBe(budget - asked);
    }
  });
});

describe('a removed member with an open page', () => {
  const remove = ({ id, party }: Member) =>
    batchDelete(stand.hub.table, [keys.member(id, party), keys.memberOfParty(party, id)]);

  it('decides nothing, on the page and by the API', async () => {
    const subject = await aGrant(await aProgramme());
    const approver = await member('funder-second-approver');
    const page = await openPage('funder-second-approver', subject);
    const before = await file(subject);
    await remove(approver);
    const [seen, got] = await Promise.all([page.press(), call('funder-second-approver', subject)]);
    expect(seen.status).toBe(403);
    expect(got.status).toBe(403);
    expect(await file(subject)).toEqual(before);
    // and who got past the door a moment before meets the same wall in the transaction
    const late = decideTask(stand.hub, taskOf(subject), approve, { type: 'member', member: approver });
    await expect(late).rejects.toMatchObject({ code: 'membership-ended' });
    await saveMember(stand.hub.table, { ...approver, roles: ['finance'] });
    const changed = decideTask(stand.hub, taskOf(subject), approve, { type: 'member', member: approver });
    await expect(changed).rejects.toMatchObject({ code: 'membership-ended' });
    expect(await file(subject)).toEqual(before);
    await saveMember(stand.hub.table, approver);
  });

  it.each(times)('is removed at the moment of their decision: it is written before, or not at all (%i)', async () => {
    const subject = await aGrant(await aProgramme());
    const approver = await member('funder-second-approver');
    const page = await openPage('funder-second-approver', subject);
    const [seen] = await Promise.all([page.press(), remove(approver)]);
    const after = (await file(subject)).subject;
    expect([seen.status, after.stage]).toEqual(seen.status === 303 ? [303, 'agreement'] : [403, 'approving']);
    await saveMember(stand.hub.table, approver);
  });
});

describe('an interest that is declared at the moment of the decision', () => {
  it.each(times)('is before it, and nothing is decided, or after it (%i)', async () => {
    const subject = await aGrant(await aProgramme());
    const page = await openPage('funder-approver', subject, 'en');
    const other = page.reader.clone();
    await other.get(`/console/cases/${subject.id}`);
    const [seen] = await Promise.all([
      page.press(),
      other.post(`/console/cases/${subject.id}/interest`, { reason: 'money' }),
    ]);
    const { events } = await file(subject);
    const ours = events.filter(({ by }) => by.type === 'member' && by.member === 'funder-approver');
    const kinds = ours.map((event) => ('on' in event ? event.on : event.type));
    if (seen.status === 303) expect(kinds).toEqual(['approved', 'interest-declared']);
    else {
      expect(seen.status).toBe(403);
      expect(seen.html).toContain('have an interest in this case');
      expect(kinds).toEqual(['interest-declared']);
    }
  });
});

describe('a stand-in who is revoked at the moment of the decision', () => {
  it.each(times)('has decided before, or decides nothing (%i)', async () => {
    const subject = await aGrant(await aProgramme());
    const approver = await acting('funder-approver');
    const { colleagues } = await standInBoard(stand.hub.table, approver);
    const standIn = colleagues.find(({ name }) => name === 'Name of funder-finance')?.id;
    const naming = { standIn, from: day(0), to: day(1) };
    const id = await nameStandIn(stand.hub.table, naming, approver, 'console');
    const page = await openPage('funder-finance', subject);
    const [seen] = await Promise.all([page.press(), revokeStandIn(stand.hub.table, id, approver, 'console')]);
    const after = (await file(subject)).subject;
    if (seen.status === 303) {
      expect(after.decisions.at(-1)).toMatchObject({
        name: 'Name of funder-finance',
        inPlaceOf: 'Name of funder-approver',
      });
    } else expect([seen.status, after.stage]).toEqual([403, 'approving']);
    expect((await call('funder-finance', subject)).status).not.toBe(200);
  });
});

describe('a programme’s budget, with many approvals at once', () => {
  it('is given out to the last yuan and not beyond it, by pages and API alike, and who is late is told what is left', async () => {
    const programme = await aProgramme({ budget: 5 * asked + 100_000 });
    const cases: Case[] = [];
    for (let index = 0; index < 9; index++) cases.push(await aGrant(programme));
    const pages = await Promise.all(
      cases.slice(0, 4).map((subject, index) => openPage(index % 2 ? 'funder-approver' : 'many-roles', subject)),
    );
    const [seen, got] = await Promise.all([
      Promise.all(pages.map((page) => page.press())),
      Promise.all(cases.slice(4).map((subject) => call('funder-second-approver', subject))),
    ]);
    const statuses = [...seen, ...got].map(({ status }) => status);
    expect(statuses.filter((status) => status === 303 || status === 200)).toHaveLength(5);
    expect(statuses.filter((status) => status === 409 || status === 422)).toHaveLength(4);
    for (const { status, html } of seen) if (status !== 303) expect(html).toContain('项目余额只剩 1,000.00 元');
    for (const { status, text } of got) if (status !== 200) expect(text).toContain('1,000');
    expect(await available(programme)).toBe(100_000);
    const stages = await Promise.all(cases.map(async (subject) => (await file(subject)).subject.stage));
    expect(stages.filter((stage) => stage === 'agreement')).toHaveLength(5);
    expect(stages.filter((stage) => stage === 'approving')).toHaveLength(4);
  });
});
