import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { Case, CaseOf } from '../../../shared/kinds/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { scopeOf, type Values } from '../../forms/desk-values.ts';
import { deskPages } from '../../kinds/index.ts';
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

function labelsOf<K extends Kind>(
  language: Language,
  subject: CaseOf<K>,
  programme: Programme | undefined,
): Record<string, string> {
  const { kind } = subject;
  return {
    ...kindWords[language][kind].answered,
    ...changesForm(language, subject, programme).labels,
    ...decideText[language].labels,
    ...deskPages[kind].labels?.(language, subject),
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
