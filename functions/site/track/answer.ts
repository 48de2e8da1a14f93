import type { Kind } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import type { CheckedBody } from '../../forms/application.ts';
import { sitePages } from '../../kinds/index.ts';
import type { SiteBasis, SiteView } from '../../kinds/pages.ts';
import type { Form } from '../../web/read-form.ts';

/** What the applicant's form answers to the open task, as the case takes it, and what is wrong with it. */
export function readAnswer<K extends Kind>(subject: CaseOf<K>, form: Form): CheckedBody {
  const outcome = form.get('outcome');
  return sitePages[subject.kind].read?.(subject, outcome, form) ?? { body: { outcome }, problems: [] };
}

/** The amounts that the applicant gives, as the case takes them; undefined for a kind that has none. */
export function readAmounts<K extends Kind>(subject: CaseOf<K>, form: Form): CheckedBody | undefined {
  return sitePages[subject.kind].amounts?.read(subject, form);
}

/** What the inputs of the answers hold before anybody typed. */
export function filledAnswers<K extends Kind>(subject: CaseOf<K>): Readonly<Record<string, string>> {
  return sitePages[subject.kind].filled?.(subject) ?? {};
}

/** Labels of what an applicant answers on their page. */
export function answerLabels(language: Language, kind: Kind): Readonly<Record<string, string>> {
  return { ...kindWords[language][kind].answered, ...sitePages[kind].labels?.(language) };
}

/** What the page shows of the case, see {@link SiteView}. */
export function openSite<K extends Kind>(subject: CaseOf<K>, basis: SiteBasis): Promise<SiteView> {
  return sitePages[subject.kind].open(subject, basis);
}
