import type { Bilingual } from '../../../shared/domain/language.ts';

/** Forms that the members of an organization fill in together. */
const zh = {
  rights: {
    'save-draft': '保存草稿',
  },
  drafts: '草稿',
  lead: '机构成员共用这些草稿：任何一位都可以继续填写和提交。最后一次保存 {days} 天后自动删除。',
  none: '没有草稿。',
  savedBy: '{name} 保存于 {at}',
  remove: '删除',
  removeOf: '删除草稿：{what}',
  begin: '提出新的申请',
  changedTitle: '同事刚刚修改了这份草稿',
  changedLead: '您填写的内容没有丢失。下面是不同的地方，请选择保留哪一份。',
  goneLead: '您填写的内容没有丢失，可以保存为新的草稿。',
  sentTitle: '这份草稿已经提交',
  sentLead: '您填写的内容没有丢失，但不在已提交的申请里。如有需要，可以保存为新的草稿。',
  field: '项目',
  theirs: '{name} 的（{at}）',
  mine: '您的',
  keepMine: '用我的代替',
  takeTheirs: '用同事的',
  keepBoth: '两份都要：我的另存为新草稿',
  saveAsNew: '另存为新草稿',
  openCase: '查看已提交的申请',
};

const en: typeof zh = {
  rights: {
    'save-draft': 'Save a draft',
  },
  drafts: 'Drafts',
  lead: 'The members of your organization share these drafts: any of you can go on with one and send it. A draft is removed {days} days after it was last saved.',
  none: 'There are no drafts.',
  savedBy: 'Saved by {name}, {at}',
  remove: 'Remove',
  removeOf: 'Remove the draft: {what}',
  begin: 'New request',
  changedTitle: 'A colleague changed this draft meanwhile',
  changedLead: 'Nothing that you typed is lost. This is where the two differ; choose what to keep.',
  goneLead: 'Nothing that you typed is lost. You can save it as a new draft.',
  sentTitle: 'This draft was sent already',
  sentLead:
    'Nothing that you typed is lost, but it is not in the request that was sent. You can save it as a new draft.',
  field: 'Field',
  theirs: '{name}’s ({at})',
  mine: 'Yours',
  keepMine: 'Keep mine instead',
  takeTheirs: 'Take my colleague’s',
  keepBoth: 'Keep both: save mine as a new draft',
  saveAsNew: 'Save mine as a new draft',
  openCase: 'Open the request that was sent',
};

export const draftsText: Bilingual<typeof zh> = { zh, en };
