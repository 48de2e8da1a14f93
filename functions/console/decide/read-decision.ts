import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { given, type Reader, type ReadForm, readerOf, type Values } from '../../forms/desk-values.ts';
import { changesForm, readChanges } from './changes.tsx';
import { readNeed } from './read-need.ts';

function readGrant(outcome: string, reader: Reader): Record<string, unknown> | undefined {
  switch (outcome) {
    case 'recommended':
      return given({ score: reader.whole('score'), amount: reader.fen('amount') });
    case 'approved':
      return given({ amount: reader.fen('amount') });
    case 'paid':
      return given({
        paidOn: reader.day('paidOn'),
        reference: reader.text('reference'),
        amount: reader.fen('amount'),
      });
    case 'reported':
      return given({
        summary: reader.text('summary'),
        spent: reader.fen('spent'),
        evidence: reader.text('evidence'),
      });
    default:
      return undefined;
  }
}

function readInsurance(outcome: string, reader: Reader): Record<string, unknown> | undefined {
  if (outcome === 'bound') return given({ policyNumber: reader.text('policyNumber') });
  return undefined;
}

/** What was filled in for an outcome, as the body of a decision. */
export function readDecision(subject: Case, outcome: string, values: Values, programme?: Programme): ReadForm {
  const reader = readerOf(values);
  const fields = (): Record<string, unknown> | undefined => {
    if (outcome === 'resubmitted')
      return given({ changes: readChanges(changesForm('zh', subject, programme), subject, values, reader) });
    switch (subject.kind) {
      case 'need':
        return readNeed(subject, outcome, values, reader);
      case 'grant':
        return readGrant(outcome, reader);
      case 'insurance':
        return readInsurance(outcome, reader);
    }
  };
  return {
    body: { outcome, ...given({ reason: reader.text('reason') }), ...fields() },
    problems: reader.problems,
    rows: reader.rows,
  };
}
