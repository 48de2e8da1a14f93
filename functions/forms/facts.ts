import type { Language } from '../../shared/domain/language.ts';
import { applicantFields } from '../../shared/kinds/applicant-fields.ts';
import type { Case } from '../../shared/kinds/case.ts';
import type { AnyField } from '../../shared/kinds/define.ts';
import { fieldsOf } from '../../shared/kinds/fields.ts';
import { askingWords } from '../../shared/kinds/words.ts';
import type { SummaryRow } from '../web/summary-list.tsx';
import { fillIn } from './fill-in.ts';
import { showFields } from './show-fields.ts';

interface WhichFacts {
  /** who asks, or what is asked for; left out: both */
  readonly about?: 'applicant' | 'request';
  shows?(field: AnyField): boolean;
}

/** What an applicant entered, as rows of facts: what is empty, and what a kind draws itself, is left out. */
export function factRows(
  language: Language,
  subject: Case,
  { about, shows = () => true }: WhichFacts = {},
): SummaryRow[] {
  const fields = fieldsOf[subject.kind];
  const names = Object.entries(fields).flatMap(([name, field]) => {
    const isAbout = Object.hasOwn(applicantFields, name) ? 'applicant' : 'request';
    return field.in.includes('submit') && (about ?? isAbout) === isAbout && shows(field) ? [name] : [];
  });
  const described = { fields, texts: askingWords(language, subject.kind).fields };
  const rows = showFields(described, names, { language, answers: fillIn(fields, subject) });
  return rows.filter(({ value }) => value !== '');
}
