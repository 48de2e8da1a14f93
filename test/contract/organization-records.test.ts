import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  changeOrganization,
  checkOrganization,
  enterOrganization,
  sayOfOrganization,
  takeBackSaying,
} from '../../shared/case/keep-organization.ts';
import { OrganizationId } from '../../shared/domain/ids.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { checksOn, type Organization } from '../../shared/entities/organizations/organization.ts';
import { casesAlike, keepNamed } from '../../shared/store/alike-cases.ts';
import { keys } from '../../shared/store/keys.ts';
import {
  alikeOrganizations,
  listOrganizations,
  organizationDigest,
  organizationSteps,
  proposedFor,
  readOrganization,
  sayingsOf,
} from '../../shared/store/organizations.ts';
import { queryAll } from '../../shared/store/table.ts';
import { contentsOf } from '../engine/contents.ts';
import { person, submitted } from '../factory/hub.ts';
import { type ConsoleStand, type Reader, startConsole } from './console-stand.ts';

let stand: ConsoleStand;
let coordinator: Reader;
beforeAll(async () => {
  stand = await startConsole();
  coordinator = await stand.as('hub-coordinator');
});
afterAll(() => stand.stop());

const at = (district: string) => ({ province: '湖北', city: '武汉市', district });
const by = (who: string) => ({ member: person(who), door: 'api' as const });
const enter = (body: object, who = 'hub-coordinator') => enterOrganization(stand.hub, body, by(who));

/** A record as somebody sends it back changed. */
function inputOf({ id: _id, checks: _checks, enteredAt: _entered, changedAt: _changed, ...input }: Organization) {
  return input;
}

describe('The record of an organization', () => {
  it('keeps who it is, what allocation needs and what it may receive', async () => {
    const host = await enter({ name: '江汉仓储代收点', place: at('江汉区'), consignee: { goods: true } });
    const body = {
      name: '武汉市第九医院',
      aliases: ['Wuhan No. 9 Hospital'],
      type: 'hospital',
      place: at('青山区'),
      attributes: { takesConfirmed: true, level: '三级', beds: 600 },
      desks: [{ desk: '设备科', phone: '027-00000009' }],
      consignee: { medicalGoods: true, through: host.id },
    };
    const { id } = await enter(body);
    const kept = await readOrganization(stand.hub.table, id);
    expect(kept).toMatchObject({
      ...body,
      version: 1,
      consignee: { goods: false, medicalGoods: true, money: false, through: host.id },
    });
    await expect(enter({ ...body, name: '另一家', consignee: { through: 'B000000000' } })).rejects.toMatchObject({
      fields: [{ pointer: '/consignee/through', code: 'not-found' }],
    });
  });

  it('is found by other spellings, numbers and telephones, and not in another district', async () => {
    const registrations = [{ scheme: 'CN-USCC', number: '91350100M000100Y43' }];
    const { id } = await enter({
      name: '晨光慈善会',
      place: at('江岸区'),
      registrations,
      desks: [{ desk: '值班', phone: '027-00000021' }],
    });
    const found = async (name: string, district: string, more = {}) =>
      (await alikeOrganizations(stand.hub, { name, place: at(district), ...more })).map((one) => [
        one.organization.id,
        one.verdict,
      ]);
    expect(await found('武汉晨光慈善总会（江岸）', '江岸区')).toEqual([[id, 'probable']]);
    expect(await found('晨光慈善会', '武昌区')).toEqual([]);
    expect(await found('完全不同的名称', '江岸区', { telephones: ['00000021'] })).toEqual([[id, 'possible']]);
    expect(await found('改名以后', '江岸区', { registrations })).toEqual([[id, 'same']]);
  });

  it('has its number alone: a second record with it is refused and says where the first is', async () => {
    const registrations = [{ scheme: 'GB-CHC', number: '1000001' }];
    const { id } = await enter({ name: 'Elm Trust', place: { province: 'Kent' }, registrations });
    await expect(enter({ name: 'Oak Trust', place: { province: 'Kent' }, registrations })).rejects.toMatchObject({
      code: 'number-taken',
      params: { record: id },
    });
  });

  it('is changed with a reason over the version that was read; what it was found by before finds it no more', async () => {
    const first = await enter({ name: '启明志愿者协会', place: at('洪山区') });
    const change = { ...inputOf(first), name: '远山志愿者协会', reason: '改名' };
    const second = await changeOrganization(stand.hub, first.id, change, by('hub-lead'));
    expect(second).toMatchObject({ version: 2, name: '远山志愿者协会' });
    await expect(changeOrganization(stand.hub, first.id, change, by('hub-lead'))).rejects.toMatchObject({
      code: 'record-changed',
    });
    await expect(changeOrganization(stand.hub, first.id, inputOf(second), by('hub-lead'))).rejects.toMatchObject({
      fields: [{ pointer: '/reason', code: 'required' }],
    });
    expect(await alikeOrganizations(stand.hub, { name: '启明志愿者协会', place: at('洪山区') })).toEqual([]);
    const items = await contentsOf(stand.hub.table);
    const kept = z
      .object({ by: z.array(z.string()) })
      .parse(items.find(({ sk, entity }) => entity === 'organization' && sk === first.id));
    expect(items.filter(({ entity, id }) => entity === 'organization-by' && id === first.id)).toHaveLength(
      kept.by.length,
    );
    const [found] = await alikeOrganizations(stand.hub, { name: '武汉远山志愿服务协会', place: at('洪山区') });
    expect(found?.organization.id).toBe(first.id);
    const steps = await organizationSteps(stand.hub.table, first.id);
    expect(steps).toMatchObject([{ on: 'changed', fields: ['name'], reason: '改名' }, { on: 'entered' }]);
  });

  it('is changed once where two change it at the same time', async () => {
    const first = await enter({ name: '两人同改社', place: at('洪山区') });
    const change = { ...inputOf(first), reason: '补充', address: '示例路 1 号' };
    const both = await Promise.allSettled(
      ['hub-lead', 'hub-coordinator'].map((who) => changeOrganization(stand.hub, first.id, change, by(who))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('has checks: by whom, on, until, with which result; one that is over holds no more', async () => {
    const { id } = await enter({ name: '核查示例社', place: at('洪山区') });
    const today = localDate(Date.now());
    const check = { what: 'registration', on: today, until: addDays(today, 30), result: 'passed' };
    await checkOrganization(stand.hub, id, check, by('hub-coordinator'));
    const checked = await checkOrganization(
      stand.hub,
      id,
      { ...check, what: 'visit', until: undefined, result: 'unclear' },
      by('funder-approver'),
    );
    expect(checksOn(checked, today).map(({ what, result }) => [what, result])).toEqual([
      ['registration', 'passed'],
      ['visit', 'unclear'],
    ]);
    expect(checksOn(checked, addDays(today, 31)).map(({ what }) => what)).toEqual(['visit']);
    expect(checked.checks[0]?.by).toEqual({
      member: person('hub-coordinator').id,
      party: person('hub-coordinator').party,
    });
    await expect(
      checkOrganization(stand.hub, id, { ...check, on: addDays(today, 1) }, by('hub-lead')),
    ).rejects.toMatchObject({
      fields: [{ pointer: '/on', code: 'in-the-future' }],
    });
  });

  it('leaves a trace that binds all of it each time', async () => {
    const { id } = await enter({ name: '留痕示例社', place: at('洪山区') });
    const items = await contentsOf(stand.hub.table);
    const traces = items.flatMap(({ entity, data }) => (entity === 'trace' ? [z.looseObject({}).parse(data)] : []));
    const now = await readOrganization(stand.hub.table, id);
    const own = traces.filter(({ organization }) => organization === id);
    expect(own).toMatchObject([{ type: 'organization-record', on: 'entered', digest: now && organizationDigest(now) }]);
  });

  it('stands in the table without the telephone as a key', async () => {
    const { id } = await enter({
      name: '电话示例社',
      place: at('洪山区'),
      desks: [{ desk: '值班', phone: '027-00000077' }],
    });
    const byKeys = (await contentsOf(stand.hub.table)).filter(
      (item) => item.entity === 'organization-by' && item.id === id,
    );
    expect(byKeys.length).toBeGreaterThan(2);
    expect(JSON.stringify(byKeys)).not.toContain('0000077');
    expect(await queryAll(stand.hub.table, keys.organizationStep(id, 1).pk)).toHaveLength(1);
  });

  it('is listed once, page by page', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listOrganizations(stand.hub.table, cursor, 2);
      expect(page.items.length).toBeLessThanOrEqual(2);
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const all = (await contentsOf(stand.hub.table)).filter(({ entity }) => entity === 'organization');
    expect(new Set(ids).size).toBe(all.length);
    expect(ids).toHaveLength(all.length);
  });
});

describe('What staff say of two records', () => {
  const say = (id: string, about: string, says: string) =>
    sayOfOrganization(stand.hub, OrganizationId.parse(id), { about, says, reason: '电话核实' }, by('hub-coordinator'));
  const proposed = async ({ id }: Organization) => {
    const now = await readOrganization(stand.hub.table, id);
    return now ? (await proposedFor(stand.hub, now)).map(({ organization }) => organization.id) : [];
  };

  it('is said once; until it is taken back with a reason they are not proposed', async () => {
    const [one, other] = [
      await enter({ name: '武汉清和医院', place: at('洪山区') }),
      await enter({ name: '清和医院', place: at('洪山区') }),
    ];
    expect(await proposed(one)).toEqual([other.id]);
    await say(one.id, other.id, 'other');
    expect([await proposed(one), await proposed(other)]).toEqual([[], []]);
    await expect(say(other.id, one.id, 'same')).rejects.toMatchObject({ code: 'already-exists' });
    const back = (reason: string) => takeBackSaying(stand.hub, other.id, one.id, { reason }, by('hub-lead'));
    await expect(back('')).rejects.toMatchObject({ fields: [{ pointer: '/reason', code: 'required' }] });
    await back('看错了');
    expect(await proposed(one)).toEqual([other.id]);
    await expect(back('再来一次')).rejects.toMatchObject({ code: 'not-found' });
    const told = (await contentsOf(stand.hub.table)).flatMap(({ entity, data }) =>
      entity === 'trace' ? [z.looseObject({ on: z.string().optional() }).parse(data)] : [],
    );
    const both = told.filter(({ about }) => about === one.id || about === other.id).map(({ on }) => on);
    expect(both.sort()).toEqual(['said-other', 'taken-back']);
  });

  it('says of a branch which of both it is', async () => {
    const [whole, branch] = [
      await enter({ name: '云岭医院', place: at('洪山区') }),
      await enter({ name: '云岭医院东院区', place: at('洪山区') }),
    ];
    await say(branch.id, whole.id, 'branch');
    expect(await sayingsOf(stand.hub.table, whole.id)).toMatchObject([{ about: branch.id, says: 'has-branch' }]);
  });

  it('has cases found by every name of the body: in English, and of a record that was said to be the same', async () => {
    const record = await enter({
      name: '望江第三医院',
      aliases: ['Wangjiang Riverside Hospital'],
      place: at('洪山区'),
    });
    const former = await enter({ name: '红星职工医院', place: at('洪山区') });
    const ask = async (organization: string) => {
      const subject = await submitted(stand.hub, 'need', { organization, place: at('洪山区') });
      await keepNamed(stand.hub, subject);
      return subject;
    };
    const [english, before] = [await ask('Wangjiang Riverside Hospital'), await ask('红星职工医院')];
    const now = await ask('武汉市望江第三医院');
    expect((await casesAlike(stand.hub, now)).map(({ id }) => id)).toEqual([english.id]);
    await say(former.id, record.id, 'same');
    expect((await casesAlike(stand.hub, now)).map(({ id }) => id).sort()).toEqual([english.id, before.id].sort());
  });

  it('is said and taken back on the pages', async () => {
    const [one, other] = [
      await enter({ name: '武汉长乐医院', place: at('洪山区') }),
      await enter({ name: '长乐医院', place: at('洪山区') }),
    ];
    const place = `/console/organizations/${one.id}`;
    expect((await coordinator.get('/console/organizations/proposals')).status).toBe(200);
    expect((await coordinator.get(place)).html).toContain('不是同一机构</button>');
    const said = await coordinator.post(`${place}/sayings`, { about: other.id, says: 'same', reason: '' });
    expect(said.status).toBe(303);
    const page = await coordinator.get(place);
    expect(page.html).toContain('<strong>同一机构</strong>');
    expect(page.html).not.toContain('不是同一机构</button>');
    expect((await coordinator.post(`${place}/retraction`, { about: other.id, reason: '看错了' })).status).toBe(303);
    expect((await coordinator.get(place)).html).toContain('不是同一机构</button>');
  });
});

describe('The pages of organizations', () => {
  const fields = {
    name: '武汉普仁医院',
    type: 'hospital',
    'place.province': '湖北',
    'place.city': '武汉市',
    'place.district': '青山区',
    'registrations.0.scheme': 'CN-USCC',
    'registrations.0.number': '',
    'desks.0.desk': '设备科',
    'desks.0.phone': '027-00000031',
    receives: 'medicalGoods',
  };

  it('keep what was typed where a number is wrong, and lead to its field', async () => {
    await coordinator.get('/console/organizations/new');
    const refused = await coordinator.post('/console/organizations/new', {
      ...fields,
      'registrations.0.number': '91350100M000100Y44',
    });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('href="#f-registrations-0-number"');
    expect(refused.html).toContain('校验码不对');
    expect(refused.html).toContain('027-00000031');
  });

  it('enter a record, show it, and write down a check', async () => {
    await coordinator.get('/console/organizations/new');
    const made = await coordinator.post('/console/organizations/new', fields);
    expect(made.status).toBe(303);
    const page = await coordinator.get(made.location ?? '');
    for (const said of ['武汉普仁医院', '医疗物资', '027-00000031', '还没有核查', '建立档案'])
      expect(page.html).toContain(said);
    const place = (made.location ?? '').replace(/\?.*/, '');
    const today = localDate(Date.now());
    const checked = await coordinator.post(`${place}/checks`, { what: 'telephone', result: 'passed', on: today });
    expect(checked.status).toBe(303);
    expect((await coordinator.get(place)).html).toContain('电话核实 <strong>通过</strong>');
  });

  it('find it by another spelling and say why; and show the twin on each page', async () => {
    const found = await coordinator.get(
      `/console/organizations?${new URLSearchParams({ q: '武汉普仁医院（发热门诊）', city: '武汉市' })}`,
    );
    expect(found.html).toContain('很可能是同一机构 · 名称相同');
    const twin = await enter({ name: '武汉市普仁医院', place: at('青山区') });
    const page = await coordinator.get(`/console/organizations/${twin.id}`);
    expect(page.html).toContain('可能是同一机构的其他档案');
    expect(page.html).toContain('武汉普仁医院');
  });

  it('change a record: the form has what is there, and asks why', async () => {
    const record = await enter({
      name: '待改医院',
      aliases: ['旧名医院'],
      place: at('洪山区'),
      attributes: { beds: 12, takesConfirmed: false },
    });
    const place = `/console/organizations/${record.id}/change`;
    const form = await coordinator.get(place);
    for (const kept of ['旧名医院', 'value="12"', '<option value="no" selected']) expect(form.html).toContain(kept);
    const changed = {
      name: '待改医院',
      type: 'hospital',
      'place.province': '湖北',
      version: '1',
      'attributes.beds': '30',
    };
    expect((await coordinator.post(place, changed)).status).toBe(422);
    expect((await coordinator.post(place, { ...changed, reason: '扩建' })).status).toBe(303);
    expect(await readOrganization(stand.hub.table, record.id)).toMatchObject({ attributes: { beds: 30 }, version: 2 });
    expect((await coordinator.post(place, { ...changed, reason: '再改', name: '又改' })).status).toBe(409);
  });
});
