import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.zh.ts';
import type { GrantStage } from './case.ts';
import type { grantFields } from './fields.ts';
import type { GrantInput } from './input.ts';
import type { GrantOutcome } from './stages.ts';

/** What a grant application says in Chinese. */
export const zh = {
  name: '小额资助申请',
  kept: '小额资助 {days} 天（资助方的审计）',
  next: [
    '几秒钟内自动核对项目的每一条规则。',
    '资助方一般在 2 天内评审，再由审批人决定。',
    '批准后请您接受协议，款项随后拨付。',
  ],
  stages: {
    ...everyKind.stages,
    reviewing: '评审',
    approving: '审批',
    'second-approval': '二次审批',
    agreement: '签订协议',
    disbursing: '拨付款项',
    delivering: '项目执行',
    'payment-failed': '付款失败',
    stopping: '终止中',
    reporting: '反馈报告',
    returning: '退回款项',
    waiving: '免退审批',
    terminated: '已终止',
    lapsed: '已失效',
  },
  outcomes: {
    ...everyKind.outcomes,
    recommended: { button: '建议资助', happened: '评审完成，建议资助' },
    'not-recommended': { button: '建议不资助', happened: '评审完成，建议不资助' },
    approved: {
      button: '批准',
      happened: '批准',
      news: ['已批准', '{kind} {id} 已获批准，金额 {yuan} 元。请打开下面的链接接受协议，之后安排付款。'],
    },
    accepted: { button: '接受协议', happened: '申请方接受协议' },
    paid: {
      button: '已付款',
      happened: '款项已付',
      news: ['已付款', '{id} 的资助款 {yuan} 元已付出。请在 {reportDueOn} 前打开下面的链接提交使用报告。'],
    },
    'payment-failed': {
      button: '付款失败',
      happened: '付款失败',
      news: ['付款失败', '{id} 的资助款没有付到您的账户。请打开下面的链接，说明款项应付到哪里。'],
    },
    'account-corrected': { button: '提交账户信息', happened: '申请方更正了账户信息' },
    'nothing-paid': {
      button: '没有付款',
      happened: '没有付款，已终止',
      news: ['已终止', '{id} 已终止。没有付过款，您无需退款。'],
    },
    reported: { button: '提交反馈', happened: '提交了反馈报告' },
    'report-accepted': {
      button: '报告通过',
      happened: '报告通过',
      news: ['报告通过', '{id} 的使用报告已通过，{kind}已完成。谢谢！'],
      newsAt: {
        returning: [
          '报告通过，请退回余款',
          '{id} 的使用报告已通过。还有 {owed} 元没有用完，请退回资助方账户。还欠多少，请看下面的链接。',
        ],
      },
    },
    returned: {
      button: '收到退款',
      happened: '收到退款',
      news: ['退款已收到', '{id} 的退款已收到，{kind}已完成。谢谢！'],
      newsAt: {
        returning: ['退款已收到', '{id} 的一部分退款已收到，还需退回 {owed} 元，详见下面的链接。'],
        terminated: ['退款已收到', '{id} 的退款已收到，已经结清。'],
      },
    },
    'entry-corrected': { button: '更正记录', happened: '更正了一笔款项记录' },
    'waiver-asked': { button: '申请免退', happened: '申请免退款项' },
    waived: {
      button: '同意免退',
      happened: '同意免退款项',
      news: ['无需再退款', '{id} 余下的款项，资助方不再追回，已经结清。'],
      newsAt: { returning: ['免退一部分款项', '{id} 有一部分款项资助方不再追回，还需退回 {owed} 元。'] },
    },
    'still-owed': { button: '仍须退回', happened: '款项仍须退回' },
    stopped: {
      button: '终止资助',
      happened: '资助方终止了资助',
      news: ['资助方已终止', '资助方终止了 {id}，原因见下面的链接；资助方财务正在核对是否付过款。'],
      newsAt: {
        returning: ['资助方已终止，请退款', '资助方终止了 {id}，请把 {owed} 元退回资助方账户，原因见下面的链接。'],
      },
    },
    'given-up': { button: '放弃资助', happened: '申请方放弃了资助' },
    'report-returned': {
      button: '退回报告',
      happened: '报告退回修改',
      news: ['报告需要修改', '{id} 的使用报告需要修改。请打开下面的链接，修改后重新提交。'],
    },
  },
  findings: {
    ...everyKind.findings,
    'outside-area': '不在项目地区范围内（{areas}）',
    'not-eligible-type': '机构类型不符合项目要求',
    'above-ceiling': '申请金额超过单个项目上限 {yuan} 元',
    closed: '提交时项目已截止',
    unanswered: '必答问题未回答：{question}',
    'budget-short': '项目余额只剩 {yuan} 元，不足申请金额',
    'already-applied': '该机构在本项目已有 {count} 份申请',
    'funded-elsewhere': '该机构在其他项目另有 {count} 份申请',
  },
  fields: {
    ...everyKind.fields,
    programme: { label: '资助项目' },
    purpose: { label: '资金用途', hint: '做什么、为谁、在哪里，用几句话说清楚' },
    answers: { label: '项目的问题', parts: {} },
    budget: {
      label: '预算',
      hint: '单位：元。例如 3000 或 3,000.50。',
      row: '第 {row} 行',
      add: '再加一行',
      parts: { description: { label: '用途', hint: '例如 租用货车 3 天' }, amount: { label: '金额' } },
    },
  },
  steps: { ...everyKind.steps, project: '项目内容', budget: '预算' },
  answered: {
    score: '评分',
    amount: '金额（元）',
    paidOn: '付款日期',
    reference: '付款凭证号',
    reportDueOn: '报告期限',
    summary: '项目总结',
    spent: '实际支出（元）',
    evidence: '凭证（链接或存放处）',
    returnedOn: '退款到账日期',
    entry: '有误的记录',
    on: '正确的日期',
  },
} as const satisfies Words<GrantStage, GrantOutcome> & FormWords<GrantInput, typeof grantFields>;
