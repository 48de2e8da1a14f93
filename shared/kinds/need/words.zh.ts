import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.zh.ts';
import type { NeedStage } from './case.ts';
import type { needFields } from './fields.ts';
import type { NeedInput } from './input.ts';
import type { ToldOfLine } from './line.ts';
import type { NeedOutcome } from './stages.ts';

/** What a need says in Chinese. */
export const zh = {
  name: '物资需求',
  kept: '物资需求 {days} 天（产品召回、收货争议）',
  next: [
    '几秒钟内自动核对有没有重复。',
    '协调中心一般在 24 小时内核实，可能会打电话给您。',
    '然后寻找捐赠方；找到并批准后安排发货。',
  ],
  stages: {
    ...everyKind.stages,
    verifying: '核实需求',
    matching: '寻找捐赠方',
    approving: '审批',
    dispatching: '安排发货',
    'in-transit': '运输中',
    confirming: '确认收货',
    reporting: '反馈报告',
    expired: '已过期',
    merged: '已合并',
    undelivered: '未送达',
  },
  outcomes: {
    ...everyKind.outcomes,
    verified: {
      button: '核实通过',
      happened: '需求核实通过',
      news: ['已核实', '{kind} {id} 已核实，正在寻找捐赠方。'],
    },
    matched: { button: '匹配捐赠方', happened: '找到捐赠方，请其审批' },
    approved: {
      button: '批准',
      happened: '批准',
      news: [
        '捐赠方已同意',
        '捐赠方已同意捐赠 {id} 中的物资，正在安排发货。没有满足的部分会用新的编号继续寻找捐赠方。',
      ],
    },
    declined: { button: '谢绝', happened: '捐赠方谢绝' },
    merged: {
      button: '与另一需求合并',
      happened: '与另一需求合并',
      news: ['已与另一需求合并', '{kind} {id} 与贵机构的另一份需求内容相同，已合并处理，不会被遗漏。'],
    },
    enough: {
      button: '已经够了',
      happened: '申请方表示已经够了',
      news: ['已完成', '您已表示不再需要其余物资，{kind} {id} 已完成。'],
    },
    dispatched: {
      button: '已发货',
      happened: '已发货',
      news: [
        '已发货',
        '{id} 的物资已交 {carrier} 运输，预计 {expectedOn} 到达。收到后请打开下面的链接，逐项确认数量。',
      ],
    },
    'called-off': {
      button: '取消发货',
      happened: '发货取消',
      news: ['发货取消', '{id} 的物资这次不能发出。需求继续寻找捐赠方，您不需要重新填写。'],
      newsAt: {
        undelivered: [
          '物资不能送达',
          '{id} 发出的物资不能送达。没有送到的物资会用新的编号继续寻找捐赠方，您不需要重新填写。',
        ],
      },
    },
    'not-arrived': {
      button: '没有收到',
      happened: '申请方没有收到',
      news: ['已记录没有收到', '已记录 {id} 的物资没有送到。这些物资会用新的编号继续寻找捐赠方，您不需要重新填写。'],
    },
    'arrival-due': {
      button: '预计到达日已过',
      happened: '预计到达日已过，请确认收货',
      news: ['请确认是否收到', '{id} 的物资应该已经到达。请打开下面的链接，逐项确认收到的数量。'],
    },
    confirmed: { button: '确认收到', happened: '确认收到' },
    reported: { button: '提交反馈', happened: '提交了反馈报告' },
  },
  findings: {
    ...everyKind.findings,
    'likely-double': '该机构另有未完成的需求包含相同物资（{lines} 项）',
  },
  fields: {
    ...everyKind.fields,
    lines: {
      label: '物资清单',
      hint: '数量可以留空，表示“需要，数量待定”，以后再补。',
      row: '第 {row} 项',
      add: '再加一项',
      parts: {
        item: { label: '物资名称', hint: '例如 医用防护口罩' },
        specification: { label: '规格要求', hint: '例如 GB 19083，或“不限”' },
        quantity: { label: '数量' },
        unit: { label: '单位', hint: '只、套、箱' },
      },
    },
    careTier: {
      label: '收治情况',
      hint: '决定分配的先后',
      choices: { general: '普通门诊或社区', suspected: '收治疑似病例', severe: '收治重症病例' },
    },
    note: { label: '补充说明', hint: '例如 库存还能用几天、道路是否通行' },
    urgency: { label: '紧急程度', choices: { normal: '一般', urgent: '紧急', critical: '非常紧急' } },
    neededBy: { label: '最晚到货日期', hint: '不确定可以不填' },
    delivery: {
      label: '收货',
      parts: {
        address: { label: '收货地址' },
        recipient: { label: '收货人', hint: '与联系人相同可以不填' },
        phone: { label: '收货人电话', hint: '手机或座机' },
      },
    },
  },
  steps: { ...everyKind.steps, lines: '需要什么', delivery: '送到哪里，什么时候' },
  /** what a sheet told of a line */
  told: { written: '原文', dailyUse: '日均消耗', onHand: '库存' },
  answered: {
    donor: '捐赠方',
    carrier: '承运方',
    trackingNumber: '运单号',
    expectedOn: '预计到达日期',
    lots: '批号',
    received: '实收数量',
    report: '反馈报告',
    into: '合并到哪份申请',
  },
} as const satisfies Words<NeedStage, NeedOutcome> &
  FormWords<NeedInput, typeof needFields> & { told: Record<keyof typeof ToldOfLine, string> };
