import { applicantFields } from '../applicant-fields.ts';
import type { Fields } from '../define.ts';
import type { GrantInput } from './input.ts';

/** What is asked of who applies for a grant, in the order of the form. */
export const grantFields = {
  ...applicantFields,
  /** chosen before the form begins, which asks the programme's own questions */
  programme: { widget: 'own', step: 'project', in: ['submit', 'behalf'] },
  purpose: { widget: 'prose', step: 'project', in: ['submit', 'behalf', 'changes'], use: 'words' },
  answers: { widget: 'own', step: 'project', in: ['submit', 'behalf', 'changes'], use: 'words' },
  budget: {
    widget: 'rows',
    step: 'budget',
    in: ['submit', 'behalf', 'changes'],
    most: 50,
    parts: { description: { widget: 'line' }, amount: { widget: 'yuan' } },
  },
} as const satisfies Fields<GrantInput>;
