import { MOST_DAYS } from '../../../../shared/case/audit.ts';
import { AuditQuery, CaseAuditQuery, CasesQuery, Paging } from '../../routes/queries.ts';
import type { Description } from '../description.ts';
import { nothing } from '../examples/conflicts.ts';
import { amounts, decisions, withdrawal } from '../examples/decisions.ts';
import { disclosure } from '../examples/disclosure.ts';
import { consent } from '../examples/people.ts';

const forAbsent = 'A coordinator does this for an applicant who has no e-mail; it is recorded as such.';

export const cases = {
  listCases: {
    tag: 'cases',
    summary: 'Cases of the caller’s party',
    description:
      'A hub sees its own, a funder, donor or insurer those it has part in: by stage, and within it by how long they have been there. Without a kind, one kind after another. An organization sees its own, the latest first.',
    query: CasesQuery,
    answer: { description: 'A page of cases', schema: 'CaseList' },
  },
  getCase: {
    tag: 'cases',
    summary: 'A case with its history and its tasks',
    answer: { description: 'The case as the caller’s party may see it', schema: 'CaseFile' },
  },
  withdrawCase: {
    tag: 'cases',
    summary: 'Withdraw a case for its applicant',
    description: forAbsent,
    body: { optional: true, content: { 'application/json': { schema: ['Withdrawal'], examples: withdrawal } } },
    answer: { description: 'The case, withdrawn', schema: 'Case' },
    refusals: ['stage-changed'],
  },
  giveAmounts: {
    tag: 'cases',
    summary: 'Say amounts, or that it is enough, for the applicant',
    description: forAbsent,
    body: { content: { 'application/json': { schema: ['Amounts'], examples: amounts } } },
    answer: { description: 'The need', schema: 'Case' },
    refusals: ['stage-changed'],
  },
  giveConsent: {
    tag: 'cases',
    summary: 'Keep the consent to a case that was entered without one',
    description:
      'A coordinator says how and on which day they were told; a member of the organization agrees for their own. What was given before stays as it is.',
    body: { content: { 'application/json': { schema: ['ToldConsent', 'OwnConsent'], examples: consent } } },
    answer: { description: 'The case', schema: 'Case' },
    refusals: ['stage-changed', 'interest-declared', 'membership-ended'],
  },
  sendLink: {
    tag: 'cases',
    summary: 'Mail the private link to the case’s contact once more',
    description: 'A few times a day at most, whoever asks.',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: { description: 'That it is mailed', schema: 'Link' },
  },
  revokeLink: {
    tag: 'cases',
    summary: 'Make the private link void',
    description:
      'With it the links of the cases it leads to. The next one is mailed to the contact; where there is no address it is answered to the coordinator who acts for the applicant.',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: { description: 'What became of the link', schema: 'Link' },
  },
  suggestOffers: {
    tag: 'cases',
    summary: 'Offers that fit a need, best first',
    answer: { description: 'Offers with the lines they could serve', schema: 'SuggestionList' },
  },
  getRoster: {
    tag: 'insurance',
    summary: 'The volunteers of an insurance request',
    description: 'Identity numbers and telephones are masked for everybody.',
    answer: { description: 'The roster', schema: 'Roster' },
  },
  discloseRoster: {
    tag: 'insurance',
    summary: 'The volunteers with their numbers in full',
    description: 'For the insurer, who says what for. Each time is an entry in the trail of the case.',
    body: { content: { 'application/json': { schema: ['Disclosure'], examples: disclosure } } },
    answer: { description: 'The roster, in full', schema: 'Roster' },
  },
  getCaseAudit: {
    tag: 'audit',
    summary: 'Who saw and did what in a case',
    description:
      'Changes and views in the order they happened, with the hashes that bind each to the one before: `verify` says how. As CSV with `format=csv`. For auditors; taking it is an entry of the trail itself.',
    query: CaseAuditQuery,
    answer: { description: 'The audit of the case', schema: 'Audit', orCsv: true },
  },
  getAudit: {
    tag: 'audit',
    summary: 'All that happened in a period',
    description: `Cases and everything else, a page at a time, at most ${MOST_DAYS} days at once. As CSV with \`format=csv\`: the header \`Jieli-Next-Cursor\` then says where it goes on. For auditors; each page taken is recorded.`,
    query: AuditQuery,
    answer: { description: 'A page of the audit', schema: 'Audit', orCsv: true },
  },
  listTasks: {
    tag: 'tasks',
    summary: 'The caller’s open tasks, soonest due first',
    description: 'Of the party that the caller acts for; an organization’s are what its cases’ applicants are asked.',
    query: Paging,
    answer: { description: 'A page of tasks', schema: 'TaskList' },
  },
  getTask: {
    tag: 'tasks',
    summary: 'A task',
    description: 'Its outcomes are listed for those who may answer it.',
    answer: { description: 'The task', schema: 'Task' },
  },
  decideTask: {
    tag: 'tasks',
    summary: 'Answer a task',
    description:
      'The first answer counts: whoever comes second is told who decided what and when. What else may be said depends on the outcome. `merged` names the other need in `into`.',
    body: {
      content: {
        'application/json': { schema: ['NeedDecision', 'GrantDecision', 'InsuranceDecision'], examples: decisions },
      },
    },
    answer: { description: 'The case as it is after the decision', schema: 'Case' },
    refusals: [
      'already-decided',
      'stage-changed',
      'unknown-outcome',
      'same-person',
      'both-sides',
      'interest-declared',
      'membership-ended',
      'stand-in-ended',
      'budget-exceeded',
    ],
  },
} as const satisfies Record<string, Description>;
