import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import type { Values } from '../../forms/desk-values.ts';
import { type FormView, formView } from '../../web/form-view.ts';
import { decideText } from '../texts/decide.ts';
import { changesForm } from './changes.tsx';
import { initialValues } from './initial-values.ts';

/** An answer that was refused: what was typed, and what is wrong with it. */
export interface Tried {
  readonly task: string;
  readonly outcome: string;
  readonly values: Values;
  readonly problems: readonly FieldProblem[];
  readonly message: string;
  /** only more rows were asked for: nothing is wrong */
  readonly more?: boolean;
}

/** The fields of an outcome have names of their own, `approved.amount`, so that one page can hold several forms. */
export function scopeOf(outcome: string): string {
  return `${outcome}.`;
}

function labelsOf(language: Language, subject: Case, programme: Programme | undefined): Record<string, string> {
  const text = decideText[language];
  const lines = subject.kind === 'need' ? subject.lines : [];
  return {
    ...kindWords[language][subject.kind].answered,
    ...changesForm(language, subject, programme).labels,
    ...text.labels,
    ...Object.fromEntries(
      lines.flatMap(({ id, item }) => [
        [`lines.${id}.quantity`, item],
        [`lines.${id}.received`, item],
        [`lots.${id}`, item],
      ]),
    ),
  };
}

/** The form of one outcome: as the case fills it, or as it was typed and refused. */
export function answerForm(
  language: Language,
  subject: Case,
  programme: Programme | undefined,
  outcome: string,
  tried: Tried | undefined,
): FormView {
  const scope = scopeOf(outcome);
  const labels = Object.entries(labelsOf(language, subject, programme));
  const initial = initialValues(subject, programme, outcome);
  return formView({
    language,
    labels: Object.fromEntries(labels.map(([name, label]) => [`${scope}${name}`, label])),
    value: tried ? tried.values : (name) => initial[name.slice(scope.length)] ?? '',
    problems: tried?.problems ?? [],
  });
}
