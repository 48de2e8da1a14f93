import { presentConsent } from '../../../shared/domain/consent.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import { given, type Reader, type ReadForm } from '../decide/form-values.ts';
import { readAnswers, readBudget, readDelivery, readLines, readOrganization } from './read-entry.ts';
import { volunteersFromText } from './roster-text.ts';

function fieldsOf(kind: Kind, reader: Reader, questions: readonly string[]): Record<string, unknown> {
  if (kind === 'need') {
    return {
      lines: readLines(reader),
      ...given({
        urgency: reader.text('urgency'),
        careTier: reader.text('careTier'),
        neededBy: reader.day('neededBy'),
        note: reader.text('note'),
        delivery: readDelivery(reader),
      }),
    };
  }
  if (kind === 'grant') {
    return {
      budget: readBudget(reader),
      ...given({
        programme: reader.text('programme'),
        purpose: reader.text('purpose'),
        answers: readAnswers(reader, questions),
      }),
    };
  }
  return {
    volunteers: volunteersFromText(reader.text('volunteers') ?? ''),
    ...given({
      activity: reader.text('activity'),
      coverFrom: reader.day('coverFrom'),
      coverTo: reader.day('coverTo'),
    }),
  };
}

/** A case as a coordinator filled it in for an organization. */
export function readNew(kind: Kind, reader: Reader, questions: readonly string[]): ReadForm {
  const language = reader.text('language');
  const how = reader.text('consent.how');
  const consent = how === undefined ? undefined : { version: presentConsent, how };
  const body = { ...readOrganization(reader), ...given({ language, consent }), ...fieldsOf(kind, reader, questions) };
  return { body, problems: reader.problems, rows: reader.rows };
}
