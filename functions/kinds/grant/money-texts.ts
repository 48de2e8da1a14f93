import type { Bilingual } from '../../../shared/domain/language.ts';

/** What was paid and came back, and what finance and approvers say about it. */
const zh = {
  books: '款项记录',
  booksColumns: ['编号', '记录', '日期', '凭证号', '金额'],
  what: { payment: '付款', failed: '付款失败', return: '退款', waiver: '免退' },
  corrects: '更正 {entry}',
  corrected: '已更正',
  owed: '须退回',
  outstanding: '还须退回',
  because: { unspent: '没有用完', stopped: '资助方终止', 'given-up': '申请方放弃' },
  returnedHint: '还须退回 {amount}。可以分几次记录。',
  waiverHint: '还须退回 {amount}。不填金额，就是全部免退。',
  waiverAsked: '申请免退 {amount}',
  entryHint: '选一笔记录，填写正确的内容；原来的记录保留。',
  correctAmountHint: '只有退款的金额可以改；没有到账填 0。不填就是金额不变。',
  stoppedHint: '写明原因，申请方会看到。付过的款项须退回，没有付的款项回到项目。',
  failedHint: '写明原因，申请方会看到，并请其说明款项应付到哪里。',
  accountHint: '例如 开户行、户名、账号；资助方财务会看到。',
  accountTitle: '款项没有付到，请更正账户信息',
  accountAction: '提交',
  accountReason: '款项应付到哪里',
  returnTitle: '请退回款项',
  returnText: '还须退回 {amount}（{because}）。资助方财务收到后会记录，这里会显示。',
};

const en: typeof zh = {
  books: 'Payments and returns',
  booksColumns: ['No.', 'Entry', 'Day', 'Reference', 'Amount'],
  what: { payment: 'Payment', failed: 'Payment failed', return: 'Return', waiver: 'Not claimed back' },
  corrects: 'in place of {entry}',
  corrected: 'corrected',
  owed: 'To be returned',
  outstanding: 'Still owed',
  because: { unspent: 'not spent', stopped: 'stopped by the funder', 'given-up': 'given up by the applicant' },
  returnedHint: '{amount} are still owed. Parts can be recorded one by one.',
  waiverHint: '{amount} are still owed. Left empty, none of it is claimed back.',
  waiverAsked: 'Asked not to claim back {amount}',
  entryHint: 'Choose an entry and give what is right; the wrong one is kept.',
  correctAmountHint: 'Only a return can have another amount, 0 for one that never came. Left empty, it stays.',
  stoppedHint: 'Say why: the applicant reads it. What was paid is owed back, what was not is the programme’s again.',
  failedHint: 'Say why: the applicant reads it and is asked where the money is to go.',
  accountHint: 'For example bank, name and number of the account; the funder’s finance reads it.',
  accountTitle: 'The payment failed: please correct the account',
  accountAction: 'Send',
  accountReason: 'Where the money is to go',
  returnTitle: 'Please pay money back',
  returnText: '{amount} are still owed ({because}). The funder’s finance records what arrives, and you see it here.',
};

export const moneyText: Bilingual<typeof zh> = { zh, en };
