import type { Kind } from '../../../shared/domain/ids.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { given, type ReadForm, readerOf, type Values } from '../../forms/desk-values.ts';
import { deskPages } from '../../kinds/index.ts';
import { changesForm, readChanges } from './changes.tsx';

/** What was filled in for an outcome, as the body of a decision. */
export function readDecision<K extends Kind>(
  subject: CaseOf<K>,
  outcome: string,
  values: Values,
  programme?: Programme,
): ReadForm {
  const reader = readerOf(values);
  const fields =
    outcome === 'resubmitted'
      ? given({ changes: readChanges(changesForm('zh', subject, programme), subject, values, reader) })
      : deskPages[subject.kind].read(subject, outcome, { values, reader });
  return {
    body: { outcome, ...given({ reason: reader.text('reason') }), ...fields },
    problems: reader.problems,
    rows: reader.rows,
  };
}
