import type { OutcomeWords } from './define.ts';

/** What every kind says alike in Chinese. */
export const everyKind = {
  stages: {
    submitted: '已提交',
    screening: '自动核对',
    'changes-requested': '待补充',
    closed: '已完成',
    rejected: '未通过',
    withdrawn: '已撤回',
  },
  outcomes: {
    screen: { button: '开始核对', happened: '开始核对' },
    screened: { button: '核对完成', happened: '自动核对完成' },
    'changes-requested': {
      button: '请补充或修改',
      happened: '请申请方补充或修改',
      news: ['请补充', '{kind} {id} 需要补充或修改后才能继续。请打开下面的链接，按说明修改后重新提交。'],
    },
    resubmitted: { button: '重新提交', happened: '申请方重新提交' },
    rejected: { button: '不通过', happened: '未通过', news: ['未通过', '很遗憾，{kind} {id} 未获通过。'] },
    expired: {
      button: '逾期未处理',
      happened: '逾期未处理',
      news: ['逾期未处理', '{kind} {id} 因逾期没有处理而结束。如仍有需要，请重新提交。'],
    },
    withdrawn: { button: '撤回', happened: '申请方撤回', news: ['已撤回', '{kind} {id} 已撤回。'] },
  },
  findings: {
    'name-nearly': '机构名称与已登记的“{name}”相近：请核对是否同一机构',
  },
} as const satisfies { stages: object; outcomes: Readonly<Record<string, OutcomeWords>>; findings: object };
