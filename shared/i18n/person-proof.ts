import type { Bilingual } from '../domain/language.ts';

const zh = {
  title: '接力 Jieli　个人信息处理证明',
  on: { seen: '本人要求查看，已查找', erased: '本人要求删除，已办理' },
  when: '时间：{at}（北京时间）',
  by: '办理人：{party} 的成员 {member}',
  knownBy: '查找依据：{kinds}（本文件不写出号码）',
  kinds: { phone: '电话', mail: '邮箱', identity: '证件号码' },
  searched: '查找范围：申请（需求、资助、保险）、志愿者名单、草稿、转介、成员、邀请、机构邮箱',
  asked: '这次查找记在 {chain} 第 {seq} 条，哈希 {hash}',
  found: '找到 {count} 处，删除 {erased} 处，保留 {kept} 处',
  nothing: '没有找到这个人的个人信息。',
  types: {
    case: '申请',
    draft: '草稿',
    referral: '转介',
    member: '成员',
    invitation: '邀请',
    address: '机构邮箱',
  },
  counted: '{type}：找到 {found}，删除 {erased}',
  of: '{party} 的{type}',
  shown: '找到',
  erasedCase: '已删除，记在它的历史第 {version} 条',
  erasedBefore: '此前已删除',
  erased: '已删除',
  kept: '保留：{why}',
  why: {
    'goes-on': '还在办理，结束后才能删除；期满自动删除',
    'not-chosen': '本次没有删除；期满自动删除',
    'acting-member': '仍是成员；先由该机构负责人在“成员”页移除，移除时即删除姓名和邮箱',
    'confirmed-address': '机构已确认的邮箱；先由该机构在“本机构的申请”页放弃',
  },
  stays:
    '始终保留：不含个人信息的统计（数量、金额、地点、日期、进展）；谁在何时办理的记录（只有编号）；谁决定了一项申请，其姓名与该申请保存一样久。',
  check:
    '核对：在工作台“本人查询与删除”页粘贴全文，或运行 npm run audit:verify -- --proof 文件名。改动一个字，下面的 SHA-256 就对不上。',
};

const en: typeof zh = {
  title: 'Jieli: proof about a person’s data',
  on: {
    seen: 'The person asked to see their data; it was looked for',
    erased: 'The person asked to have their data erased',
  },
  when: 'When: {at} (hub), {utc}',
  by: 'Carried out by: member {member} of {party}',
  knownBy: 'Known by: {kinds} (the numbers are not repeated here)',
  kinds: { phone: 'telephone', mail: 'e-mail', identity: 'identity number' },
  searched:
    'Searched: cases (needs, grants, insurance), rosters of volunteers, drafts, referrals, members, invitations, addresses of organizations',
  asked: 'The search is entry {seq} of {chain}, hash {hash}',
  found: 'Found in {count} {count|place|places}, erased in {erased}, kept in {kept}',
  nothing: 'Nothing personal of this person was found.',
  types: {
    case: 'case',
    draft: 'draft',
    referral: 'referral',
    member: 'membership',
    invitation: 'invitation',
    address: 'address of an organization',
  },
  counted: '{type}: {found} found, {erased} erased',
  of: '{type} of {party}',
  shown: 'found',
  erasedCase: 'erased, entry {version} of its history',
  erasedBefore: 'erased before',
  erased: 'erased',
  kept: 'kept: {why}',
  why: {
    'goes-on': 'still going on; it can be erased when it has ended, and is by itself after its time',
    'not-chosen': 'not erased this time; it is by itself after its time',
    'acting-member':
      'still a member; who leads the party must remove them first, on its page “Members”: name and address are erased then',
    'confirmed-address': 'confirmed by the organization, which must give it up first, on its page “Our requests”',
  },
  stays:
    'Always stays: statistics without anything personal (amounts, goods, places, dates, stages); the record of who did what when (ids only); the name of who decided on a case, for as long as the case keeps what is personal.',
  check:
    'To check: paste the whole text on the console’s page “Requests about own data”, or run npm run audit:verify -- --proof FILE. With one letter changed, the SHA-256 below is another.',
};

/** What a proof about a person's data says; it is in both languages, whoever made it. */
export const personProofText: Bilingual<typeof zh> = { zh, en };
