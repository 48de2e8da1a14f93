import type { Kind } from '../../shared/domain/ids.ts';
import { addDays, localDate } from '../../shared/domain/time.ts';
import { exampleOf, submissionOf } from '../engine/walk.ts';

/** An answer that somebody gives when the case waits for it. */
export interface Step {
  readonly stage: string;
  /** a person of the demo; left out, the applicant by the private link */
  readonly person?: string;
  readonly answer: () => { readonly outcome: string };
}

/** A case from its form to where it shall rest. */
export interface Journey {
  readonly name: string;
  readonly kind: Kind;
  readonly submission: (number: number) => object;
  readonly steps: readonly Step[];
  /** the applicant takes it back after the last step */
  readonly withdrawn?: boolean;
  /** where it rests when everybody has answered; nobody is asked in `active` and at an end */
  readonly rests: string;
  /** where it rests some days later */
  readonly ends: string;
  /** whom it waits for at last */
  readonly waitsFor?: 'applicant' | 'hub' | 'river-foundation' | 'insurer';
}

export const PROGRAMME = 'crash-fund';
export const OFFER_AMOUNT = 1_000_000;
/** Fen: enough for every application, so that none is refused for want of money. */
export const BUDGET = 100_000_000_000;

const today = () => localDate(Date.now());
const who = (number: number) => ({
  organization: `第 ${number} 救援队`,
  contact: { name: '联系人', phone: '027-00001234', email: `applicant-${number}@example.org` },
});
const need = (number: number) => submissionOf('need', who(number));
const grantOf = (fen: number) => (number: number) =>
  submissionOf('grant', {
    ...who(number),
    programme: PROGRAMME,
    budget: [{ description: '防护用品', amount: fen }],
  });
const insurance = (number: number) =>
  submissionOf('insurance', { ...who(number), coverFrom: addDays(today(), 1), coverTo: addDays(today(), 3) });

function step(kind: Kind, stage: string, outcome: string, person?: string, changes: object = {}): Step {
  const answer = () => ({ ...exampleOf(kind, outcome), outcome, ...changes });
  return { stage, answer, ...(person && { person }) };
}

const verified = step('need', 'verifying', 'verified', 'hub-coordinator');
const someGiven = step('need', 'approving', 'approved', 'funder-approver', { lines: [{ line: 'L2', quantity: 300 }] });
const recommended = step('grant', 'reviewing', 'recommended', 'funder-reviewer');
const approved = step('grant', 'approving', 'approved', 'funder-approver');
const insured = step('insurance', 'approving', 'approved', 'hub-coordinator');

/** The ways of all three kinds that the load goes, one after another. `offer` is one that needs are matched with. */
export function journeys(offer: string): readonly Journey[] {
  const matched = step('need', 'matching', 'matched', 'hub-coordinator', { offer });
  const dispatched = step('need', 'dispatching', 'dispatched', 'hub-lead');
  const sent = [verified, matched, someGiven, dispatched];
  return [
    {
      name: 'need to closing, the rest of it linked',
      kind: 'need',
      submission: need,
      steps: [...sent, step('need', 'in-transit', 'confirmed'), step('need', 'reporting', 'reported')],
      rests: 'closed',
      ends: 'closed',
    },
    {
      name: 'grant above the limit, to the return of what was not spent',
      kind: 'grant',
      submission: grantOf(4_000_000),
      steps: [
        recommended,
        approved,
        step('grant', 'second-approval', 'approved', 'funder-second-approver'),
        step('grant', 'agreement', 'accepted'),
        step('grant', 'disbursing', 'paid', 'funder-finance'),
        step('grant', 'delivering', 'reported', undefined, { spent: 3_950_000 }),
        step('grant', 'reporting', 'report-accepted', 'funder-approver'),
        step('grant', 'returning', 'returned', 'funder-finance', { amount: 50_000 }),
      ],
      rests: 'closed',
      ends: 'closed',
    },
    {
      name: 'insurance until cover ends',
      kind: 'insurance',
      submission: insurance,
      steps: [insured, step('insurance', 'binding', 'bound', 'insurer')],
      rests: 'active',
      ends: 'closed',
    },
    {
      name: 'need that nobody has looked at',
      kind: 'need',
      submission: need,
      steps: [],
      rests: 'verifying',
      ends: 'verifying',
      waitsFor: 'hub',
    },
    {
      name: 'grant that waits for the applicant to agree',
      kind: 'grant',
      submission: grantOf(1_200_000),
      steps: [recommended, approved],
      rests: 'agreement',
      ends: 'agreement',
      waitsFor: 'applicant',
    },
    {
      name: 'insurance that was refused',
      kind: 'insurance',
      submission: insurance,
      steps: [step('insurance', 'approving', 'rejected', 'hub-coordinator')],
      rests: 'rejected',
      ends: 'rejected',
    },
    {
      name: 'need that should have arrived',
      kind: 'need',
      submission: need,
      steps: sent,
      rests: 'in-transit',
      ends: 'confirming',
      waitsFor: 'applicant',
    },
    {
      name: 'grant taken back after its approval',
      kind: 'grant',
      submission: grantOf(2_000_000),
      steps: [recommended, approved],
      withdrawn: true,
      rests: 'withdrawn',
      ends: 'withdrawn',
    },
    {
      name: 'need that was changed on request, for a donor to approve',
      kind: 'need',
      submission: need,
      steps: [
        step('need', 'verifying', 'changes-requested', 'hub-coordinator'),
        step('need', 'changes-requested', 'resubmitted'),
        verified,
        matched,
      ],
      rests: 'approving',
      ends: 'approving',
      waitsFor: 'river-foundation',
    },
    {
      name: 'insurance with the insurer',
      kind: 'insurance',
      submission: insurance,
      steps: [insured],
      rests: 'binding',
      ends: 'binding',
      waitsFor: 'insurer',
    },
  ];
}
