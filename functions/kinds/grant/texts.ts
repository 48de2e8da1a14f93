import type { Bilingual } from '../../../shared/domain/language.ts';
import type { FormTexts } from '../pages.ts';

/** What stands around the form, on the site and in a draft. */
export const grantFormText: Bilingual<FormTexts> = {
  zh: {
    title: '申请小额资助',
    menu: '小额资助',
    card: {
      title: '小额资助',
      text: '运费、租车、印刷、志愿者餐食……按资助方的项目申请。',
      action: '申请资助',
    },
  },
  en: {
    title: 'Apply for a micro-grant',
    menu: 'Grants',
    card: {
      title: 'Micro-grants',
      text: 'Freight, vans, printing, volunteers’ meals… from funders’ open programmes.',
      action: 'Apply for a grant',
    },
  },
};

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
