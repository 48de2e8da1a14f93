import type { Description } from '../description.ts';
import { amounts, decisions, withdrawal } from '../examples/decisions.ts';

export const track = {
  getTrackedCase: {
    tag: 'track',
    summary: 'Where a case stands',
    description: '`secret` is the last part of the private link.',
    answer: {
      description: 'The case with its history, who has it, and what the applicant can do now',
      schema: 'CaseFile',
    },
  },
  getTrackedRoster: {
    tag: 'track',
    summary: 'Who is covered from when to when',
    answer: { description: 'The roster, identity numbers and telephones masked', schema: 'Roster' },
  },
  decideTrackedTask: {
    tag: 'track',
    summary: 'Answer a task that the applicant has',
    body: {
      content: {
        'application/json': {
          schema: ['NeedDecision', 'GrantDecision', 'InsuranceDecision'],
          examples: (now) => decisions(now, 'applicant'),
        },
      },
    },
    answer: { description: 'The case as it is after the answer', schema: 'Case' },
    refusals: ['already-decided', 'stage-changed', 'unknown-outcome'],
  },
  withdrawTrackedCase: {
    tag: 'track',
    summary: 'Withdraw',
    body: { optional: true, content: { 'application/json': { schema: ['Withdrawal'], examples: withdrawal } } },
    answer: { description: 'The case, withdrawn', schema: 'Case' },
    refusals: ['stage-changed'],
  },
  giveTrackedAmounts: {
    tag: 'track',
    summary: 'Say amounts of lines, or that it is enough',
    body: { content: { 'application/json': { schema: ['Amounts'], examples: amounts } } },
    answer: { description: 'The need', schema: 'Case' },
    refusals: ['stage-changed'],
  },
} as const satisfies Record<string, Description>;
