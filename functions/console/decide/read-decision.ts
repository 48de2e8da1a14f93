import type { Case } from '../../../shared/kinds/case.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import { readGrantChanges, readInsuranceChanges } from '../entry/read-entry.ts';
import { given, type Reader, type ReadForm, readerOf, type Values } from './form-values.ts';
import { readNeedDecision } from './read-need.ts';

function readGrant(subject: GrantCase, outcome: string, reader: Reader): Record<string, unknown> | undefined {
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
    case 'resubmitted':
      return given({ changes: readGrantChanges(subject, reader) });
    default:
      return undefined;
  }
}

function readInsurance(subject: InsuranceCase, outcome: string, reader: Reader): Record<string, unknown> | undefined {
  if (outcome === 'bound') return given({ policyNumber: reader.text('policyNumber') });
  if (outcome === 'resubmitted') return given({ changes: readInsuranceChanges(subject, reader) });
  return undefined;
}

/** What was filled in for an outcome, as the body of a decision. */
export function readDecision(subject: Case, outcome: string, values: Values): ReadForm {
  const reader = readerOf(values);
  if (subject.kind === 'need') return readNeedDecision(subject, outcome, reader);
  const fields =
    subject.kind === 'grant' ? readGrant(subject, outcome, reader) : readInsurance(subject, outcome, reader);
  return {
    body: { outcome, ...given({ reason: reader.text('reason') }), ...fields },
    problems: reader.problems,
    rows: reader.rows,
  };
}
