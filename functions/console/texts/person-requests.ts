import type { Bilingual } from '../../../shared/domain/language.ts';

const zh = {
  title: '本人查询与删除',
  lead: '有人要求查看或删除自己的个人信息时，在这里查找、提供和删除。先确认就是本人；每次查找都会记录。',
  search: '查找',
  labels: { phone: '电话', mail: '邮箱', identity: '身份证号码', shown: '怎样确认是本人' },
  shownHint: '例如：从申请时留的邮箱来信；回拨登记的电话。会写入记录，不要写号码。',
  anyOf: '电话、邮箱、身份证号码，填一项就能查。',
  nothing: '没有找到这个人的个人信息。',
  found: '找到 {count} 份申请',
  as: { contact: '联系人', recipient: '收货人', volunteer: '志愿者' },
  number: '申请',
  role: '身份',
  stage: '进展',
  erase: '删除',
  goesOn: '还在办理，结束后才能删除',
  erased: '已于 {at} 删除',
  keptUntil: '结束后保存 {days} 天',
  give: '下载给本人的文件',
  giveHint: '文件里有这个人的全部信息，只交给本人。',
  eraseTitle: '应本人要求删除',
  eraseHint:
    '勾选要删除的申请。其中所有个人信息（也包括其他人的）都会删除，不能恢复；统计数字保留。法律要求保存的（例如资助账目、保险理赔）不要勾选。',
  eraseButton: '删除勾选的申请中的个人信息',
  proofTitle: '删除证明',
  proofText: '{name} 于 {at} 应本人要求处理。下列每一项都写在申请的历史里，可以用审计工具核对。',
  proofErased: '个人信息已删除，{at}，历史第 {version} 条',
  proofKept: '没有删除',
  print: '请打印或保存这一页，交给本人。',
  again: '再查一次',
};

const en: typeof zh = {
  title: 'Requests about own data',
  lead: 'When people ask to see or to erase what is kept about them: find it, give it out, erase it. Make sure first that it is they. Every search is recorded.',
  search: 'Search',
  labels: {
    phone: 'Telephone',
    mail: 'E-mail',
    identity: 'Identity number',
    shown: 'How they showed that it is they',
  },
  shownHint:
    'For example: wrote from the address given in the request; called back on the number. It is recorded: no numbers.',
  anyOf: 'One of telephone, e-mail and identity number is enough.',
  nothing: 'Nothing personal of this person was found.',
  found: 'Found in {count} cases',
  as: { contact: 'contact', recipient: 'recipient', volunteer: 'volunteer' },
  number: 'Case',
  role: 'As',
  stage: 'State',
  erase: 'Erase',
  goesOn: 'still going on: it can be erased when it has ended',
  erased: 'erased on {at}',
  keptUntil: 'kept {days} days after its end',
  give: 'Download the file for the person',
  giveHint: 'It has everything about this person. Give it to nobody else.',
  eraseTitle: 'Erase as the person asked',
  eraseHint:
    'Tick the cases to erase. Everything personal in them goes, other people’s too, for good; the statistics stay. Leave unticked what the law wants kept (accounts of grants, insurance claims).',
  eraseButton: 'Erase the personal data in the ticked cases',
  proofTitle: 'Proof of erasure',
  proofText:
    'Carried out by {name} on {at}, at the person’s request. Each of these is in the history of its case, where an auditor can verify it.',
  proofErased: 'personal data erased, {at}, entry {version} of its history',
  proofKept: 'not erased',
  print: 'Print or save this page for the person.',
  again: 'Search again',
};

export const personRequestText: Bilingual<typeof zh> = { zh, en };
