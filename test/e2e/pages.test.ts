import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { apiClient } from '../../cdk/cli/api-client.ts';
import { madeUpIdentityNumber } from '../../cdk/cli/demo/identity-number.ts';
import { type Language, languages } from '../../shared/domain/language.ts';
import { type Sent, sendNeed, sentCase, who } from './applicant.ts';
import { openAs } from './officer.ts';
import { type Stand, startStand } from './stand.ts';

const Id = z.object({ id: z.string() });
const viewports = ['phone', 'desk'] as const;

describe.each(languages)('The pages in %s', (language: Language) => {
  it.each(viewports)(
    'of the site fit a %s, label every field and say nothing in the browser’s console',
    async (viewport) => {
      const reader = await stand.reader({ language, viewport });
      for (const address of addresses(need, programme)) await reader.open(address);
      expect(reader.faults).toEqual([]);
      await reader.close();
    },
  );

  it.each(viewports)('of the console fit a %s, for each of those who work there', async (viewport) => {
    for (const [person, rooms] of Object.entries(desks(need))) {
      const reader = await stand.reader({ language, viewport });
      for (const room of rooms) await openAs(reader, person, room);
      expect(reader.faults).toEqual([]);
      await reader.close();
    }
  });
});

let stand: Stand;
let need: Sent;
let programme: string;

function addresses({ link }: Sent, id: string): readonly string[] {
  return [
    ...['/', '/programmes', `/programmes/${id}`, '/privacy', '/no-such-page', '/track/nothing'],
    ...['/needs/new', '/grants/new', `/grants/new?programme=${id}`, '/insurance/new'],
    ...[link, `${link}/sent`, `${link}/withdraw`],
  ];
}

function desks({ id }: Sent): Readonly<Record<string, readonly string[]>> {
  return {
    'hub-coordinator': [
      ...['/console', '/console/cases', `/console/cases/${id}`, '/console/programmes', '/console/offers'],
      ...['/console/import', '/console/new', '/console/new/need', '/console/new/grant', '/console/new/insurance'],
    ],
    'funder-approver': ['/console', '/console/cases', '/console/programmes/new', '/console/offers'],
    insurer: ['/console', '/console/insurance/batch', '/console/offers'],
    auditor: [`/console/cases/${id}`, `/console/cases/${id}/audit`, '/console/audit'],
  };
}

beforeAll(async () => {
  stand = await startStand();
  const funder = apiClient(stand.url, await stand.token('funder-approver'));
  ({ id: programme } = await funder.post(
    '/programmes',
    {
      name: '最后一公里：社区运输小额资助',
      nameEn: 'The last mile: small grants for transport',
      purpose: '资助志愿者团队把物资送到社区。',
      purposeEn: 'For volunteer groups that carry goods to communities.',
      areas: ['湖北'],
      organizationTypes: [],
      ceiling: 3_000_000,
      budget: 30_000_000,
      secondApprovalAbove: 1_000_000,
      closesOn: stand.day(20),
      reportDueDays: 30,
      questions: [{ id: 'q1', text: '车辆从哪里来？', textEn: 'Where do the vehicles come from?', required: true }],
    },
    Id,
  ));
  await funder.post('/offers', { title: '口罩', itemGroup: 'masks', areas: [], amount: 5000 }, Id);
  need = await sendNeed(stand, {
    organization: '武汉市示例区一个名字很长很长的街道社区卫生服务中心',
    email: 'office@hospital.example',
    lines: [
      { item: '一次性使用医用外科口罩（灭菌型，挂耳式，独立包装）', quantity: 100_000_000, unit: '只' },
      { item: 'Powered-air-purifying-respirator-replacement-filters', quantity: null },
    ],
  });
  await stand.settle();
}, 180_000);
afterAll(() => stand?.close(), 180_000);

describe('Without JavaScript', () => {
  it('a roster is typed, corrected and sent, rows are added and removed, and the language changes, keeping all', async () => {
    const team = await stand.reader({ viewport: 'phone', javaScript: false });
    await team.open('/insurance/new');
    await team.fill({ ...who('江岸运输志愿队', 'team@volunteers.example'), organizationType: 'volunteer-group' });
    await team.press('继续');
    await team.fill({ activity: '驾车运送', coverFrom: stand.day(1), coverTo: stand.day(9) });
    await team.press('继续');
    await team.fill({ 'volunteers.0.name': '李建国', 'volunteers.0.phone': '13800001001' });
    await team.fill({ 'volunteers.0.identityNumber': madeUpIdentityNumber('19900102', 301) });
    await team.fill({ 'volunteers.1.name': '写错了' });
    await team.press('再加一人');
    await team.press('删除第 2 行');
    await team.page.getByRole('button', { name: 'English' }).click();
    await team.page.getByRole('heading', { name: 'Your volunteers', level: 1 }).waitFor();
    expect(await team.page.locator('[name="volunteers.0.name"]').inputValue()).toBe('李建国');
    await team.page.getByRole('button', { name: '中文' }).click();
    await team.page.getByRole('heading', { name: '志愿者名单', level: 1 }).waitFor();
    await team.press('继续');
    await team.fill({ consent: true });
    await team.press('确认无误，提交');
    expect((await sentCase(team)).id).toMatch(/^I/);
    expect(await team.page.getByRole('button', { name: '复制链接' }).count()).toBe(0);
  });

  it('a coordinator signs in, decides and signs out', async () => {
    const coordinator = await stand.reader({ javaScript: false });
    await openAs(coordinator, 'hub-coordinator', `/console/cases/${need.id}`);
    const verdict = coordinator.page.locator('details.verdict[open]');
    await coordinator.press('核实通过', verdict);
    expect(await coordinator.text()).toContain('已记录：需求核实通过');
  });
});

describe('What a browser is told', () => {
  it('runs and styles nothing inline, is framed by nobody, and passes no address on', async () => {
    const { headers } = await fetch(need.link);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('copies the private link when asked', async () => {
    const reader = await stand.reader();
    await reader.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await reader.open(`${need.link}/sent`);
    await reader.page.getByRole('button', { name: '复制链接' }).click();
    await reader.page.getByRole('button', { name: '已复制' }).waitFor();
    expect(await reader.page.evaluate('navigator.clipboard.readText()')).toBe(need.link);
  });
});
