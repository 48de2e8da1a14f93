import type { Acting } from '../../shared/answering/acting.ts';
import { actBeside } from '../../shared/case/act-beside.ts';
import { createProgramme } from '../../shared/case/catalogue.ts';
import { decideTask } from '../../shared/case/decide.ts';
import { type Submission, submitCase } from '../../shared/case/submit.ts';
import { presentConsent } from '../../shared/domain/consent.ts';
import { type CaseId, type Kind, MemberId, PartyId, type TaskId, taskIdFor } from '../../shared/domain/ids.ts';
import { type Member, memberOf, type Party, type Role } from '../../shared/domain/party.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import type { Programme } from '../../shared/entities/programme/programme.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { besideOf } from '../../shared/kinds/lifecycle.ts';
import { enterMember } from '../../shared/people/enter-member.ts';
import { enterParty } from '../../shared/people/enter-party.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { saveMember, saveParty } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';
import { carryOn } from '../engine/carry-on.ts';

/** The parties that tests know; one of them has an English name. */
export const parties: readonly Party[] = [
  { id: PartyId.parse('hub'), type: 'hub', name: '江城协调中心' },
  { id: PartyId.parse('river-foundation'), type: 'funder', name: '长河基金会' },
  { id: PartyId.parse('lantern-foundation'), type: 'funder', name: '灯火基金会', nameEn: 'Lantern Foundation' },
  { id: PartyId.parse('insurer'), type: 'insurer', name: '安途保险' },
  { id: PartyId.parse('river-hospital'), type: 'organization', name: '江城第一医院' },
  { id: PartyId.parse('auditor'), type: 'auditor', name: '正清审计' },
  { id: PartyId.parse('operator'), type: 'operator', name: '运维组' },
];

function member(id: string, partyId: string, roles: Role[], language: Member['language'] = 'zh'): Member {
  const party = parties.find((one) => one.id === partyId);
  if (!party) throw new Error(`no party ${partyId}`);
  return {
    id: MemberId.parse(id),
    ...memberOf(party),
    name: `Name of ${id}`,
    email: `${id}@example.org`,
    language,
    roles,
    // each question by itself, so that a test sees whom each event is told to
    mails: 'at-once',
  };
}

const members: readonly Member[] = [
  member('hub-coordinator', 'hub', ['coordinator']),
  member('hub-lead', 'hub', ['lead', 'coordinator'], 'en'),
  member('funder-reviewer', 'river-foundation', ['reviewer']),
  member('funder-approver', 'river-foundation', ['approver', 'programme-manager']),
  member('funder-second-approver', 'river-foundation', ['approver'], 'en'),
  member('funder-finance', 'river-foundation', ['finance']),
  member('many-roles', 'river-foundation', ['reviewer', 'approver']),
  member('other-funder-approver', 'lantern-foundation', ['approver', 'programme-manager']),
  member('insurer', 'insurer', ['insurer']),
  member('org-manager', 'river-hospital', ['manager']),
  member('org-applicant', 'river-hospital', ['applicant']),
  member('auditor', 'auditor', ['auditor']),
  member('operator', 'operator', ['operator']),
];

/** A hub with parties and people, in a table of the real engine. */
export async function aHub(table: Table): Promise<Hub> {
  for (const party of parties) await saveParty(table, party);
  for (const member of members) await saveMember(table, member);
  return { table, macKeyId: 'test-key', hub: PartyId.parse('hub'), insurer: PartyId.parse('insurer') };
}

/** The same as the installation's owner enters it, each party and member with the entry that says so. */
export async function anEnteredHub(table: Table): Promise<Hub> {
  for (const party of parties) await enterParty(table, party);
  for (const member of members) await enterMember(table, member);
  return { table, macKeyId: 'test-key', hub: PartyId.parse('hub'), insurer: PartyId.parse('insurer') };
}

export function person(id: string): Member {
  const found = members.find((member) => member.id === id);
  if (!found) throw new Error(`nobody is called ${id}`);
  return found;
}

export function by(id: string): Acting {
  return { type: 'member', member: person(id) };
}

export function applicantOf(caseId: CaseId): Acting {
  return { type: 'applicant', caseId };
}

/** The day at the hub, so many days from now. */
export function day(offset: number): string {
  return addDays(localDate(Date.now()), offset);
}

const common = {
  organization: '江城第一医院',
  organizationType: 'hospital',
  place: { province: '江城省', city: '江城市', district: '青山区' },
  contact: { name: '某某', phone: '027-0000 1234', email: 'someone@example.org' },
  consent: presentConsent,
};

/** Weights of ISO 7064 MOD 11-2 as GB 11643-1999 uses them. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A made-up number with a right check digit; region 110000 has no people. */
function identityNumber(birth: string, sequence: number): string {
  const body = `110000${birth}${String(sequence).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return body + '10X98765432'.charAt(sum % 11);
}

let people = 0;

/** A volunteer whom nobody has insured yet. */
export function aVolunteer(): { name: string; identityNumber: string; phone: string } {
  people += 1;
  const birth = `19${60 + (people % 40)}01${String(1 + (Math.floor(people / 1000) % 28)).padStart(2, '0')}`;
  return {
    name: '志愿者',
    identityNumber: identityNumber(birth, Math.floor(people / 40) % 1000),
    phone: `138${String(people).padStart(8, '0')}`,
  };
}

/** What an organization sends, with changes. */
export const inputs = {
  need: (changes: object = {}) => ({
    ...common,
    delivery: { address: '某路 1 号' },
    lines: [{ item: '医用口罩', quantity: 100 }],
    ...changes,
  }),
  grant: (changes: object = {}) => ({
    ...common,
    programme: 'fund',
    purpose: '油费',
    budget: [{ description: '油费', amount: 100_000 }],
    ...changes,
  }),
  insurance: (changes: object = {}) => ({
    ...common,
    activity: '驾车运送物资',
    coverFrom: day(1),
    coverTo: day(30),
    volunteers: [aVolunteer(), aVolunteer()],
    ...changes,
  }),
} satisfies Record<Kind, (changes?: object) => object>;

/** A programme of the river foundation that is open. Amounts in fen. */
export function openProgramme(hub: Hub, changes: object = {}): Promise<Programme> {
  const body = {
    name: '资助',
    purpose: '支持',
    ceiling: 500_000,
    budget: 10_000_000,
    secondApprovalAbove: 300_000,
    closesOn: day(20),
    ...changes,
  };
  return createProgramme(hub, body, person('funder-approver'));
}

export async function submitted(hub: Hub, kind: Kind, changes: object = {}, more: Partial<Submission> = {}) {
  return (await submitCase(hub, kind, { body: inputs[kind](changes), ...more })).subject;
}

/** The task about the stage that the case is in. */
export function taskOf(subject: Case): TaskId {
  return taskIdFor(subject);
}

interface Answer {
  readonly who: string;
  readonly body: object;
}

/** By whom and how each question is answered along the straight way; '' is the applicant. */
export const straightAnswers: Readonly<Record<Kind, Readonly<Record<string, Answer>>>> = {
  need: {
    verifying: { who: 'hub-coordinator', body: { outcome: 'verified' } },
    matching: { who: 'hub-coordinator', body: { outcome: 'matched', donor: 'river-foundation' } },
    approving: { who: 'funder-approver', body: { outcome: 'approved' } },
    dispatching: {
      who: 'hub-lead',
      // by the clock as it is when somebody answers: tests move it
      get body() {
        const lots = [{ line: 'L1', lot: 'A1', quantity: 5 }];
        return { outcome: 'dispatched', carrier: '快运', expectedOn: day(2), lots };
      },
    },
    'in-transit': { who: '', body: { outcome: 'confirmed' } },
    confirming: { who: '', body: { outcome: 'confirmed' } },
    reporting: { who: '', body: { outcome: 'reported', report: '已发放' } },
    'changes-requested': { who: '', body: { outcome: 'resubmitted' } },
  },
  grant: {
    reviewing: { who: 'funder-reviewer', body: { outcome: 'recommended', score: 80 } },
    approving: { who: 'funder-approver', body: { outcome: 'approved' } },
    'second-approval': { who: 'funder-second-approver', body: { outcome: 'approved' } },
    agreement: { who: '', body: { outcome: 'accepted' } },
    disbursing: {
      who: 'funder-finance',
      get body() {
        return { outcome: 'paid', paidOn: day(0), reference: 'T1' };
      },
    },
    delivering: { who: '', body: { outcome: 'reported', summary: '已用于油费', spent: 100_000 } },
    // whoever reviewed it does not close it
    reporting: { who: 'funder-approver', body: { outcome: 'report-accepted' } },
    'payment-failed': { who: '', body: { outcome: 'account-corrected', reason: '请付到另一个账户' } },
    stopping: { who: 'funder-finance', body: { outcome: 'nothing-paid' } },
    returning: {
      who: 'funder-finance',
      get body() {
        return { outcome: 'returned', amount: 100_000, returnedOn: day(0), reference: 'R1' };
      },
    },
    waiving: { who: 'funder-approver', body: { outcome: 'waived' } },
    'changes-requested': { who: '', body: { outcome: 'resubmitted' } },
  },
  insurance: {
    approving: { who: 'hub-coordinator', body: { outcome: 'approved' } },
    binding: { who: 'insurer', body: { outcome: 'bound', policyNumber: 'P1' } },
    'changes-requested': { who: '', body: { outcome: 'resubmitted' } },
  },
};

/** How a case comes to stages beside the straight way: to which, from where, by what. */
const aside: readonly (readonly [to: readonly string[], from: string, body: object])[] = [
  [['payment-failed'], 'disbursing', { outcome: 'payment-failed', reason: '银行退票' }],
  [['stopping'], 'disbursing', { outcome: 'stopped', reason: '不再需要' }],
  [['returning', 'waiving'], 'delivering', { outcome: 'stopped', reason: '不再需要' }],
  [['waiving'], 'returning', { outcome: 'waiver-asked', reason: '已用于口罩' }],
];

/**
 * Answers the question about the stage that the case is in with this body, as who answers it along the straight way; or does what a
 * funder may do beside it.
 */
export function answerWith(hub: Hub, subject: Case, body: object): Promise<Case> {
  const beside = 'outcome' in body ? besideOf(subject.kind, subject.stage, String(body.outcome)) : undefined;
  if (beside) {
    const ofFunder = beside.roles.includes('finance') ? 'funder-finance' : 'funder-approver';
    const member = person(beside.by === 'hub' ? 'hub-coordinator' : ofFunder);
    return actBeside(hub, subject.id, body, { type: 'member', member });
  }
  const straight = straightAnswers[subject.kind][subject.stage];
  if (!straight) throw new Error(`nobody is asked in ${subject.stage}`);
  const acting = straight.who === '' ? applicantOf(subject.id) : by(straight.who);
  return decideTask(hub, taskOf(subject), body, acting);
}

/** Answers it as along the straight way, with changes. */
export function answer(hub: Hub, subject: Case, changes: object = {}): Promise<Case> {
  return answerWith(hub, subject, { ...straightAnswers[subject.kind][subject.stage]?.body, ...changes });
}

/** Brings a case along the straight way until it is asked about `stage`, or has ended. */
export async function broughtTo(hub: Hub, start: Case, stage: string): Promise<Case> {
  let subject = await carryOn(hub, start.id);
  while (subject.stage !== stage) {
    const leaves = aside.find(([to, from]) => to.includes(stage) && from === subject.stage);
    await (leaves ? answerWith(hub, subject, leaves[2]) : answer(hub, subject));
    subject = await carryOn(hub, start.id);
  }
  return subject;
}

/** A new case that is asked about `stage`. */
export async function aCaseIn(hub: Hub, kind: Kind, stage: string, changes: object = {}): Promise<Case> {
  return broughtTo(hub, await submitted(hub, kind, changes), stage);
}
