import type { Acting } from '../../../shared/answering/acting.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import type { Idempotency } from '../../../shared/store/idempotency.ts';
import type { Form } from '../../web/read-form.ts';

/** Whoever holds the private link acts as the applicant. */
export function applicantOf(subject: Case): Acting {
  return { type: 'applicant', caseId: subject.id };
}

/** The key that a form was given when it was shown: sent twice, it is done once. */
export function onceOf(subject: Case, form: Form, request: unknown): Idempotency {
  const key = form.get('once').slice(0, 100) || crypto.randomUUID();
  return { scope: `link ${subject.id}`, key, request };
}
