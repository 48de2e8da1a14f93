import type { FieldProblem, Rejected } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import { refusalText } from '../../shared/i18n/errors.ts';

/** What is said above a form that comes again: nothing where the list of its fields says it all. */
export function messageAbove(language: Language, error: Rejected, problems: readonly FieldProblem[]): string {
  return error.code === 'invalid' && problems.length > 0 ? '' : refusalText(language, error.code, error.params);
}
