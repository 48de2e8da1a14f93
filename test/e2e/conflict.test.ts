import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AnyAnswer, apiClient } from '../../cdk/cli/api-client.ts';
import type { Language } from '../../shared/domain/language.ts';
import { type Sent, sendNeed } from './applicant.ts';
import { decide, openAs, openCaseAs } from './officer.ts';
import type { Reader } from './reader.ts';
import { type Stand, startStand } from './stand.ts';

const OpenTask = z.object({ openTask: z.object({ id: z.string() }) });

const texts = {
  zh: {
    declare: '我有利益关系，请交给别人',
    reason: '我或家人在该机构任职',
    notYours: '您不处理这份申请',
    declared: '一位经办人声明了利益关系',
    handedTo: /原定的经办人都不能处理，改由 .* · 项目经理 处理/,
    handed: '转交给您',
    approve: '批准',
    mail: '转由您处理',
    standIns: '代班人',
    name: '指定',
    named: '已指定代班人',
    revoke: /^撤销/,
    revoked: '代班已撤销',
    asStandIn: /代 方审批 办理/,
    both: '钱财务（代 方审批 办理）',
    manager: '项目经理',
  },
  en: {
    declare: 'I have an interest: give it to others',
    reason: 'I or my family work there',
    notYours: 'You do not act on this case',
    declared: 'declared an interest and no longer acts on this case',
    handedTo: /Nobody who was asked may answer: .* · Programme manager has it now/,
    handed: 'handed over to you',
    approve: 'Approve',
    mail: 'is with you now',
    standIns: 'Stand-ins',
    name: 'Name',
    named: 'The stand-in is named',
    revoke: /^Revoke/,
    revoked: 'The naming is revoked',
    asStandIn: /as 方审批’s stand-in/,
    both: '钱财务 (standing in for 方审批)',
    manager: 'Programme manager',
  },
} as const;

describe.each(['zh', 'en'] as const)('interests and stand-ins, in %s', (language: Language) => {
  const text = texts[language];
  let stand: Stand;
  let approver: Reader;
  let phone: Reader;
  let applicant: Reader;

  /** A need that waits for its donor's approval. */
  async function atDonor(organization: string): Promise<Sent> {
    const sent = await sendNeed(stand, {
      organization,
      language,
      email: 'office@hospital.example',
      lines: [{ item: '医用口罩', quantity: 100, unit: '只' }],
    });
    const coordinator = apiClient(stand.url, await stand.token('hub-coordinator'));
    for (const body of [{ outcome: 'verified' }, { outcome: 'matched', donor: 'river-foundation' }]) {
      await stand.settle();
      const { openTask } = await coordinator.get(`/cases/${sent.id}`, OpenTask);
      await coordinator.post(`/tasks/${openTask.id}/decision`, body, AnyAnswer);
    }
    await stand.settle();
    return sent;
  }

  async function declares(reader: Reader, person: string, id: string): Promise<void> {
    await openCaseAs(reader, person, id);
    await reader.page.getByText(text.declare).click();
    await reader.press(text.reason);
  }

  beforeAll(async () => {
    stand = await startStand();
    approver = await stand.reader({ language });
    phone = await stand.reader({ language, viewport: 'phone' });
    applicant = await stand.reader({ language, viewport: 'phone' });
  }, 180_000);
  afterAll(() => stand?.close(), 180_000);

  it('whoever declares an interest hands the task on: to colleagues, then to the lead, and the applicant sees who has it', async () => {
    const { id, link } = await atDonor('示例第七医院');
    await declares(approver, 'funder-approver', id);
    expect(await approver.text()).toContain(text.notYours);
    expect(await approver.page.locator('.verdict input[name="outcome"]').count()).toBe(0);
    await approver.open('/console');
    expect(await approver.text()).not.toContain(id);
    await stand.settle();
    const [told] = await stand.mails('funder-second-approver@example.org');
    expect(told?.subject).toContain(id);

    await declares(phone, 'funder-second-approver', id);
    await stand.settle();
    expect(await phone.text()).toContain(text.notYours);
    const [asked] = await stand.mails('programme-manager@example.org');
    expect(asked?.subject).toContain('转由您处理');
    await applicant.open(link);
    const seen = await applicant.text();
    expect(seen).toContain(text.declared);
    expect(seen).toMatch(text.handedTo);
    expect(await applicant.page.locator('.holder-who').innerText()).toContain(text.manager);
    expect(seen).not.toContain('方审批');

    const manager = await stand.reader({ language });
    await openAs(manager, 'programme-manager');
    expect(await manager.text()).toContain(text.handed);
    await openCaseAs(manager, 'programme-manager', id);
    expect(await manager.text()).toMatch(text.handedTo);
    await decide(manager, text.approve);
    await stand.settle();
    await applicant.open(link);
    expect(await applicant.page.locator('.holder-who').innerText()).not.toContain(text.manager);
    await manager.close();
  });

  it('an approver names a stand-in, whose decisions carry both names, until it is revoked', async () => {
    const { id } = await atDonor('示例第八医院');
    await openAs(approver, 'funder-approver', '/console/stand-ins');
    const colleague = approver.page.locator('select[name="standIn"] option', { hasText: '钱财务' });
    await approver.fill({
      standIn: (await colleague.getAttribute('value')) ?? '',
      from: stand.day(),
      to: stand.day(2),
    });
    await approver.press(text.name);
    expect(await approver.text()).toContain(text.named);

    const finance = await stand.reader({ language, viewport: 'phone' });
    await openAs(finance, 'funder-finance');
    expect(await finance.text()).toMatch(text.asStandIn);
    await openCaseAs(finance, 'funder-finance', id);
    await decide(finance, text.approve);
    await stand.settle();
    await openCaseAs(approver, 'funder-approver', id);
    expect(await approver.text()).toContain(text.both);

    const { id: later } = await atDonor('示例第九医院');
    await approver.open('/console/stand-ins');
    await approver.press(text.revoke);
    expect(await approver.text()).toContain(text.revoked);
    await finance.open('/console');
    expect(await finance.text()).not.toContain(later);
    await finance.close();
  });
});
