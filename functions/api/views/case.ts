import { caseSeen, type Sight } from '../../../shared/case/sight.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { findingText } from '../../../shared/i18n/kind-text.ts';
import type { Case, CaseOf } from '../../../shared/kinds/case.ts';
import { findingsTold } from '../../../shared/kinds/parts.ts';
import { CaseView, kindApis } from '../../kinds/api.ts';

function shownOf<K extends Kind>(subject: CaseOf<K>, sight: Sight) {
  return kindApis[subject.kind].shown?.(subject, sight);
}

/** What the viewer may see of the case. Whatever the view's schema does not name never leaves. */
export function viewCase(whole: Case, sight: Sight, language: Language): CaseView {
  const subject = caseSeen(whole, sight);
  const { screening, entered } = subject;
  // what was looked up about others is for those who weigh it; rules are published
  const shown = sight.screening ? screening : findingsTold(subject);
  return CaseView.parse({
    ...subject,
    version: sight.people ? subject.version : undefined,
    enteredAt: entered.at,
    screening:
      shown.length > 0 || sight.screening
        ? shown.map((finding) => ({ ...finding, detail: findingText(language, subject.kind, finding) }))
        : undefined,
    ...shownOf(subject, sight),
  });
}
