import type { Bilingual } from '../../../shared/domain/language.ts';

/** Whom what an applicant typed keeps from a case, and how two people lift it. */
const zh = {
  title: '因申请方所填内容而回避',
  hint: '申请方填写的内容没有人核实过。如果填得不对，本机构负责人和另一位成员可以一起解除：一人请求，另一人同意，各写明理由。',
  contact: '{name}：申请方填写的联系邮箱是这位同事的',
  organization: '{name}：申请方填写的机构名称，是这位同事所属机构的',
  since: '{at} 起',
  asked: '{name} 于 {at} 请求解除',
  lifted: '{name} 于 {at} 同意，已解除',
  reason: '理由（会写入办理记录）',
  ask: '请求解除',
  agree: '同意解除',
};

const en: typeof zh = {
  title: 'Kept away by what the applicant entered',
  hint: 'Nobody confirmed what the applicant entered. If it is not so, who leads your party and another member lift it together: one asks, the other agrees, each with a reason.',
  contact: '{name}: the contact’s mail address that was entered is theirs',
  organization: '{name}: the organization that was entered has the name of one of theirs',
  since: 'since {at}',
  asked: '{name} asked to lift it on {at}',
  lifted: '{name} agreed on {at}: it is lifted',
  reason: 'Reason (it stands in the history)',
  ask: 'Ask to lift it',
  agree: 'Agree, and lift it',
};

export const barText: Bilingual<typeof zh> = { zh, en };
