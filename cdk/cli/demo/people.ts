import { MemberId, PartyId } from '../../../shared/domain/ids.ts';
import { type Member, memberOf, type Party, type Role } from '../../../shared/domain/party.ts';
import type { Parties } from '../parties-file.ts';

const parties: readonly Party[] = [
  {
    id: PartyId.parse('hub'),
    type: 'hub',
    name: '江城应急协作中心',
    nameEn: 'Rivertown Relief Hub',
    contact: {
      phones: ['027-00000001', '027-00000002'],
      wechat: 'jiangcheng-demo',
      email: 'hub@example.org',
      address: '江城区示范路1号',
      addressEn: '1 Model Road, Rivertown',
      hours: '8:00–20:00',
    },
  },
  { id: PartyId.parse('river-foundation'), type: 'funder', name: '长河公益基金会', nameEn: 'Long River Foundation' },
  { id: PartyId.parse('lantern-foundation'), type: 'funder', name: '灯火公益基金会', nameEn: 'Lantern Foundation' },
  { id: PartyId.parse('insurer'), type: 'insurer', name: '安途财产保险', nameEn: 'Antu Insurance' },
  {
    id: PartyId.parse('river-hospital-3'),
    type: 'organization',
    name: '江城第三人民医院',
    nameEn: 'Rivertown Third People’s Hospital',
  },
  { id: PartyId.parse('auditor'), type: 'auditor', name: '正清会计师事务所', nameEn: 'Zhengqing Auditors' },
  { id: PartyId.parse('operator'), type: 'operator', name: '接力运维组', nameEn: 'Jieli Operations' },
];

function member(id: string, party: string, name: string, language: Member['language'], roles: Role[]): Member {
  const home = parties.find((one) => one.id === party);
  if (!home) throw new Error(`no demo party ${party}`);
  const email = `${id}@example.org`;
  return {
    id: MemberId.parse(id),
    ...memberOf(home),
    name,
    email,
    language,
    roles,
  };
}

const members: readonly Member[] = [
  member('hub-coordinator', 'hub', '陈协调', 'zh', ['coordinator']),
  member('hub-lead', 'hub', '林负责', 'zh', ['lead', 'coordinator']),
  member('funder-reviewer', 'river-foundation', '何评审', 'zh', ['reviewer']),
  member('funder-approver', 'river-foundation', '方审批', 'zh', ['approver', 'programme-manager']),
  member('funder-second-approver', 'river-foundation', 'Grace Second', 'en', ['approver']),
  member('funder-finance', 'river-foundation', '钱财务', 'zh', ['finance']),
  member('programme-manager', 'river-foundation', '项经理', 'zh', ['programme-manager']),
  member('other-funder-approver', 'lantern-foundation', '灯审批', 'zh', ['approver', 'reviewer']),
  member('insurer', 'insurer', '安承保', 'zh', ['insurer']),
  member('org-manager', 'river-hospital-3', '单管理', 'zh', ['manager']),
  member('auditor', 'auditor', '计审计', 'zh', ['auditor']),
  member('operator', 'operator', 'Ops Olsen', 'en', ['operator']),
];

/** Made-up parties and people. They can always sign in to a local stack; a public one has no demo issuer and does not start while they are members (`leave-demo.ts`). */
export const demoPeople: Parties = { parties, members };

/** People with an account and no membership: somebody invites them, or they register their organization. */
export const newcomers = [
  { sub: 'newcomer', name: '新同事', email: 'newcomer@example.org' },
  { sub: 'newcomer-en', name: 'Nora Newcomer', email: 'newcomer-en@example.org' },
  { sub: 'founder', name: '方站长', email: 'founder@example.org' },
  { sub: 'founder-en', name: 'Fiona Founder', email: 'founder-en@example.org' },
];
