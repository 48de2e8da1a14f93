import type { ApplicantInput, applicantFields } from './applicant-fields.ts';
import type { FormWords, OutcomeWords } from './define.ts';

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
  fields: {
    organization: { label: '机构名称', hint: '请写全称，便于核对是否重复' },
    organizationType: {
      label: '机构类型',
      choices: {
        hospital: '医院',
        community: '社区',
        'care-home': '养老或福利机构',
        'volunteer-group': '志愿者团队',
        'non-profit': '公益组织',
        other: '其他',
      },
    },
    place: {
      label: '所在地',
      parts: { province: { label: '省份' }, city: { label: '城市' }, district: { label: '区县' } },
    },
    contact: {
      label: '联系人',
      parts: {
        name: { label: '联系人' },
        phone: { label: '联系电话' },
        email: { label: '电子邮箱', hint: '填写后，进展会发到邮箱。没有邮箱也可以提交。' },
      },
    },
    language: { label: '联系语言', choices: { zh: '中文', en: 'English' } },
    consent: { label: '是否同意这样使用个人信息' },
  },
  steps: { who: '您是谁' },
} as const satisfies { stages: object; outcomes: Readonly<Record<string, OutcomeWords>>; findings: object } & Omit<
  FormWords<ApplicantInput, typeof applicantFields>,
  'answered'
>;
