import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import * as example from '../../functions/api/openapi/examples/people.ts';
import { personKey } from '../../shared/answering/person-key.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/party.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { listDrafts } from '../../shared/store/drafts.ts';
import { membershipsOf, saveMember } from '../../shared/store/parties.ts';
import { storedIn } from '../engine/contents.ts';
import { broughtTo, day, inputs, openProgramme, submitted, taskOf } from '../factory/hub.ts';
import { type ConsoleStand, type Reader, type Seen, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
beforeAll(async () => {
  stand = await startConsole();
  await openProgramme(stand.hub, { id: 'fund' });
});
afterAll(() => stand.stop());

/** A sign-in is no part of what a refused request must leave as it was. */
const stored = async () =>
  (await storedIn(stand.hub.table)).filter(({ entity }) => !String(entity).startsWith('session'));

async function memberOf(person: string, party: string) {
  const all = await membershipsOf(stand.hub.table, MemberId.parse(person));
  const found = all.find((one) => one.party === party);
  if (!found) throw new Error(`${person} is no member of ${party}`);
  return found;
}

/** Enters somebody new, so that no other test misses them. */
async function joins(person: string, party: string, like: string, roles: readonly Role[]): Promise<void> {
  const id = MemberId.parse(person);
  await saveMember(stand.hub.table, {
    ...(await memberOf(like, party)),
    id,
    name: `Name of ${person}`,
    roles: [...roles],
  });
}

/** What who leads the party does, over the API. */
async function lead(as: string, what: 'removal' | 'roles', person: string, roles: readonly Role[] = []): Promise<void> {
  const body = what === 'removal' ? { reason: '离开' } : { roles };
  const got = await stand.api('POST', `/members/${personKey(MemberId.parse(person))}/${what}`, { as, body });
  expect(got.status).toBe(200);
}

/** Everything that is tried is refused, and leaves the table as it was. */
async function refused(tries: readonly (() => Promise<{ readonly status: number }>)[]): Promise<void> {
  const before = await stored();
  const statuses: number[] = [];
  for (const attempt of tries) statuses.push((await attempt()).status);
  // with a membership the session goes, too: such a page asks to sign in
  expect(statuses.filter((status) => status !== 401 && status !== 403)).toEqual([]);
  expect(await stored()).toEqual(before);
}

describe('drafts of an organization', () => {
  const HOSPITAL = 'river-hospital';
  const drafts = () => listDrafts(stand.hub.table, PartyId.parse(HOSPITAL));
  async function aDraft(as: string): Promise<string> {
    const got = await stand.api('POST', '/drafts', { as, body: example.draft().need?.value });
    return z.object({ id: z.string() }).parse(JSON.parse(got.text)).id;
  }
  const saving = { kind: 'need', version: '1', action: 'save', organization: '晚了' };
  const byApi = (as: string, id: string) => [
    () => stand.api('POST', '/drafts', { as, body: example.draft().need?.value }),
    () => stand.api('GET', `/drafts/${id}`, { as }),
    () => stand.api('POST', `/drafts/${id}`, { as, body: { version: 1, answers: { organization: '晚了' } } }),
    () => stand.api('POST', `/drafts/${id}/submission`, { as, body: example.draftSending(Date.now()).need?.value }),
    () => stand.api('POST', `/drafts/${id}/removal`, { as, body: { version: 1 } }),
  ];

  it('are closed to a member who was removed: to the page they had open, and to their token from before', async () => {
    await joins('leaving-applicant', HOSPITAL, 'org-applicant', ['applicant']);
    const id = await aDraft('leaving-applicant');
    const page = await stand.as('leaving-applicant');
    expect((await page.get(`/console/drafts/${id}`)).status).toBe(200);
    await lead('org-manager', 'removal', 'leaving-applicant');
    await refused([
      () => page.post(`/console/drafts/${id}`, saving),
      () => page.post(`/console/drafts/${id}/removal`, { version: '1' }),
      ...byApi('leaving-applicant', id),
    ]);
    expect((await drafts()).find((one) => one.id === id)).toMatchObject({ version: 1 });
  });

  it('are closed to who is a member of something else by now, and nothing of theirs is sent in that other name', async () => {
    const person = 'changing-sides';
    await joins(person, HOSPITAL, 'org-applicant', ['applicant']);
    const id = await aDraft(person);
    const page = await stand.as(person);
    await page.get(`/console/drafts/${id}`);
    await joins(person, 'hub', 'hub-coordinator', ['coordinator']);
    await lead('org-manager', 'removal', person);
    const before = await stored();
    expect((await page.post(`/console/drafts/${id}`, saving)).status).toBe(401);
    expect(await stored()).toEqual(before);
    // what they typed comes back to be sent again, and they are of the hub by now
    await page.signIn(person);
    await refused([() => page.post(`/console/drafts/${id}`, saving), ...byApi(person, id)]);
    expect((await drafts()).find((one) => one.id === id)).toMatchObject({ version: 1 });
  });

  it('go on under the new role of a member; what only a manager may, they may no more', async () => {
    await joins('was-manager', HOSPITAL, 'org-manager', ['manager']);
    const id = await aDraft('was-manager');
    const page = await stand.as('was-manager');
    await page.get('/console/requests');
    await lead('org-manager', 'roles', 'was-manager', ['applicant']);
    await refused([
      () => page.post('/console/requests/addresses/release', { address: 'A'.repeat(22) }),
      () => page.post('/console/members', { email: 'friend@example.org', roles: 'manager', language: 'zh' }),
      () => stand.api('POST', '/addresses/release', { as: 'was-manager', body: { address: 'A'.repeat(22) } }),
      () =>
        stand.api('POST', '/invitations', { as: 'was-manager', body: { email: 'f@example.org', roles: ['manager'] } }),
    ]);
    expect((await page.post(`/console/drafts/${id}`, saving)).status).toBe(303);
    expect((await drafts()).find((one) => one.id === id)).toMatchObject({ version: 2 });
  });
});

describe('the private link of a case', () => {
  it.each(['org-applicant', 'hub-coordinator'])(
    'is not given to a member who sends it, at neither door: %s would keep it when the membership ends',
    async (as) => {
      const sent = await stand.api('POST', '/needs', { as, body: inputs.need() });
      expect([sent.status, sent.text.includes('/track/')]).toEqual([201, false]);
      const { id } = z.object({ id: z.string() }).parse(JSON.parse(sent.text));
      const seen = await (await stand.as(as)).get(`/console/cases/${id}`);
      expect([seen.status, seen.html.includes('/track/')]).toEqual([200, false]);
    },
  );
});

describe('stand-ins', () => {
  const FUNDER = 'river-foundation';
  let organizations = 0;
  const waiting = async (): Promise<Case> =>
    broughtTo(
      stand.hub,
      await submitted(stand.hub, 'grant', { organization: `离任示例 ${++organizations}` }),
      'approving',
    );
  const naming = (standIn: string) => ({ standIn: personKey(MemberId.parse(standIn)), from: day(0), to: day(2) });
  async function names(as: string, standIn: string): Promise<string> {
    const got = await stand.api('POST', '/stand-ins', { as, body: naming(standIn) });
    expect(got.status).toBe(200);
    const Board = z.object({ standIns: z.array(z.object({ id: z.string(), member: z.string() })) });
    const board = Board.parse(JSON.parse(got.text));
    return board.standIns.find(({ member }) => member === `Name of ${as}`)?.id ?? '';
  }
  const decide = (subject: Case, page: Reader): Promise<Seen> =>
    page.post(`/console/cases/${subject.id}`, { task: taskOf(subject), outcome: 'approved' });
  const deciding = (subject: Case, as: string, page: Reader) => [
    () => decide(subject, page),
    () => stand.api('POST', `/tasks/${taskOf(subject)}/decision`, { as, body: { outcome: 'approved' } }),
  ];
  const pageOf = async (person: string, subject: Case) => {
    const page = await stand.as(person);
    expect((await page.get(`/console/cases/${subject.id}`)).html).toContain('value="approved"');
    return page;
  };

  it('are named and revoked by nobody who was removed', async () => {
    await joins('leaving-approver', FUNDER, 'funder-second-approver', ['approver']);
    const id = await names('leaving-approver', 'funder-finance');
    const page = await stand.as('leaving-approver');
    await page.get('/console/stand-ins');
    await lead('programme-manager', 'removal', 'leaving-approver');
    await refused([
      () => page.post('/console/stand-ins', naming('funder-reviewer')),
      () => page.post(`/console/stand-ins/${id}/revocation`),
      () => stand.api('POST', '/stand-ins', { as: 'leaving-approver', body: naming('funder-reviewer') }),
      () => stand.api('POST', `/stand-ins/${id}/revocation`, { as: 'leaving-approver' }),
    ]);
  });

  it.each(['removal', 'roles'] as const)('answer for nobody whose membership or role has ended (%s)', async (what) => {
    const away = `away-${what}`;
    await joins(away, FUNDER, 'funder-second-approver', ['approver']);
    await names(away, 'funder-finance');
    const subject = await waiting();
    const page = await pageOf('funder-finance', subject);
    await lead('programme-manager', what, away, ['reviewer']);
    await refused(deciding(subject, 'funder-finance', page));
  });

  it.each(['removal', 'roles'] as const)(
    'answer for nobody once they themselves are removed; a role of their own changes nothing (%s)',
    async (what) => {
      const [away, standIn] = [`resting-${what}`, `helping-${what}`];
      await joins(away, FUNDER, 'funder-second-approver', ['approver']);
      await joins(standIn, FUNDER, 'funder-finance', ['finance']);
      await names(away, standIn);
      const subject = await waiting();
      const page = await pageOf(standIn, subject);
      await lead('programme-manager', what, standIn, ['reviewer']);
      if (what === 'removal') await refused(deciding(subject, standIn, page));
      else expect((await decide(subject, page)).status).toBe(303);
      await lead('programme-manager', 'removal', away);
    },
  );
});
