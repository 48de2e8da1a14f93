import type { Bilingual } from '../../../shared/domain/language.ts';

/** Forms with which a coordinator enters a case for an organization. */
const zh = {
  menu: '代为申请',
  rights: {
    'enter-case': '代机构录入申请',
  },
  title: '代为申请',
  lead: '为没有邮箱或无法上网的机构录入。申请会标明由您代为提交；没有邮箱时，后续步骤也由协调员代办。',
  who: '机构',
  contactHint: '知道多少填多少；没有邮箱的机构，由协调员代为确认和反馈。',
  consentHint: '告诉对方信息用来做什么、谁能看到、保存多久，再选。',
  consentChoices: { spoken: '已口头同意', written: '已书面同意' },
  chooseProgramme: '先选择资助项目',
  noProgrammes: '现在没有开放的资助项目。',
  programmeOption: '{name}（{funder}，上限 {ceiling}，{closesOn} 截止）',
  go: '下一步',
  more: '增加几行',
  submit: '提交',
};

const en: typeof zh = {
  menu: 'New on behalf',
  rights: {
    'enter-case': 'Enter one on behalf of an organization',
  },
  title: 'New on behalf',
  lead: 'For organizations without e-mail or internet. The case says that you entered it; without an e-mail address, coordinators also take the applicant’s later steps.',
  who: 'Organization',
  contactHint: 'As far as you know it; without e-mail, coordinators confirm and report for the organization.',
  consentHint: 'First tell them what the data is for, who sees it and how long it is kept.',
  consentChoices: { spoken: 'Agreed by word of mouth', written: 'Agreed in writing' },
  chooseProgramme: 'Choose a programme first',
  noProgrammes: 'No programme is open right now.',
  programmeOption: '{name} ({funder}, up to {ceiling}, closes {closesOn})',
  go: 'Next',
  more: 'More rows',
  submit: 'Submit',
};

export const entryText: Bilingual<typeof zh> = { zh, en };
