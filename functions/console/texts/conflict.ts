import type { Bilingual } from '../../../shared/domain/language.ts';

/** Interests in a case, and who stands in for whom. */
const zh = {
  menu: '代班人',
  rights: {
    'name-stand-in': '指定代班人',
  },
  declare: '我有利益关系，请交给别人',
  declareHint:
    '您将不再处理这份申请，别的同事会收到通知。申请方只会看到“一位经办人声明了利益关系”，看不到原因。选一个原因即可：',
  standing: '这个机构以后的申请也一样',
  reasons: {
    'works-there': '我或家人在该机构任职',
    'close-person': '经办人或受益人是我的亲友',
    money: '与该机构有经济往来',
    'gave-or-received': '曾向其捐赠或受其资助',
    other: '其他原因',
  },
  interestedTitle: '您不处理这份申请',
  interested: '您声明了利益关系，或是申请机构的成员。它由其他人处理；如系误报，请本机构负责人撤销。',
  declaredTitle: '已声明的利益关系',
  declaredBy: '{name} · {reason}',
  declaredAt: '{at} 声明',
  alsoOthers: '适用于该机构的所有申请',
  retract: '误报，撤销声明',
  standIns: '代班人',
  standInsLead:
    '您外出时，可以请一位同事在这些天代您处理任务。代班人能做您能做的事，不能再转给别人；决定上会同时写明两个人的名字。',
  noStandIns: '现在和以后都没有指定代班人。',
  away: '不在的人',
  standIn: '代班人',
  days: '日期',
  inForce: '进行中',
  ahead: '未开始',
  revoke: '撤销',
  revokeWhich: '{member} 由 {standIn} 代班',
  name: '指定代班人',
  nameHint: '从第一天零点到最后一天结束，两天都含。',
  nameButton: '指定',
  noColleagues: '本机构没有别的成员可以代班。',
  labels: { standIn: '由谁代班', from: '从', to: '到' },
  named: '已指定代班人。',
  revoked: '代班已撤销。',
  asStandInTitle: '您正在代 {name} 办理',
  asStandIn: '您的决定会写明两个人的名字：您，和您代班的 {name}。',
};

const en: typeof zh = {
  menu: 'Stand-ins',
  rights: {
    'name-stand-in': 'Name a stand-in',
  },
  declare: 'I have an interest: give it to others',
  declareHint:
    'You will no longer act on this case, and your colleagues are told. The applicant only sees that somebody declared an interest, not why. Choose one reason:',
  standing: 'Also for every other case of this organization',
  reasons: {
    'works-there': 'I or my family work there',
    'close-person': 'Somebody in it is family or a friend',
    money: 'Money between them and me',
    'gave-or-received': 'I gave to them, or got support',
    other: 'Another reason',
  },
  interestedTitle: 'You do not act on this case',
  interested:
    'You declared an interest, or are a member of the organization. Others have it. If it was a mistake, ask the lead of your party to take it back.',
  declaredTitle: 'Declared interests',
  declaredBy: '{name} · {reason}',
  declaredAt: 'declared {at}',
  alsoOthers: 'for every case of the organization',
  retract: 'A mistake: take it back',
  standIns: 'Stand-ins',
  standInsLead:
    'When you are away, a colleague can answer your tasks on those days. A stand-in may do what you may, cannot pass it on, and every decision carries both names.',
  noStandIns: 'Nobody is named, now or later.',
  away: 'Who is away',
  standIn: 'Stand-in',
  days: 'Days',
  inForce: 'in force',
  ahead: 'to come',
  revoke: 'Revoke',
  revokeWhich: '{standIn} for {member}',
  name: 'Name a stand-in',
  nameHint: 'From the beginning of the first day to the end of the last.',
  nameButton: 'Name',
  noColleagues: 'There is nobody else in your party.',
  labels: { standIn: 'Who stands in', from: 'From', to: 'To' },
  named: 'The stand-in is named.',
  revoked: 'The naming is revoked.',
  asStandInTitle: 'You stand in for {name}',
  asStandIn: 'What you decide carries both names: yours, and that of {name}.',
};

export const conflictText: Bilingual<typeof zh> = { zh, en };
