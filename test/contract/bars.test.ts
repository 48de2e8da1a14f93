import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApi } from '../../functions/api/app.ts';
import { recipientsOf } from '../../functions/notify/recipients.ts';
import { answerable } from '../../shared/answering/answerable.ts';
import { ownDesk, tasksOf } from '../../shared/answering/own-desk.ts';
import { personKey } from '../../shared/answering/person-key.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { barsSeen, liftBar } from '../../shared/case/lift-bar.ts';
import { historySeen, sightOf } from '../../shared/case/sight.ts';
import { MemberId } from '../../shared/domain/ids.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import { aCaseIn, applicantOf, openProgramme, person, taskOf } from '../factory/hub.ts';
import { type ConsoleStand, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  stand = await startConsole();
  await openProgramme(stand.hub, { id: 'bars-fund', budget: 1_000_000_000 });
});
afterAll(() => stand.stop());

const acting = (who: string) => ({ type: 'member', member: person(who) }) as const;
const recommended = { outcome: 'recommended', score: 80 };
const bar = personKey(MemberId.parse('funder-reviewer'));
const lift = (subject: Case, who: string, reason = '已电话核实') =>
  liftBar(stand.hub, subject.id, { bar, reason }, acting(who));

/** An application whose contact's address is the reviewer's, as somebody typed it. */
function typed(): Promise<Case> {
  const contact = { name: '某某', phone: '027-0000 1234', email: 'Funder-Reviewer+x@example.org' };
  return aCaseIn(stand.hub, 'grant', 'reviewing', { programme: 'bars-fund', contact });
}

async function fileOf({ id }: Case) {
  return (await readCaseFile(stand.hub.table, id)) ?? expect.fail('no case');
}

describe('what an applicant types and keeps a colleague away', () => {
  it('is told to who leads, and seen by them and the auditor, not by the applicant', async () => {
    const subject = await typed();
    const file = await fileOf(subject);
    const told = file.events.find(({ type }) => type === 'barred') ?? expect.fail('nobody was told');
    const mails = await recipientsOf(stand.hub.table, told, file.subject, undefined);
    expect(mails.map(({ who }) => who)).toEqual(['funder-approver', 'programme-manager']);
    for (const who of ['funder-approver', 'auditor', 'hub-lead'])
      expect(await barsSeen(stand.hub.table, subject, acting(who))).toMatchObject([
        { id: bar, by: 'contact', may: who === 'funder-approver' ? 'ask' : undefined },
      ]);
    for (const who of ['funder-finance', 'funder-reviewer', 'other-funder-approver'])
      expect(await barsSeen(stand.hub.table, subject, acting(who))).toEqual([]);
    const applicants = historySeen(file, sightOf(applicantOf(subject.id), subject));
    expect(applicants.events.map(({ type }) => type)).not.toContain('barred');
  });

  it('is lifted by two people of the party, each with a reason, and by nobody alone or for themselves', async () => {
    const subject = await typed();
    await expect(decideTask(stand.hub, taskOf(subject), recommended, acting('funder-reviewer'))).rejects.toMatchObject({
      code: 'both-sides',
    });
    await expect(lift(subject, 'funder-finance')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(lift(subject, 'funder-approver', ' ')).rejects.toMatchObject({ code: 'invalid' });
    await lift(subject, 'funder-approver', '机构来电说填错了');
    await expect(lift(subject, 'funder-approver')).rejects.toMatchObject({ code: 'same-person' });
    await expect(lift(subject, 'funder-reviewer')).rejects.toMatchObject({ code: 'both-sides' });
    // a second account of the one who asked is no second person
    const again = {
      ...person('funder-finance'),
      id: MemberId.parse('pm-again'),
      email: 'funder-approver+2@example.org',
    };
    await enterMember(stand.hub.table, again);
    await expect(
      liftBar(stand.hub, subject.id, { bar, reason: '同意' }, { type: 'member', member: again }),
    ).rejects.toMatchObject({ code: 'same-person' });
    expect(await barsSeen(stand.hub.table, (await fileOf(subject)).subject, acting('funder-finance'))).toMatchObject([
      { may: 'agree' },
    ]);
    await lift(subject, 'funder-finance', '同意');
    const file = await fileOf(subject);
    expect(file.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['bar-lift-asked', 'bar-lifted']));
    expect(file.subject.decisions.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['bar-lift-asked', '机构来电说填错了'],
      ['bar-lifted', '同意'],
    ]);
    const offered = await answerable(stand.hub.table, file, acting('funder-reviewer'));
    expect(offered).toMatchObject({ interested: false });
    expect(offered.tasks.size).toBe(1);
    const desk = await ownDesk(stand.hub, person('funder-reviewer'));
    const { items } = await tasksOf(stand.hub.table, person('funder-reviewer'), desk, undefined, 100);
    expect([...(await desk.held(items)).keys()].map(({ caseId }) => caseId)).toContain(subject.id);
    expect(await decideTask(stand.hub, taskOf(file.subject), recommended, acting('funder-reviewer'))).toMatchObject({
      stage: 'approving',
    });
  });

  it('is an organization’s name too, and what somebody declared themselves stays', async () => {
    const home = {
      ...person('org-manager'),
      id: MemberId.parse('funder-reviewer'),
      email: 'funder-reviewer@example.org',
    };
    await enterMember(stand.hub.table, home);
    const subject = await aCaseIn(stand.hub, 'grant', 'reviewing', {
      programme: 'bars-fund',
      organization: person('org-manager').partyName,
    });
    await expect(decideTask(stand.hub, taskOf(subject), recommended, acting('funder-reviewer'))).rejects.toMatchObject({
      code: 'interest-declared',
    });
    expect(await barsSeen(stand.hub.table, (await fileOf(subject)).subject, acting('funder-approver'))).toMatchObject([
      { by: 'organization' },
    ]);
    await lift(subject, 'funder-approver');
    await lift(subject, 'funder-finance');
    expect(await decideTask(stand.hub, taskOf(subject), recommended, acting('funder-reviewer'))).toMatchObject({
      stage: 'approving',
    });
  });
});

describe('at the doors', () => {
  it('who leads asks on the page of the case, and a colleague agrees', async () => {
    const subject = await typed();
    const lead = await stand.as('programme-manager');
    const page = await lead.get(`/console/cases/${subject.id}`);
    expect(page.html).toContain('因申请方所填内容而回避');
    const asked = await lead.post(`/console/cases/${subject.id}/bar`, { bar, reason: '已核实' });
    expect(asked.location).toBe(`/console/cases/${subject.id}`);
    const second = await stand.as('funder-finance');
    expect((await second.get(`/console/cases/${subject.id}`)).html).toContain('同意解除');
    await second.post(`/console/cases/${subject.id}/bar`, { bar, reason: '同意' });
    expect((await lead.get(`/console/cases/${subject.id}`)).html).toContain('已解除');
  });

  it('and both do the same by the API', async () => {
    const subject = await typed();
    const verify = async (token: string) => MemberId.parse(token);
    const api = createApi({ hub: stand.hub, issuer: 'http://issuer.test', verify });
    const send = (who: string, reason: string) =>
      api.request(`/api/v1/cases/${subject.id}/bars/${bar}/lift`, {
        method: 'POST',
        headers: { authorization: `Bearer ${who}`, 'content-type': 'application/json' },
        body: JSON.stringify({ reason }),
      });
    expect(await (await send('programme-manager', '已核实')).json()).toMatchObject({ items: [{ asked: {} }] });
    expect((await send('programme-manager', '再说一次')).status).toBe(403);
    expect((await send('funder-finance', '同意')).status).toBe(200);
    const list = await api.request(`/api/v1/cases/${subject.id}/bars`, {
      headers: { authorization: 'Bearer auditor' },
    });
    expect(await list.json()).toMatchObject({ items: [{ id: bar, by: 'contact', lifted: {} }] });
  });
});
