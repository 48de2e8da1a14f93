import * as z from 'zod';
import type { RunningStack } from '../../cdk/cli/stack.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { type Visitor, visitor } from '../crash/visitor.ts';
import { textCells, workbook } from '../unit/spreadsheet-file.ts';
import { giveFile } from './give-file.ts';

/** What is personal of those whom only pages ask for. */
export const marked = {
  drafted: '草稿标记戌亥',
  draftedPhone: '13900077789',
  invited: 'biaoji-yaoqing@example.org',
  joined: '入会标记天地',
  removed: '移除标记玄黄',
  founder: '登记标记宇宙',
  founderMail: 'biaoji-dengji@example.org',
  otherMail: 'biaoji-dizhi@example.org',
  referred: '转介标记洪荒',
  referredPhone: '0270-8877321',
  help: '帮助标记日月',
  shown: '出示标记盈昃',
  decided: '决定标记辰宿',
  looked: '查看标记列张',
  listed: '名册标记寒来',
  listedPhone: '13900077321',
  sheet: '表格标记暑往',
  sheetPhone: '13900077322',
  declared: '利益标记秋收',
  rostered: '文件标记冬藏',
  rosteredPhone: '13900077323',
  besides: '同填标记闰余',
} as const;

/** Addresses that mails go to, and that therefore lie in the mailbox. */
export const mailed: readonly string[] = [marked.invited, marked.founderMail, marked.otherMail];

const Mails = z.object({ items: z.array(z.object({ text: z.string() })) });

/** What somebody does with pages alone, with everything that is typed there marked. */
export async function useConsole(
  { cloud }: RunningStack,
  cases: { readonly open: string; readonly insured: string },
): Promise<string[]> {
  const { url, clock } = cloud;
  const paths: string[] = [];
  const as = async (person: string): Promise<Visitor> => {
    const one = visitor(url);
    // who is a member of nothing yet is signed in, and told so
    await one.signIn(person).catch((error: unknown) => {
      if (!String(error).includes('answers 403')) throw error;
    });
    const { open, send } = one;
    return {
      ...one,
      open: async (path) => {
        const page = await open(path);
        paths.push(path, page.path);
        return page;
      },
      send: async (page, path, fields) => {
        const sent = await send(page, path, fields);
        paths.push(path, sent.path);
        return sent;
      },
    };
  };
  /** The link in the last mail to an address. */
  const linkTo = async (to: string): Promise<string> => {
    for (let tries = 0; tries < 200; tries++) {
      await clock.advance(0);
      const response = await fetch(`${url}/mail/api?${new URLSearchParams({ to })}`);
      const text = Mails.parse(await response.json()).items[0]?.text;
      const link = /https?:\/\/\S+/.exec(text ?? '')?.[0];
      if (link) return new URL(link).pathname;
    }
    throw new Error('no mail with a link came');
  };

  // a draft of an organization
  const manager = await as('org-manager');
  const begun = await manager.open('/console/drafts/new/need');
  const draft = /action="(\/console\/drafts\/[a-z0-9]{10})"/.exec(begun.html)?.[1] ?? '';
  const typed = { 'contact.name': marked.drafted, 'contact.phone': marked.draftedPhone };
  await manager.send(begun, draft, { ...typed, 'delivery.address': marked.drafted, action: 'save' });
  await manager.open(draft);

  // a file that goes past the gateway, and what was typed beside it; one is read, one stays where it is
  const clerk = await as('hub-coordinator');
  const people = `姓名,身份证号,手机号码\n${marked.rostered},1,${marked.rosteredPhone}`;
  for (const isRead of [true, false]) {
    const entry = { activity: marked.besides, action: 'choose-file' };
    const waiting = await clerk.send(await clerk.open('/console/new/insurance'), '/console/new/insurance', entry);
    if (isRead) await clerk.give(waiting, 'a.csv', people);
    else await giveFile(waiting.html, people, 'a.csv');
  }

  // somebody is invited, joins, and is removed for a reason
  const lead = await as('programme-manager');
  await lead.send(await lead.open('/console/members'), '/console/members', {
    email: marked.invited,
    roles: 'reviewer',
    language: 'zh',
  });
  const newcomer = await as('newcomer');
  const invitation = await newcomer.open(await linkTo(marked.invited));
  await newcomer.send(invitation, invitation.path.replace(/\?.*/, ''), {
    name: marked.joined,
    email: marked.invited,
    language: 'zh',
  });
  await lead.send(await lead.open('/console/members'), '/console/members/newcomer/removal', {
    'reason-newcomer': marked.removed,
  });

  // an organization registers and confirms an address; another one is asked for
  const founder = await as('founder');
  await founder.send(await founder.open('/console/organization/new'), '/console/organization/new', {
    organization: '示例服务站',
    email: marked.founderMail,
    name: marked.founder,
  });
  const confirming = await founder.open(await linkTo(marked.founderMail));
  await founder.send(confirming, confirming.path.replace(/\?.*/, ''), {});
  await founder.send(await founder.open('/console/requests'), '/console/requests/addresses', {
    email: marked.otherMail,
  });

  // a person in need is referred, accepted and seen
  const coordinator = await as('hub-coordinator');
  const referred = await coordinator.send(await coordinator.open('/console/referrals/new'), '/console/referrals/new', {
    to: 'river-hospital-3',
    circumstance: 'patient-family',
    area: '青山区',
    help: marked.help,
    'person.name': marked.referred,
    'person.phone': marked.referredPhone,
    'consent.how': 'spoken',
    'consent.by': 'person',
  });
  const referral = referred.path.replace(/\?.*/, '');
  await manager.send(await manager.open(referral), referral, { outcome: 'accepted' });
  await manager.open(referral);

  // numbers in full, decisions, an interest with words where a code belongs, a stand-in
  const numbered = await coordinator.open(`/console/cases/${cases.insured}`);
  await coordinator.send(numbered, `/console/cases/${cases.insured}/number`, { row: '1', reason: marked.looked });
  const insurer = await as('insurer');
  const batch = await insurer.open('/console/insurance/batch');
  await insurer.send(batch, '/console/insurance/batch.csv', { reason: marked.looked });
  const open = `/console/cases/${cases.open}`;
  const page = await coordinator.open(open);
  // a code is wanted there and words are sent: it is refused
  await coordinator.send(page, `${open}/interest`, { reason: marked.declared }).catch(() => undefined);
  const task = /name="task" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  await coordinator.send(page, open, {
    task,
    outcome: 'changes-requested',
    more: '',
    'changes-requested.reason': marked.decided,
  });
  const approver = await as('funder-approver');
  const standIns = await approver.open('/console/stand-ins');
  const colleague = /<option value="([A-Za-z0-9_-]{16})"/.exec(standIns.html)?.[1] ?? '';
  const today = localDate(clock.now());
  await approver.send(standIns, '/console/stand-ins', { standIn: colleague, from: today, to: addDays(today, 3) });

  // sheets as Excel writes them: a roster, and needs
  const rows = [
    ['姓名', '身份证号码', '手机号码'],
    [marked.listed, '11010119900307', marked.listedPhone],
  ];
  const form = new FormData();
  form.set('coverFrom', addDays(today, 1));
  form.set('coverTo', addDays(today, 9));
  form.set('file', new Blob([Buffer.from(workbook([{ name: 'Sheet1', xml: textCells(rows) }]))]), 'roster.xlsx');
  const review = await fetch(`${url}/api/v1/roster-reviews`, { method: 'POST', body: form });
  if (!(await review.text()).includes(marked.listed)) throw new Error(`the roster was not read: ${review.status}`);
  const needs = [
    ['机构', '省', '市', '区', '物资', '数量', '联系人', '电话'],
    ['标记机构三', '江城省', '江城市', '青山区', '口罩', '10', marked.sheet, marked.sheetPhone],
    ['标记机构四', '江城省', '江城市', '青山区', '口罩', marked.sheet, marked.sheet, 'x'],
  ];
  const planned = await fetch(`${url}/api/v1/imports`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await cloud.token('hub-coordinator')}`,
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    },
    body: Buffer.from(workbook([{ name: 'Sheet1', xml: textCells(needs) }])),
  });
  if (planned.status >= 300) throw new Error(`the sheet was not read: ${planned.status} ${await planned.text()}`);

  // somebody asks what is kept about them, and to have it erased
  const search = await as('hub-lead');
  const asked = { phone: marked.draftedPhone, shown: marked.shown };
  const found = await search.send(await search.open('/console/person-requests'), '/console/person-requests', asked);
  await search.send(found, '/console/person-requests/file', asked);
  await search.send(found, '/console/person-requests/erasure', asked);
  await clock.advance(0);
  return paths;
}
