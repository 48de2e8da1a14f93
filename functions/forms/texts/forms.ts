import type { Bilingual } from '../../../shared/domain/language.ts';

/** The applicants' forms: what stands around their fields. */
const zh = {
  step: '第 {at} 步，共 {of} 步',
  next: '继续',
  back: '上一步',
  send: '确认无误，提交',
  saveDraft: '保存草稿',
  change: '修改',
  changeOf: '修改：{step}',
  checkTitle: '请核对后提交',
  checkText: '提交后会得到编号和专属链接。提交前可以修改任何一项。',
  alreadySent: '这份表单已经提交过，内容不同。如果确实要另外再提交一份，请再点一次提交。',
  removeRow: '删除',
  removeRowOf: '删除第 {row} 行',
  chooseProgramme: '选择资助项目',
  chooseProgrammeText: '每个项目的用途、地区和上限不同，请先选择一个。',
  otherProgramme: '换一个项目',
  closesOn: '{date} 截止',
  ceiling: '单个上限 {amount}',
  left: '余额 {amount}',
  yuan: '元',
};

const en: typeof zh = {
  step: 'Step {at} of {of}',
  next: 'Continue',
  back: 'Back',
  send: 'Send the request',
  saveDraft: 'Save as a draft',
  change: 'Change',
  changeOf: 'Change: {step}',
  checkTitle: 'Check your answers',
  checkText: 'After sending you get a case number and a private link. Until then you can change anything.',
  alreadySent:
    'This form was sent before, with other answers. If you want to send it as another request, press send once more.',
  removeRow: 'Remove',
  removeRowOf: 'Remove row {row}',
  chooseProgramme: 'Choose a programme',
  chooseProgrammeText: 'Programmes differ in purpose, area and ceiling. Choose one first.',
  otherProgramme: 'Choose another programme',
  closesOn: 'closes on {date}',
  ceiling: 'up to {amount} each',
  left: '{amount} left',
  yuan: 'yuan',
};

export const formText: Bilingual<typeof zh> = { zh, en };
