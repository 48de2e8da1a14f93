import type { FormWords, Words } from '../define.ts';
import { everyKind } from '../words.en.ts';
import type { InsuranceStage } from './case.ts';
import type { insuranceFields } from './fields.ts';
import type { InsuranceInput } from './input.ts';
import type { InsuranceOutcome } from './stages.ts';
import type { zh } from './words.zh.ts';

/** What a volunteer insurance request says in English. */
export const en = {
  name: 'Volunteer insurance',
  kept: '{days} days for insurance (time to make a claim)',
  next: [
    'Within seconds the roster is checked again.',
    'The hub decides, usually within 24 hours.',
    'Then the insurer binds the cover; the policy number appears on your page.',
  ],
  stages: {
    ...everyKind.stages,
    approving: 'Approval',
    binding: 'With the insurer',
    active: 'Covered',
  },
  outcomes: {
    ...everyKind.outcomes,
    approved: {
      button: 'Approve',
      happened: 'Approved',
      news: ['approved', 'Case {id} was approved and is with the insurer now.'],
    },
    bound: {
      button: 'Cover bound',
      happened: 'Cover bound',
      news: [
        'covered',
        'The volunteers of case {id} are covered from {coverFrom} to {coverTo}, both days included. Policy number: {policy}.',
        'Please note: they are not covered from {gapFrom} to {gapTo}, which you asked for.',
      ],
    },
    ended: {
      button: 'Cover ended',
      happened: 'Cover ended',
      news: ['cover has ended', 'Cover for the volunteers of case {id} ended on {coverTo}.'],
    },
  },
  findings: {
    ...everyKind.findings,
    'already-covered': '{count} {count|volunteer already has|volunteers already have} cover in this period',
    'cover-in-the-past': 'The first day that was asked for has come: the insurer has to set other days',
  },
  remarks: [
    'The first day that was asked for, {startPassed}, has come. Cover begins at the earliest on the day after the insurer binds it; the days before are not covered.',
    '{leftOut} {leftOut|row|rows} of the sheet {leftOut|was|were} left out: nobody insures who is in {leftOut|it|them}. The page of the request says why.',
  ],
  fields: {
    ...everyKind.fields,
    activity: { label: 'What the volunteers do', hint: 'For example driving supplies, disinfecting homes' },
    coverFrom: { label: 'First day of cover', hint: 'Both the first and the last day are covered' },
    coverTo: { label: 'Last day of cover', hint: 'At most 180 days at once' },
    volunteers: {
      label: 'Volunteers',
      hint: 'Aged 18 to 70. Identity numbers are used for insurance only and shown to the hub and the insurer only.',
      row: 'Row {row}',
      add: 'Add a person',
      parts: {
        name: { label: 'Name' },
        identityNumber: { label: 'Identity number' },
        phone: { label: 'Mobile phone' },
      },
    },
    leftOut: {
      label: 'Rows that are not in the roster',
      parts: { row: { label: 'Row' }, name: { label: 'Name' }, reason: { label: 'Reason' } },
    },
  },
  steps: { ...everyKind.steps, cover: 'Activity and dates', volunteers: 'Your volunteers' },
  answered: {
    policyNumber: 'Policy number',
    coverFrom: 'First day of cover',
    coverTo: 'Last day of cover',
  },
} as const satisfies Words<InsuranceStage, InsuranceOutcome> &
  FormWords<InsuranceInput, typeof insuranceFields> & { answered: Record<keyof typeof zh.answered, string> };
