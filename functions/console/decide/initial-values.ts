import type { Kind } from '../../../shared/domain/ids.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { filledBy } from '../../forms/desk-form.ts';
import type { Filled } from '../../kinds/desk-answers.ts';
import { deskPages } from '../../kinds/index.ts';
import { changesForm } from './changes.tsx';

/** What the fields of an answer hold before anybody typed: what the case says already. */
export function initialValues<K extends Kind>(
  subject: CaseOf<K>,
  programme: Programme | undefined,
  outcome: string,
): Filled {
  if (outcome === 'resubmitted') return filledBy(changesForm('zh', subject, programme), subject);
  return deskPages[subject.kind].filled?.(subject, outcome, programme) ?? {};
}
