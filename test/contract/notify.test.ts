import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createMailer } from '../../functions/notify/mailer.ts';
import { mailName, notify } from '../../functions/notify/notify.ts';
import type { Notifier } from '../../functions/notify/send-once.ts';
import { advance } from '../../functions/stages/advance/advance.ts';
import { openTask } from '../../functions/stages/open-task/open-task.ts';
import { withdrawCase } from '../../shared/case/applicant-actions.ts';
import { mayMail } from '../../shared/case/limits.ts';
import { secretOf } from '../../shared/case/track.ts';
import { mailboxHash } from '../../shared/case/undelivered.ts';
import { allowances } from '../../shared/domain/allowances.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { AdvanceInput } from '../../shared/domain/workflow/contract.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { marksOf } from '../../shared/store/case-item.ts';
import { readCaseFile } from '../../shared/store/cases.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { countUnsent } from '../../shared/store/mails.ts';
import { transact } from '../../shared/store/table.ts';
import { deliverableAgain } from '../../shared/store/undeliverable.ts';
import { type HubStand, startHub } from '../engine/hub-stand.ts';
import { interceptTable } from '../engine/intercepted-table.ts';
import { aNotifier, toOf } from '../engine/notifier.ts';
import { aCaseIn, answer, answerWith, applicantOf, broughtTo, openProgramme, submitted } from '../factory/hub.ts';
import { readers } from '../factory/readers.ts';
import { type MailServer, startMailServer } from '../fake/mail-server.ts';

let stand: HubStand;
let server: MailServer;
let hub: Hub;
let notifier: Notifier;
const logged: string[] = [];
beforeAll(async () => {
  for (const level of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void logged.push(line));
  [stand, server] = [await startHub(), await startMailServer()];
  ({ hub } = stand);
  await openProgramme(hub, { id: 'fund' });
  notifier = await aNotifier(hub, server);
});
afterEach(() => {
  server.mails.length = 0;
  server.refused.clear();
});
afterAll(async () => {
  await stand.stop();
  await server.stop();
});

async function eventsOf(subject: Pick<Case, 'id'>): Promise<CaseEvent[]> {
  return (await readCaseFile(hub.table, subject.id))?.events ?? [];
}
/** Tells what happened last, as the stream's filter lets it through. */
async function tellLast(subject: Pick<Case, 'id'>): Promise<CaseEvent> {
  const event = (await eventsOf(subject)).at(-1);
  if (!event) throw new Error('nothing happened');
  if (marksOf(event).notify === 'yes') await notify(notifier, event);
  return event;
}
const told = () => server.mails.map((mail) => [toOf(mail), mail.subject]).toSorted();
const act = (subject: Case, action: AdvanceInput['action'], round = 0) =>
  advance(hub.table, { caseId: subject.id, stage: subject.stage, action, round, run: 1 });

const applicant = 'someone@example.org';
const coordinator = 'hub-coordinator@example.org';
const lead = 'hub-lead@example.org';

describe('who is told what', () => {
  it('the applicant that the request came in, with the private link', async () => {
    const subject = await submitted(hub, 'need');
    await tellLast(subject);
    expect(told()).toEqual([[applicant, `【接力】物资需求 ${subject.id}：已收到`]]);
    const link = `https://hub.example.org/track/${await secretOf(hub, subject)}?lang=zh`;
    expect(server.mails[0]?.text).toContain(link);
    expect(server.mails[0]?.text).toMatch(/接下来：\n1\. .*\n2\. 协调中心一般在 24 小时内核实/);
    expect(server.mails[0]?.html).toContain(`href="${link}"`);
  });

  it('those who can act, each in their language, with a link to the case and none of the applicant’s', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await tellLast(subject);
    expect(told()).toEqual([
      [coordinator, `【接力】物资需求 ${subject.id}：有一项待您处理`],
      [lead, `[Jieli] Need ${subject.id}: waiting for you`],
    ]);
    for (const mail of server.mails) {
      expect(mail.text).toContain(`https://hub.example.org/console/cases/${subject.id}`);
      expect(mail.text).not.toContain('/track/');
    }
  });

  it('the applicant of a decision with its reason, which is in nobody else’s mail and in no subject', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await answerWith(hub, subject, { outcome: 'changes-requested', reason: '请补充联系人' });
    await tellLast(subject);
    expect(told()).toEqual([[applicant, `【接力】物资需求 ${subject.id}：请补充`]]);
    expect(server.mails[0]?.text).toContain('理由：请补充联系人');
    await broughtTo(hub, subject, 'changes-requested');
    await tellLast(subject);
    expect(server.mails).toHaveLength(1);
  });

  it('the applicant of a dispatch, with carrier and day', async () => {
    const subject = await aCaseIn(hub, 'need', 'dispatching');
    const after = await answer(hub, subject);
    await tellLast(subject);
    expect(told()).toEqual([[applicant, `【接力】物资需求 ${subject.id}：已发货`]]);
    if (after.kind !== 'need' || after.stage !== 'in-transit') throw new Error('not dispatched');
    expect(server.mails[0]?.text).toContain('快运');
    expect(server.mails[0]?.text).toContain(after.consignment.expectedOn);
  });

  it('the approver of a need that is theirs to decide, and nobody of another donor', async () => {
    const subject = await aCaseIn(hub, 'need', 'approving');
    await tellLast(subject);
    expect(told().map(([to]) => to)).toEqual([
      'funder-approver@example.org',
      'funder-second-approver@example.org',
      'many-roles@example.org',
    ]);
  });

  it('the applicant of an award only when it is final, with its amount', async () => {
    const subject = await aCaseIn(hub, 'grant', 'approving', { budget: [{ description: '油费', amount: 400_000 }] });
    await answer(hub, subject);
    await tellLast(subject);
    expect(server.mails).toEqual([]);
    const second = await broughtTo(hub, subject, 'second-approval');
    await answer(hub, second);
    await tellLast(subject);
    expect(told()).toEqual([[applicant, `【接力】小额资助申请 ${subject.id}：已批准`]]);
    expect(server.mails[0]?.text).toContain('4,000.00 元');
  });

  it('the applicant of the linked need that goes on', async () => {
    const subject = await aCaseIn(hub, 'need', 'approving');
    const { children } = await answer(hub, subject, { lines: [{ line: 'L1', quantity: 1 }] });
    const [child] = children;
    if (!child) throw new Error('no linked need');
    await tellLast({ id: child });
    expect(told()).toEqual([[applicant, `【接力】物资需求 ${child}：未满足的部分继续寻找捐赠方`]]);
  });

  it('whoever is late: reminded themselves, then the hub’s leads too', async () => {
    const subject = await aCaseIn(hub, 'grant', 'reviewing');
    await act(subject, 'remind');
    await tellLast(subject);
    expect(told().map(([to]) => to)).toEqual(['funder-reviewer@example.org', 'many-roles@example.org']);
    server.mails.length = 0;
    await act(subject, 'escalate', 1);
    await tellLast(subject);
    expect(told()).toEqual([
      ['funder-reviewer@example.org', `【接力】小额资助申请 ${subject.id}：逾期未处理，请协助跟进`],
      [lead, `[Jieli] Micro-grant application ${subject.id}: overdue, please follow up`],
      ['many-roles@example.org', `【接力】小额资助申请 ${subject.id}：逾期未处理，请协助跟进`],
    ]);
  });

  it('an applicant who is late: reminded, also when the hub is asked to help, which they are not', async () => {
    const subject = await aCaseIn(hub, 'need', 'in-transit');
    await act(subject, 'remind');
    await tellLast(subject);
    expect(told()).toEqual([[applicant, `【接力】物资需求 ${subject.id}：提醒：请尽快处理`]]);
    server.mails.length = 0;
    await act(subject, 'escalate', 1);
    await tellLast(subject);
    expect(told().map(([to]) => to)).toEqual([coordinator, lead, applicant]);
    const mail = server.mails.find((each) => toOf(each) === applicant);
    expect(mail?.subject).toContain('提醒');
    expect(mail?.text).not.toContain('协助跟进');
  });

  it('the hub of a stuck workflow, and nobody when somebody mended it before', async () => {
    const subject = await submitted(hub, 'need');
    await openTask(hub.table, { caseId: subject.id, stage: 'x', taskToken: 't', dueSeconds: 60, stuck: true });
    const event = await tellLast(subject);
    expect(event.type).toBe('stuck');
    expect(told().map(([to]) => to)).toEqual([coordinator, lead]);
  });

  it('the applicant of a cover, that it is ending and that it has ended', async () => {
    const subject = await aCaseIn(hub, 'insurance', 'binding');
    const active = await answer(hub, subject);
    await tellLast(subject);
    expect(server.mails[0]?.text).toContain('P1');
    await act(active, 'ending-soon');
    await tellLast(subject);
    await act(active, 'end');
    await tellLast(subject);
    expect(
      told()
        .map(([, text]) => text?.split('：')[1])
        .toSorted(),
    ).toEqual(['保障即将到期', '保障已结束', '已承保']);
    if (active.kind === 'insurance') for (const mail of server.mails) expect(mail.text).toContain(active.coverTo);
  });

  it('nobody of what the workflow does by itself, of amounts, and of questions that are answered already', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await answer(hub, subject);
    for (const event of await eventsOf(subject)) {
      if (event.type === 'submitted' || (event.type === 'stage-changed' && event.on === 'verified')) continue;
      if (marksOf(event).notify === 'yes') await notify(notifier, event);
    }
    expect(told()).toEqual([]);
  });

  it('nobody where there is no address', async () => {
    const subject = await submitted(hub, 'need', { contact: { name: '某某', phone: '027-0000 1234' } });
    await tellLast(subject);
    expect(told()).toEqual([]);
  });
});

describe('every mail', () => {
  it('of every event of every kind is complete in both languages, escaped in HTML, and has nobody’s name, phone or address in it', async () => {
    const organization = '<b>某"医院"&</b>';
    for (const kind of ['need', 'grant', 'insurance'] as const) {
      for (const language of ['zh', 'en']) {
        const end = kind === 'insurance' ? 'active' : 'closed';
        const contact = { name: '某某', phone: '027-0000 1234', email: `every-${kind}-${language}@example.org` };
        const subject = await aCaseIn(hub, kind, end, { organization, language, contact });
        for (const event of await eventsOf(subject)) await notify(notifier, event);
        const gone = await submitted(hub, kind, { organization, language, contact });
        await withdrawCase(hub, gone.id, {}, applicantOf(gone.id));
        await tellLast(gone);
      }
    }
    expect(server.mails.length).toBeGreaterThan(20);
    for (const { subject, text, html, headers, from, messageId } of server.mails) {
      const all = `${subject}\n${text}\n${html}`;
      expect(all).not.toMatch(/\{\w+\}|undefined|null|\[object/);
      expect(all).not.toMatch(/某某|0000 1234|某路|志愿者 138/);
      expect(String(html)).not.toContain('<b>');
      expect(subject).not.toContain('医院');
      expect(headers.get('auto-submitted')).toBe('auto-generated');
      expect(from?.text).toContain('hub@example.org');
      expect(messageId).toMatch(/^<[\w-]+@hub\.example\.org>$/);
    }
    const english = server.mails.filter(
      (mail) => mail.subject?.startsWith('[Jieli]') && toOf(mail).startsWith('every-'),
    );
    expect(english.length).toBeGreaterThan(5);
    for (const mail of english) {
      expect(mail.text?.replaceAll(organization, '').replace('快运', '')).not.toMatch(/[\u4e00-\u9fff]/u);
      expect(mail.html).toContain('lang="en"');
    }
  });

  it('goes out once per event and recipient, however often the event comes', async () => {
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const events = await eventsOf(subject);
    for (const event of [...events, ...events.toReversed()]) await notify(notifier, event);
    const ids = server.mails.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(3);
  });

  it('is remembered under nothing that a guessed address could be tried against', async () => {
    const subject = await submitted(hub, 'need');
    const [event] = await eventsOf(subject);
    if (!event) throw new Error('nothing happened');
    const to = { who: 'applicant', email: 'a@example.org', language: 'zh', as: 'applicant' } as const;
    expect(mailName(event, { ...to, email: 'b@example.org' })).toBe(mailName(event, to));
    const somebody = readers.find(({ as }) => as === 'member');
    expect(somebody && mailName(event, somebody)).not.toBe(mailName(event, to));
  });

  it('that was sent and not remembered goes out again with the same Message-ID', async () => {
    const subject = await submitted(hub, 'need');
    const [event] = await eventsOf(subject);
    if (!event) throw new Error('nothing happened');
    const table = interceptTable(hub.table, (command) => {
      if (server.mails.length > 0 && /^(Put|TransactWrite)/.test(command)) throw new Error('the function was killed');
    });
    await expect(notify({ ...notifier, table }, event)).rejects.toThrow('killed');
    await notify(notifier, event);
    await notify(notifier, event);
    expect(server.mails).toHaveLength(2);
    expect(server.mails[0]?.messageId).toBe(server.mails[1]?.messageId);
  });
});

describe('a mailbox that confirmed nothing', () => {
  const typed = (email: string, organization = '某医院') => ({
    organization,
    contact: { name: '某某', phone: '027-0000 1234', email },
  });
  const toThem = (to: string) => server.mails.filter((mail) => toOf(mail) === to);

  it('has a receipt for each of two requests, and is not filled by sixty, however its address is spelt', async () => {
    const [twice, stranger] = ['twice@example.org', 'stranger@example.org'];
    for (let time = 0; time < 2; time++) await tellLast(await submitted(hub, 'need', typed(twice)));
    expect(toThem(twice)).toHaveLength(2);
    for (let time = 0; time < 60; time++) {
      const spelt = time % 2 ? stranger : `Stranger+${time}@EXAMPLE.org`;
      const event = await tellLast(await submitted(hub, 'need', typed(spelt)));
      // a record that the stream brings again is not counted again
      if (time < 3) await notify(notifier, event);
    }
    const theirs = server.mails.filter((mail) => /^stranger/i.test(toOf(mail)));
    expect(theirs).toHaveLength(allowances['mail/mailbox'].burst);
  });

  it('gets nothing of what a stranger typed as a greeting, in a subject or as a link, nor do those who must act', async () => {
    const organization = '您好，您中奖了 http://evil.example/win 点此 evil.example.com 或 a@evil.example 领取：';
    const subject = await submitted(hub, 'need', typed('lure@example.org', organization));
    for (const event of await eventsOf(subject)) await notify(notifier, event);
    const opened = await aCaseIn(hub, 'need', 'verifying', typed('lure@example.org', organization));
    for (const event of await eventsOf(opened)) await notify(notifier, event);
    expect(server.mails.length).toBeGreaterThan(3);
    for (const { subject: line, text, html } of server.mails) expect(`${line}${text}${html}`).not.toMatch(/evil/);
    for (const mail of toThem('lure@example.org')) expect(mail.text).not.toContain('中奖');
  });

  it('misses nothing that the hub has to say: what is more than it may get waits', async () => {
    const busy = 'busy@example.org';
    const { burst } = allowances['news/mailbox'];
    for (let time = 0; time < burst; time++) await mayMail(hub, { type: 'news' }, busy);
    const waiting = async () => (await countUnsent(hub.table)).waiting.reduce((sum, { count }) => sum + count, 0);
    const before = await waiting();
    const subject = await aCaseIn(hub, 'need', 'matching', typed(busy));
    for (const event of await eventsOf(subject)) await notify(notifier, event);
    // the receipt, which they asked for themselves, is counted elsewhere
    expect(toThem(busy)).toHaveLength(1);
    expect(await waiting()).toBe(before + 1);
  });
});

describe('an address', () => {
  it('that the server refuses for good does not keep the others waiting, and is not tried again', async () => {
    server.refused.set(coordinator, 550);
    const subject = await aCaseIn(hub, 'need', 'verifying');
    const event = await tellLast(subject);
    expect(told().map(([to]) => to)).toEqual([lead]);
    server.refused.clear();
    await notify(notifier, event);
    expect(server.mails).toHaveLength(1);
    expect(logged.some((line) => line.includes('mail-refused'))).toBe(true);
    // somebody has found that the address is right
    await transact(hub.table, [deliverableAgain(hub.table, await mailboxHash(hub, coordinator))]);
  });

  it('that the server puts off is tried again, while the others have their mail', async () => {
    server.refused.set(coordinator, 450);
    const subject = await aCaseIn(hub, 'need', 'verifying');
    await expect(tellLast(subject)).rejects.toMatchObject({ responseCode: 450 });
    expect(told().map(([to]) => to)).toEqual([lead]);
    server.refused.clear();
    await tellLast(subject);
    expect(told().map(([to]) => to)).toEqual([coordinator, lead]);
  });
});

describe('a mailer', () => {
  it('for SMTP without a server to name is not made: the function does not start', () => {
    expect(() => createMailer('hub@example.org', 'smtp')).toThrow('SMTP_URL');
  });
});

describe('the log', () => {
  it('has codes and case numbers, and no address', () => {
    expect(logged.length).toBeGreaterThan(0);
    for (const line of logged) {
      expect(line).not.toMatch(/@|医院|某/);
      expect(JSON.parse(line)).toMatchObject({ code: expect.any(String) });
    }
  });
});
