import type { Bilingual } from '../../../shared/domain/language.ts';
import type { EntryTexts } from '../pages.ts';

/** Where a coordinator enters a request for insurance for an organization. */
export const insuranceEntryText: Bilingual<EntryTexts> = {
  zh: { card: { title: '志愿者保险', text: '为志愿者名单申请意外保险' }, title: '代录志愿者保险' },
  en: {
    card: { title: 'Volunteer insurance', text: 'Accident cover for a roster of volunteers' },
    title: 'Volunteer insurance, on behalf',
  },
};

/** A roster that is typed as text, or read from a file. */
const zh = {
  rosterHint:
    '上传 CSV 或 XLSX（最大 4 MB），会先显示读到的内容，不会直接提交；或在下面输入：每行一位，姓名、证件号码、手机号码，用空格、逗号或制表符隔开。',
  rosterStays: '每行一位：姓名、证件号码、手机号码，用空格、逗号或制表符隔开。留空则沿用原名单（{count} 人）。',
  file: '上传名单（CSV、XLSX）',
  badRows: '名单中有 {count} 行需要修改，其余 {good} 行没有问题',
  leaveOut: '去掉有问题的 {count} 行',
  leftOut: '去掉了 {count} 行，列在下面。核对后再提交。',
  roster: '志愿者名单',
};

const en: typeof zh = {
  rosterHint:
    'Upload CSV or XLSX of up to 4 MB: what was read is shown before anything is submitted. Or type below: one volunteer a row, name, identity number and mobile, apart by spaces, commas or tabs.',
  rosterStays:
    'One a row: name, identity number, mobile, apart by spaces, commas or tabs. Left empty, the present roster ({count} people) stays.',
  file: 'Upload a roster (CSV, XLSX)',
  badRows: '{count} {count|row needs|rows need} attention; the other {good} {good|is|are} fine',
  leaveOut: 'Leave {count} {count|row|rows} out',
  leftOut: '{count} {count|row was|rows were} left out and {count|stands|stand} below. Check, then submit.',
  roster: 'Roster',
};

export const rosterEntryText: Bilingual<typeof zh> = { zh, en };

/** What a desk's page says about one. */
const deskZh = {
  cover: '保险',
  people: '人数',
  insurer: '保险公司',
  roster: '志愿者名单',
  covered: '{from} 至 {to} 已由其他申请投保',
  askedFor: '申请的日期',
  startPassed: '开始日已到',
  startPassedText: '申请的开始日 {date} 已到。承保时要填写新的起止日，最早为承保次日；此前没有保障。',
  coverHint: '最早为明天：保障从承保次日起算。写保险公司自己的日期，申请方会收到通知。',
  masked: '证件号码已遮盖；需要完整号码时请说明理由，每次查看都会记录。',
  showNumber: '查看一个完整证件号码',
  showNumberOf: '谁的证件号码',
  showNumberWhy: '理由',
  showNumberHint: '这次查看、您的姓名和理由会记入该申请的查看记录。',
  gist: '{count} 人',
};

const deskEn: typeof deskZh = {
  cover: 'Insurance',
  people: 'Volunteers',
  insurer: 'Insurer',
  roster: 'Roster',
  covered: 'insured by another request {from} to {to}',
  askedFor: 'Days asked for',
  startPassed: 'the first day has come',
  startPassedText:
    'The first day that was asked for, {date}, has come. Whoever binds the cover enters other days, from the day after at the earliest; nobody is covered before.',
  coverHint:
    'Tomorrow at the earliest: cover begins on the day after you bind it. Enter your own days; the applicant is told of them.',
  masked: 'Identity numbers are masked. Where one is needed in full, say why: each look is recorded.',
  showNumber: 'Show one identity number in full',
  showNumberOf: 'Whose number',
  showNumberWhy: 'Reason',
  showNumberHint: 'That you looked, and why, is entered in the record of who looked at this case.',
  gist: '{count} people',
};

export const insuranceDeskText: Bilingual<typeof deskZh> = { zh: deskZh, en: deskEn };
