import type { Bilingual } from '../../../shared/domain/language.ts';

/** What the page behind a private link says about a grant. */
const zh = {
  agreementTitle: '接受资助协议',
  agreementText: '资助金额 {amount}，用于“{programme}”中您申请的用途。',
  agreementTerms: [
    '只用于申请中写明的用途。',
    '付款后按项目规定的期限提交报告和支出情况。',
    '没有用完的部分退回资助方。',
  ],
  acceptAction: '我代表机构接受',
  reportTitle: '提交项目报告',
  spentHint: '单位：元。已付款 {amount}',
  evidenceHint: '例如票据照片的链接，没有可以不填',
  reportAction: '提交报告',
  returned: '上次的报告被退回，请按意见修改。',
  grantTitle: '资助',
  requested: '申请金额',
  award: '批准金额',
  payment: '付款',
  paidText: '{amount}，{date}，凭证号 {reference}',
  done: {
    accepted: '您已接受协议，资助方会拨付款项。',
    reported: '反馈已提交。',
    'account-corrected': '账户信息已提交，资助方会重新付款。',
    'given-up': '您放弃了资助。付过的款项须退回，进展会显示在这里。',
  },
};

const en: typeof zh = {
  agreementTitle: 'Accept the grant agreement',
  agreementText: '{amount} for what you applied for in “{programme}”.',
  agreementTerms: [
    'The money is used only for what the application says.',
    'After payment you report what was done and spent, by the programme’s date.',
    'What is not spent is paid back to the funder.',
  ],
  acceptAction: 'I accept for the organization',
  reportTitle: 'Send the project report',
  spentHint: 'In yuan. {amount} were paid',
  evidenceHint: 'For example a link to photographs of receipts; may be left empty',
  reportAction: 'Send the report',
  returned: 'Your last report was returned. Please change what was asked.',
  grantTitle: 'Grant',
  requested: 'Asked for',
  award: 'Approved',
  payment: 'Payment',
  paidText: '{amount} on {date}, reference {reference}',
  done: {
    accepted: 'You accepted the agreement. The funder will pay.',
    reported: 'Your report was sent.',
    'account-corrected': 'Your account details were sent. The funder will pay again.',
    'given-up': 'You gave the grant up. What was paid is owed back; you see it here.',
  },
};

export const grantSiteText: Bilingual<typeof zh> = { zh, en };
