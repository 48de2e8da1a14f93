import type { Bilingual } from '../../shared/domain/language.ts';

/** What a digest says. `{…}` are filled in. */
const zh = {
  subject: '【接力】{count} 项待办：{late} 项逾期，{new} 项新到',
  hello: '您好：以下事项等待处理，每项点开即可办理。',
  late: '逾期（{count}）',
  new: '新到（{count}）',
  line: '{organization} · {kind} {id} · {stage} · {due} 前',
  more: '还有 {count} 项，请在待办里查看。',
  answered: '另有 {count} 项已经办结或不再由您处理。',
  open: '打开待办',
  footer: '您可以在工作台“我的登录和邮件”里选择多久收一次邮件。紧急事项仍会立即通知。',
};

const en: typeof zh = {
  subject: '[Jieli] {count} waiting: {late} overdue, {new} new',
  hello: 'Hello, these wait for an answer; each opens by its link.',
  late: 'Overdue ({count})',
  new: 'New ({count})',
  line: '{organization} · {kind} {id} · {stage} · by {due}',
  more: '{count} more stand in the inbox.',
  answered: '{count} more were answered meanwhile, or are no longer with you.',
  open: 'Open the inbox',
  footer:
    'Under “My sign-ins and mail” in the console you choose how often these mails come. What is critical is still told at once.',
};

export const digestText: Bilingual<typeof zh> = { zh, en };
