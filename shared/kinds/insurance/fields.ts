import { applicantFields } from '../applicant-fields.ts';
import type { Fields } from '../define.ts';
import type { InsuranceInput } from './input.ts';

/** What is asked about volunteers who are to be insured, in the order of the form. */
export const insuranceFields = {
  ...applicantFields,
  activity: { widget: 'line', step: 'cover', in: ['submit', 'behalf', 'changes'] },
  coverFrom: { widget: 'date', future: true, step: 'cover', in: ['submit', 'behalf', 'changes'] },
  coverTo: { widget: 'date', future: true, step: 'cover', in: ['submit', 'behalf', 'changes'] },
  /** typed or uploaded, each row checked by itself */
  volunteers: { widget: 'own', step: 'volunteers', in: ['submit', 'behalf', 'changes'], use: 'volunteers' },
  /** rows of the sheet that were left out, with the reasons */
  leftOut: { widget: 'own', step: 'volunteers', in: ['submit', 'behalf', 'changes'] },
} as const satisfies Fields<InsuranceInput>;
