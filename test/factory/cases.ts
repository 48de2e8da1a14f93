import type { Actor } from '../../shared/domain/case-base.ts';
import { CaseId, MemberId, PartyId, ProgrammeId } from '../../shared/domain/ids.ts';
import type { Programme } from '../../shared/entities/programme/programme.ts';
import type { Case } from '../../shared/kinds/case.ts';
import type { GrantCase } from '../../shared/kinds/grant/case.ts';
import type { InsuranceCase } from '../../shared/kinds/insurance/case.ts';
import type { NeedCase } from '../../shared/kinds/need/case.ts';
import type { NeedLine } from '../../shared/kinds/need/line.ts';

const at = '2020-02-01T08:00:00.000Z';

const common = {
  version: 3,
  hub: PartyId.parse('hub'),
  organization: '测试医院',
  organizationType: 'hospital' as const,
  language: 'zh' as const,
  place: { province: '江城省', city: '江城市', district: '青山区' },
  contact: { name: '某某', phone: '027-00001234', email: 'someone@example.org' },
  submittedAt: at,
  entered: { at, version: 3 },
  linkVersion: 1,
  run: 1,
  screening: [],
  decisions: [],
  children: [],
};

export function aMember(id = 'somebody', party = 'hub'): Actor {
  return { type: 'member', member: MemberId.parse(id), party: PartyId.parse(party) };
}

export function aLine(line: Partial<NeedLine> = {}): NeedLine {
  return { id: 'L1', item: '医用口罩', quantity: 100, ...line };
}

const need = {
  ...common,
  kind: 'need' as const,
  id: CaseId.parse('N000000001'),
  urgency: 'normal' as const,
  careTier: 'general' as const,
};

/** A need that is being approved by a donor. */
export function aNeedInApproval(
  lines: NeedLine[] = [aLine()],
): Extract<NeedCase, { stage: 'approving' | 'dispatching' }> {
  return { ...need, stage: 'approving', lines, donor: { party: PartyId.parse('river-foundation'), name: '长河' } };
}

/** A need whose goods are on their way. */
export function aNeedInTransit(
  lines: NeedLine[] = [aLine({ approved: 100, dispatched: 100 })],
): Extract<NeedCase, { stage: 'in-transit' | 'confirming' }> {
  const consignment = { carrier: '物流', expectedOn: '2020-02-05', dispatchedAt: at };
  return { ...aNeedInApproval(lines), stage: 'in-transit', consignment };
}

/** A need before anybody was found to give. */
export function aNeed(
  stage: 'submitted' | 'screening' | 'verifying' | 'matching' = 'verifying',
  lines: NeedLine[] = [aLine()],
): NeedCase {
  return { ...need, stage, lines };
}

const grant = {
  ...common,
  kind: 'grant' as const,
  id: CaseId.parse('G000000001'),
  programme: ProgrammeId.parse('fund'),
  programmeName: '资助',
  funder: PartyId.parse('river-foundation'),
  purpose: '油费',
  budget: [{ description: '油费', amount: 2_000_000 }],
  requested: 2_000_000,
  answers: {},
};

export function aGrant(
  stage: 'submitted' | 'screening' | 'reviewing' | 'approving' = 'reviewing',
  requested = 2_000_000,
): GrantCase {
  return { ...grant, stage, requested, budget: [{ description: '油费', amount: requested }] };
}

export function aProgramme(programme: Partial<Programme> = {}): Programme {
  return {
    id: ProgrammeId.parse('fund'),
    name: '资助',
    purpose: '支持',
    areas: [],
    organizationTypes: [],
    ceiling: 5_000_000,
    budget: 20_000_000,
    secondApprovalAbove: 3_000_000,
    closesOn: '2020-03-01',
    reportDueDays: 30,
    questions: [],
    funder: PartyId.parse('river-foundation'),
    funderName: '长河',
    publishedAt: at,
    available: 20_000_000,
    reserved: 0,
    paid: 0,
    returned: 0,
    ...programme,
  };
}

export function anInsuranceRequest(
  stage: 'submitted' | 'screening' | 'approving' | 'binding' = 'approving',
): InsuranceCase {
  return {
    ...common,
    kind: 'insurance',
    id: CaseId.parse('I000000001'),
    stage,
    insurer: PartyId.parse('insurer'),
    activity: '驾车',
    coverFrom: '2020-02-03',
    coverTo: '2020-03-03',
    roster: { id: 'roster', count: 1, hash: 'hash' },
  };
}

/** A case as the domain made it: without what the store adds to bind it to its history. */
export function asMade(stored: Case | undefined): Case | undefined {
  if (!stored) return undefined;
  const decisions = stored.decisions.map((decision) => ({ ...decision, salt: undefined }));
  return { ...stored, decisions, chain: undefined, salt: undefined };
}
