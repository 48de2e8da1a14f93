import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.zh.ts';
import type { InsuranceStage } from './case.ts';
import type { insuranceFields } from './fields.ts';
import type { InsuranceInput } from './input.ts';
import type { InsuranceOutcome } from './stages.ts';

/** What a volunteer insurance request says in Chinese. */
export const zh = {
  name: '志愿者保险',
  kept: '志愿者保险 {days} 天（理赔时效）',
  next: ['几秒钟内再次核对名单。', '协调中心一般在 24 小时内审批。', '随后交保险公司投保，保单号会显示在进度页。'],
  stages: {
    ...everyKind.stages,
    approving: '审批',
    binding: '投保中',
    active: '保障中',
  },
  outcomes: {
    ...everyKind.outcomes,
    approved: { button: '批准', happened: '批准', news: ['已批准', '{kind} {id} 已获批准，正在投保。'] },
    bound: {
      button: '已承保',
      happened: '已承保',
      news: [
        '已承保',
        '{id} 的志愿者自 {coverFrom} 起至 {coverTo} 止有保障（两天都含），保单号 {policy}。',
        '请注意：您申请的 {gapFrom} 至 {gapTo} 没有保障。',
      ],
    },
    ended: { button: '保障到期', happened: '保障到期', news: ['保障已结束', '{id} 的志愿者保障已于 {coverTo} 结束。'] },
  },
  findings: {
    ...everyKind.findings,
    'already-covered': '有 {count} 名志愿者在此期间已有保障',
    'cover-in-the-past': '申请的开始日已到，要由保险公司另定起止日',
  },
  remarks: [
    '申请的保障开始日 {startPassed} 已到。保障最早从保险公司承保的次日开始，此前的日子没有保障。',
    '名单表格中有 {leftOut} 行没有列入，这些人没有投保。原因见申请页面。',
  ],
  fields: {
    ...everyKind.fields,
    activity: { label: '志愿活动', hint: '例如 驾车运送物资、社区消毒' },
    coverFrom: { label: '保障开始日', hint: '首尾两天都在保障内' },
    coverTo: { label: '保障结束日', hint: '一次最多 180 天' },
    volunteers: {
      label: '志愿者名单',
      hint: '年龄 18 至 70 岁。证件号码只用于投保，只给协调中心和保险公司看。',
      row: '第 {row} 行',
      add: '再加一人',
      parts: { name: { label: '姓名' }, identityNumber: { label: '证件号码' }, phone: { label: '手机号码' } },
    },
    leftOut: {
      label: '没有列入名单的行',
      parts: { row: { label: '行' }, name: { label: '姓名' }, reason: { label: '原因' } },
    },
  },
  steps: { ...everyKind.steps, cover: '活动和保障时间', volunteers: '志愿者名单' },
  answered: {
    policyNumber: '保单号',
    coverFrom: '保障开始日',
    coverTo: '保障结束日',
  },
} as const satisfies Words<InsuranceStage, InsuranceOutcome> & FormWords<InsuranceInput, typeof insuranceFields>;
