import { consentVersions } from '../../shared/domain/consent.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import { Case } from '../../shared/kinds/case.ts';

const at = '2020-02-01T08:00:00.000Z';

const common = {
  version: 9,
  hub: 'hub',
  organization: '测试医院',
  organizationType: 'hospital',
  language: 'zh',
  place: { province: '江城省', city: '江城市', district: '青山区' },
  contact: { name: '某某', phone: '027-00001234', email: 'someone@example.org' },
  onBehalf: { member: 'hub-coordinator', party: 'hub' },
  organizationParty: 'river-hospital',
  sentBy: 'org-manager',
  consent: { version: consentVersions[0], at, how: 'form' },
  mailHash: 'AAAAAAAAAAAAAAAAAAAAAA',
  submittedAt: at,
  entered: { at, version: 8, stages: 6 },
  chain: 'the hash of version 9',
  linkVersion: 2,
  run: 1,
  parent: 'N000000009',
  children: ['N000000002'],
  salt: 'salt',
  earlier: { asked: ['org-manager'], gave: ['funder-approver'], verified: ['hub-coordinator'] },
  screening: [{ code: 'lookalike', severity: 'notice', cases: ['N000000003'], params: { days: 3 } }],
  decisions: [
    {
      version: 4,
      stage: 'verifying',
      outcome: 'verified',
      at,
      by: { type: 'member', member: 'hub-coordinator', party: 'hub', onBehalf: true, standInFor: 'hub-lead' },
      name: '陈协调',
      inPlaceOf: '林负责',
      reason: '电话核实',
      salt: 'salt',
      score: 80,
    },
  ],
};

const need = {
  ...common,
  kind: 'need',
  id: 'N000000001',
  urgency: 'critical',
  careTier: 'severe',
  lines: [
    {
      id: 'L1',
      item: '医用口罩',
      specification: 'N95',
      quantity: 100,
      unit: '个',
      approved: 80,
      dispatched: 80,
      received: 70,
    },
    { id: 'L2', item: '手套', quantity: null, enough: true },
  ],
  neededBy: '2020-02-10',
  importKey: 'import',
  delivery: { address: '江城市青山区一号', recipient: '某某', phone: '027-00001235' },
  note: '请走北门',
  returnTo: 'approving',
  donor: { party: 'river-foundation', name: '长河基金会', offer: 'offer-1' },
  consignment: {
    carrier: '物流',
    trackingNumber: 'T1',
    expectedOn: '2020-02-05',
    lots: [{ line: 'L1', lot: 'B7', quantity: 80 }],
    note: '易碎',
    dispatchedAt: at,
  },
  receivedAt: at,
  report: '已发到各科室',
  closedAt: at,
  mergedInto: 'N000000004',
};

const grant = {
  ...common,
  kind: 'grant',
  id: 'G000000001',
  programme: 'fund',
  programmeName: '资助',
  funder: 'river-foundation',
  budget: [{ description: '油费', amount: 2_000_000 }],
  requested: 2_000_000,
  purpose: '油费',
  answers: { beneficiaries: '300' },
  returnTo: 'approving',
  award: { amount: 1_500_000, currency: 'CNY', reservedAt: at },
  agreedAt: at,
  payment: { amount: 1_500_000, paidOn: '2020-02-08', reference: '银行流水 8', recordedAt: at },
  entries: [
    { id: 'E1', what: 'payment', amount: 1_500_000, on: '2020-02-07', reference: '银行流水 7', recordedAt: at },
    {
      id: 'E2',
      what: 'payment',
      amount: 1_500_000,
      on: '2020-02-08',
      reference: '银行流水 8',
      recordedAt: at,
      corrects: 'E1',
    },
    { id: 'E3', what: 'return', amount: 40_000, on: '2020-03-10', reference: '银行流水 9', recordedAt: at },
  ],
  owed: { amount: 100_000, because: 'unspent' },
  waiver: 60_000,
  reportDueOn: '2020-03-08',
  report: { summary: '都用于油费', evidence: 'https://example.org/receipts', spent: 1_400_000, sentAt: at },
  closedAt: at,
};

const insurance = {
  ...common,
  kind: 'insurance',
  id: 'I000000001',
  insurer: 'insurer',
  activity: '驾车',
  coverFrom: '2020-02-03',
  coverTo: '2020-03-03',
  roster: { id: 'roster', count: 2, hash: 'hash' },
  returnTo: 'approving',
  policy: { number: 'P-2020-1', insurer: 'insurer', recordedAt: at },
  closedAt: at,
};

const whole: Readonly<Record<Kind, object>> = { need, grant, insurance };

/** A case of a kind with everything that a case in this stage may have, and nothing beside it. */
export function wholeCase(kind: Kind, stage: string): Case {
  const returnTo = kind === 'grant' ? 'second-approval' : 'approving';
  return Case.parse({ ...whole[kind], returnTo, stage });
}
