import type { Description } from '../description.ts';
import { nothing } from '../examples/conflicts.ts';
import { amounts, decisions, withdrawal } from '../examples/decisions.ts';
import { linkRequest, ownConsent } from '../examples/people.ts';

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
  giveTrackedConsent: {
    tag: 'track',
    summary: 'Agree to a case that was entered without consent',
    description: '`version` is that of the text at `/privacy`. What was given before stays as it is.',
    body: { content: { 'application/json': { schema: ['OwnConsent'], examples: ownConsent } } },
    answer: { description: 'The case', schema: 'Case' },
    refusals: ['stage-changed'],
  },
  revokeTrackedLink: {
    tag: 'track',
    summary: 'Make the private link void',
    description:
      'With it the links of the cases it leads to. The next one is mailed to the contact, and answered only where there is no address: whoever holds a link that is not theirs does not get the next. The same again finds the link void.',
    body: { optional: true, content: { 'application/json': { schema: ['Nothing'], examples: nothing } } },
    answer: { description: 'What became of the link', schema: 'Link' },
    refusals: ['link-revoked'],
  },
  askForLink: {
    tag: 'track',
    summary: 'Ask for a private link again',
    description:
      'It is mailed where `email` is the address of the case’s contact, a few times a day. The answer never says whether it is.',
    body: { content: { 'application/json': { schema: ['LinkRequest'], examples: linkRequest } } },
    answer: { description: 'That it was asked for', schema: 'LinkAsked' },
  },
} as const satisfies Record<string, Description>;
