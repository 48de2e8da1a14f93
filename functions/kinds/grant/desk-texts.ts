import type { Bilingual } from '../../../shared/domain/language.ts';
import type { EntryTexts } from '../pages.ts';

/** Where a coordinator enters an application for an organization. */
export const grantEntryText: Bilingual<EntryTexts> = {
  zh: { card: { title: '小额资助申请', text: '申请一个开放的资助项目' }, title: '代录资助申请' },
  en: {
    card: { title: 'Micro-grant application', text: 'For one of the open programmes' },
    title: 'Grant application, on behalf',
  },
};

/** What a desk's page says about one. */
const zh = {
  application: '申请内容',
  budgetLine: '项目',
  amount: '金额',
  total: '合计',
  answers: '问题与回答',
  unanswered: '未回答',
  programme: '资助项目',
  available: '可用余额',
  reserved: '已批准，未付款',
  paid: '已付款',
  returned: '已退回',
  ofBudget: '共 {budget}',
  ceiling: '单项上限',
  secondAbove: '须二次审批',
  secondAboveText: '超过 {amount}',
  closesOn: '截止日期',
  afterThis: '批准申请金额后剩余',
  award: '批准金额',
  left: '结余',
  report: '反馈报告',
  scoreHint: '0 至 100 分',
  amountRequested: '申请 {amount}',
  amountAwarded: '第一位审批人批准了 {amount}，您确认的是同一金额。',
  paidHint: '批准金额 {amount}',
};

const en: typeof zh = {
  application: 'Application',
  budgetLine: 'Item',
  amount: 'Amount',
  total: 'Total',
  answers: 'Questions and answers',
  unanswered: 'not answered',
  programme: 'Programme',
  available: 'Available',
  reserved: 'Granted, not paid',
  paid: 'Paid',
  returned: 'Returned',
  ofBudget: 'of {budget}',
  ceiling: 'Ceiling',
  secondAbove: 'Second approval',
  secondAboveText: 'above {amount}',
  closesOn: 'Closes',
  afterThis: 'Left if granted in full',
  award: 'Award',
  left: 'Left over',
  report: 'Report',
  scoreHint: '0 to 100 points',
  amountRequested: '{amount} requested',
  amountAwarded: 'The first approver granted {amount}; you confirm that same amount.',
  paidHint: '{amount} approved',
};

export const grantDeskText: Bilingual<typeof zh> = { zh, en };
