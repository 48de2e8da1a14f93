import { describe, expect, it } from 'vitest';
import { bringAlong } from '../../functions/jobs/bring-along.ts';
import { declareInterest } from '../../shared/answering/interests.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { MemberId, PartyId } from '../../shared/domain/ids.ts';
import { memberOf } from '../../shared/domain/party.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { accountsOf } from '../../shared/store/accounts.ts';
import { casesAlike } from '../../shared/store/alike-cases.ts';
import { organizationKey, organizationKeyBefore } from '../../shared/store/case-item.ts';
import { casesOfOrganization } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { keys } from '../../shared/store/keys.ts';
import { saveMember, saveParty } from '../../shared/store/parties.ts';
import { isBroughtAlong, saveRekeying } from '../../shared/store/rekeying.ts';
import { batchDelete, batchPut, type Item } from '../../shared/store/table.ts';
import { contentsOf } from '../engine/contents.ts';
import { withFundedHub } from '../engine/funded-hub.ts';
import { policedTable } from '../engine/policed-table.ts';
import { aCaseIn, person, submitted, taskOf } from '../factory/hub.ts';

let hub: Hub;
withFundedHub((made) => {
  hub = made;
});

const acting = (who: string) => ({ type: 'member', member: person(who) }) as const;
const recommended = { outcome: 'recommended', score: 80 };
const home = { id: PartyId.parse('yi-zuzhi'), type: 'organization' as const, name: '乙組織' };

/** As a release before kept it: by the fold of that time. */
async function asBefore(name: string): Promise<void> {
  const [now, before] = [organizationKey(name), organizationKeyBefore(name)];
  const found = (await contentsOf(hub.table)).filter((item) => item.organizationPk === now || item.sk === now);
  const moved = (item: Item): Item => (item.sk === now ? { ...item, sk: before } : { ...item, organizationPk: before });
  await batchDelete(
    hub.table,
    found.filter((item) => item.sk === now).map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
  );
  await batchPut(hub.table, found.map(moved));
}

/** The job from its beginning to its end, with a case a step, and no more leave than its function has; gives how much was brought along. */
async function broughtAlong(): Promise<number> {
  const table = await policedTable(hub.table, 'jobs');
  const policed = { ...hub, table };
  await saveRekeying(table, {});
  let all = 0;
  let step = await bringAlong(policed, undefined);
  for (; step.cursor !== null; step = await bringAlong(policed, step.cursor, 1)) all += step.done;
  return all + step.done;
}

async function isKept(subject: Case): Promise<boolean> {
  const tried = decideTask(hub, taskOf(subject), recommended, acting('funder-reviewer'));
  return tried.then(
    () => false,
    (error) => error.code === 'interest-declared',
  );
}

describe('an organization’s name', () => {
  const spellings = ['乙组织', '乙\u00ad组织', '乙组织。', '乙 組織', '⺄组织'];

  it('keeps its member from its cases however the applicant spells it', async () => {
    await saveParty(hub.table, home);
    const member = { ...person('funder-reviewer'), ...memberOf(home), roles: ['applicant' as const] };
    await saveMember(hub.table, member);
    for (const organization of spellings)
      expect(await isKept(await aCaseIn(hub, 'grant', 'reviewing', { organization }))).toBe(true);
    const found = await casesOfOrganization(hub.table, '乙组织');
    expect(found).toHaveLength(spellings.length);
  });
});

describe('what a release before found by its own fold', () => {
  it('is found until it is brought along, and then in every spelling; done once', async () => {
    const organization = '丙協會';
    const subject = await aCaseIn(hub, 'grant', 'reviewing', { organization });
    await declareInterest(hub, subject.id, { reason: 'money', standing: true }, acting('funder-reviewer'));
    for (const name of [organization, home.name, '乙组织', '乙组织。']) await asBefore(name);
    const items = async () => (await contentsOf(hub.table)).filter(({ entity }) => entity === 'case');
    expect((await items()).some((item) => item.organizationPk === organizationKeyBefore(organization))).toBe(true);
    // the same spelling is found under the key before
    expect(await isKept(await aCaseIn(hub, 'grant', 'reviewing', { organization }))).toBe(true);
    expect(await isKept(await aCaseIn(hub, 'grant', 'reviewing', { organization: home.name }))).toBe(true);
    expect((await casesOfOrganization(hub.table, organization)).map(({ id }) => id)).toContain(subject.id);

    expect(await broughtAlong()).toBeGreaterThan(2);
    expect(await isBroughtAlong(hub.table)).toBe(true);
    expect(await broughtAlong()).toBe(0);
    for (const item of await items())
      expect(item.organizationPk).toBe(organizationKey(String(Object(item.data).organization)));
    for (const spelt of ['丙协会', '乙组织'])
      expect(await isKept(await aCaseIn(hub, 'grant', 'reviewing', { organization: spelt }))).toBe(true);
    expect((await casesOfOrganization(hub.table, '丙协会')).map(({ id }) => id)).toContain(subject.id);
    const before = (await contentsOf(hub.table)).filter(({ sk }) => sk === organizationKeyBefore(organization));
    expect(before).toEqual([]);
  });

  it('is found by other spellings too, where its case came before they were kept', async () => {
    const place = { province: '湖北', city: '武汉市', district: '青山区' };
    const before = await submitted(hub, 'need', { organization: '武汉市第九医院', place });
    const now = await submitted(hub, 'need', { organization: '武汉第九医院', place });
    expect(await casesAlike(hub, now)).toEqual([]);
    await broughtAlong();
    expect((await casesAlike(hub, now)).map(({ id }) => id)).toEqual([before.id]);
  });

  it('is not taken back by it: an interest that was retracted, a membership that ended', async () => {
    const key = organizationKeyBefore('丁协会');
    const item = { ...keys.standingInterest(person('funder-reviewer').id, key), entity: 'interest', data: {} };
    await batchPut(hub.table, [item]);
    await broughtAlong();
    expect(await isKept(await aCaseIn(hub, 'grant', 'reviewing', { organization: '丁协会' }))).toBe(false);
  });

  it('are members with one mailbox: they are one person from then on', async () => {
    const twin = { ...person('hub-coordinator'), id: MemberId.parse('twin'), email: 'funder-finance+2@example.org' };
    await saveMember(hub.table, twin);
    await broughtAlong();
    expect((await accountsOf(hub.table, [twin.id]))(twin.id)).toContain(person('funder-finance').id);
  });
});
