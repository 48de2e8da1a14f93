import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presentConsent } from '../../shared/domain/consent.ts';
import { CaseId, PartyId } from '../../shared/domain/ids.ts';
import { readCase } from '../../shared/store/cases.ts';
import { listDrafts } from '../../shared/store/drafts.ts';
import { openProgramme, person } from '../factory/hub.ts';
import { type ConsoleStand, type Reader, type Seen, startConsole } from './console-stand.ts';
import { enterOutsiders } from './route-by-role-people.ts';

let stand: ConsoleStand;
let applicant: Reader;
let manager: Reader;
beforeAll(async () => {
  stand = await startConsole();
  await enterOutsiders(stand.hub.table);
  [applicant, manager] = [await stand.as('org-applicant', 'en'), await stand.as('org-manager', 'en')];
});
afterAll(() => stand.stop());

const party = PartyId.parse(person('org-manager').party);
const drafts = () => listDrafts(stand.hub.table, party);

const filledIn = {
  organization: '江城第一医院',
  organizationType: 'hospital',
  'place.province': '湖北省',
  'place.city': '江城市',
  'place.district': '东湖区',
  'contact.name': '草稿联系人',
  'contact.phone': '027-0000 7788',
  'lines.0.item': '外科口罩',
  'lines.0.quantity': '500',
  'lines.0.unit': '只',
  urgency: 'normal',
  careTier: 'general',
  'delivery.address': '草稿路 1 号',
};

/** What the form on a page carries beside its answers. */
function carried({ html }: Seen): Record<string, string> {
  const fields = [...html.matchAll(/name="(version|kind|programme|once)" value="([^"]*)"/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]));
}
const pathIn = ({ html }: Seen) => /action="(\/console\/drafts\/[a-z0-9]{10})"/.exec(html)?.[1] ?? '';

/** Begins a need and saves it. */
async function saved(reader: Reader, changes: Record<string, string> = {}): Promise<string> {
  const page = await reader.get('/console/drafts/new/need');
  const path = pathIn(page);
  const done = await reader.post(path, { ...carried(page), ...filledIn, ...changes, step: 'who', action: 'save' });
  expect(done.location).toBe('/console/requests?done=saved');
  return path;
}

describe('a draft of an organization', () => {
  it('is its members’ together: what one typed, half of it, another goes on with', async () => {
    const path = await saved(applicant, { 'lines.0.item': '护目镜', 'delivery.address': '' });
    const list = await manager.get('/console/requests');
    expect(list.html).toContain(path);
    expect(list.html).toContain('护目镜');
    const page = await manager.get(path);
    expect(page.html).toContain('草稿联系人');
    expect(page.html).toContain('027-0000 7788');
    const done = await manager.post(path, { ...carried(page), ...filledIn, 'lines.0.item': '面罩', action: 'save' });
    expect(done.location).toBe('/console/requests?done=saved');
    expect((await applicant.get('/console/requests')).html).toContain('面罩');
  });

  it('is nobody else’s: another organization and the hub do not find it, nor write over it', async () => {
    const path = await saved(applicant);
    const other = await stand.as('other-manager', 'en');
    expect((await other.get('/console/requests')).html).not.toContain(path);
    expect((await other.get(path)).status).toBe(404);
    const fields = { version: '1', kind: 'need', programme: '', ...filledIn, 'contact.name': '别人' };
    await other.post(path, { ...fields, action: 'save' });
    await other.post(`${path}/removal`, { version: '1' });
    const page = await applicant.get(path);
    expect(page.html).toContain('草稿联系人');
    expect(page.html).not.toContain('别人');
    const lead = await stand.as('hub-lead', 'en');
    expect((await lead.get(path)).status).toBe(403);
  });

  it('shows who saves second both texts, and loses neither: theirs is kept instead, or beside', async () => {
    const path = await saved(applicant);
    const [mine, theirs] = [await applicant.get(path), await manager.get(path)];
    const sentBy = (page: Seen, item: string) => ({ ...carried(page), ...filledIn, 'lines.0.item': item });
    await manager.post(path, { ...sentBy(theirs, '防护服 经理'), action: 'save' });
    for (const action of ['save', 'send']) {
      const consent = { consent: presentConsent, step: 'check' };
      const conflict = await applicant.post(path, { ...sentBy(mine, '防护服 申请人'), ...consent, action });
      expect(conflict.status).toBe(409);
      expect(conflict.html).toContain('防护服 经理');
      expect(conflict.html).toContain('防护服 申请人');
      expect(conflict.html).toContain('Name of org-manager');
      expect((await drafts()).find(({ id }) => path.endsWith(id))?.answers['lines.0.item']).toBe('防护服 经理');
      // both are kept
      const [instead, beside] = conflict.html.split('<form method="post"').slice(-2);
      expect(instead).toContain(`action="${path}"`);
      const second = { ...conflict, html: beside ?? '' };
      expect(pathIn(second)).not.toBe(path);
      const kept = { ...sentBy(mine, '防护服 申请人'), ...carried(second) };
      expect((await applicant.post(pathIn(second), { ...kept, action: 'save' })).status).toBe(303);
      expect((await applicant.get(path)).html).toContain('防护服 经理');
      expect((await applicant.get(pathIn(second))).html).toContain('防护服 申请人');
    }
    const now = await applicant.post(path, { ...sentBy(mine, '防护服 申请人'), action: 'save' });
    const [instead] = now.html.split('<form method="post"').slice(-2);
    const fields = { ...sentBy(mine, '防护服 申请人'), ...carried({ ...now, html: instead ?? '' }) };
    expect((await applicant.post(path, { ...fields, action: 'save' })).status).toBe(303);
    expect((await manager.get(path)).html).toContain('防护服 申请人');
  });

  it('is sent once, as the organization’s, by two at once too, and is gone then', async () => {
    const path = await saved(applicant);
    const pages = [await applicant.get(path), await manager.get(path)];
    const send = (reader: Reader, page: Seen, changes = {}) =>
      reader.post(path, {
        ...carried(page),
        ...filledIn,
        ...changes,
        step: 'check',
        consent: presentConsent,
        action: 'send',
      });
    const [page = await applicant.get(path), other = page] = pages;
    const [first, second] = await Promise.all([send(applicant, page), send(manager, other)]);
    expect(first.location).toMatch(/^\/console\/cases\/N/);
    expect(second.location).toBe(first.location);
    const id = CaseId.parse(first.location?.split('/').at(-1));
    expect(await readCase(stand.hub.table, id)).toMatchObject({ organizationParty: party, kind: 'need' });
    expect((await drafts()).filter((one) => path.endsWith(one.id))).toEqual([]);
    expect((await manager.get(path)).location).toBe(`/console/cases/${id}`);
    // what was typed too late is shown, and can be kept
    for (const action of ['save', 'send']) {
      const late = await manager.post(path, {
        ...carried(other),
        ...filledIn,
        'lines.0.item': '迟到的一行',
        step: 'check',
        consent: presentConsent,
        action,
      });
      expect(late.status).toBe(409);
      expect(late.html).toContain('迟到的一行');
      expect(late.html).toContain(`/console/cases/${id}`);
    }
  });

  it('is removed as it was seen, and what a colleague typed meanwhile is there again', async () => {
    const path = await saved(applicant);
    const open = await applicant.get(path);
    await manager.get('/console/requests');
    await applicant.post(path, { ...carried(open), ...filledIn, 'lines.0.item': '新的', action: 'save' });
    expect((await manager.post(`${path}/removal`, { version: '1' })).status).toBe(409);
    const again = await applicant.get(path);
    expect((await manager.post(`${path}/removal`, { version: '2' })).location).toContain('discarded');
    expect((await manager.get(path)).status).toBe(404);
    await applicant.post(path, { ...carried(again), ...filledIn, 'lines.0.item': '又写', action: 'save' });
    expect((await manager.get(path)).html).toContain('又写');
  });

  it('of a roster keeps what was in the file that was chosen when it was saved', async () => {
    const page = await applicant.get('/console/drafts/new/insurance');
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...carried(page), step: 'volunteers', action: 'save' }))
      form.set(name, value);
    const sheet = '姓名,身份证号,手机\n名册里的人,110101199003074258,13800000000\n';
    form.set('file', new File([sheet], 'roster.csv', { type: 'text/csv' }));
    expect((await applicant.post(pathIn(page), form)).location).toBe('/console/requests?done=saved');
    expect((await manager.get(pathIn(page))).html).toContain('名册里的人');
  });

  it('of a full roster keeps all of it, for a colleague to send', async () => {
    const page = await applicant.get('/console/drafts/new/insurance');
    const path = pathIn(page);
    const rows = Array.from(
      { length: 1700 },
      (_, index) => `志愿者甲乙,11010119900307${1000 + index},138${10_000_000 + index}`,
    );
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...carried(page), step: 'volunteers', action: 'save' }))
      form.set(name, value);
    form.set('file', new File([['姓名,身份证号,手机', ...rows].join('\n')], 'roster.csv'));
    expect((await applicant.post(path, form)).location).toBe('/console/requests?done=saved');
    const open = await manager.get(path);
    const kept = { 'volunteers.kept': /name="volunteers.kept" value="([^"]*)"/.exec(open.html)?.[1] ?? '' };
    expect(Buffer.byteLength(open.html)).toBeLessThan(60 * 1024);
    const more = { ...carried(open), ...kept, activity: '驾车送药', step: 'who', action: 'save' };
    expect((await manager.post(path, more)).location).toBe('/console/requests?done=saved');
    const [draft] = (await drafts()).filter(({ answers }) => answers.activity === '驾车送药');
    expect(draft?.answers['volunteers.1699.phone']).toBe('13810001699');
    expect(draft?.answers).not.toHaveProperty('volunteers.kept');
  });

  it('of a grant is begun from a programme and remembers it', async () => {
    const programme = await openProgramme(stand.hub, { name: '草稿测试项目' });
    const list = await applicant.get('/console/drafts/new/grant');
    expect(list.html).toContain('草稿测试项目');
    const page = await applicant.get(`/console/drafts/new/grant?programme=${programme.id}`);
    const fields = { ...carried(page), purpose: '租车送药', step: 'who', action: 'save' };
    expect((await applicant.post(pathIn(page), fields)).status).toBe(303);
    const again = await manager.get(pathIn(page));
    expect(again.html).toContain('草稿测试项目');
    expect(again.html).toContain('租车送药');
  });

  it('has nothing personal that could be read from the table', async () => {
    await saved(applicant, { 'contact.name': '只在草稿里的人', 'lines.0.item': '只在草稿里的物资' });
    const raw = await stand.everything();
    for (const typed of ['只在草稿里的人', '只在草稿里的物资', '027-0000 7788']) expect(raw).not.toContain(typed);
  });
});
