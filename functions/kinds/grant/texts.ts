import type { Bilingual } from '../../../shared/domain/language.ts';

/** A budget, and the ceiling of its programme. */
const zh = {
  ceiling: '单个申请上限 {amount}。',
  total: '合计',
  aboveCeiling: '合计 {total}，超过本项目单个申请上限 {ceiling}，评审时可能不予通过或只批准上限以内的金额。',
};

const en: typeof zh = {
  ceiling: 'One application may ask for up to {amount}.',
  total: 'Total',
  aboveCeiling:
    'The total of {total} is above this programme’s ceiling of {ceiling}: it may be declined, or approved up to the ceiling only.',
};

export const budgetText: Bilingual<typeof zh> = { zh, en };
