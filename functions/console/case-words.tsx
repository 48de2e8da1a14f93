import type { Child } from 'hono/jsx';
import type { Kind } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { stageText } from '../../shared/i18n/kind-text.ts';
import type { Case, CaseOf } from '../../shared/kinds/case.ts';
import { endStages } from '../../shared/kinds/lifecycle.ts';
import { deskPages } from '../kinds/index.ts';

/** What a case is about, in a line. */
export function gist<K extends Kind>(language: Language, subject: CaseOf<K>): string {
  return deskPages[subject.kind].gist(language, subject);
}

/** Who gives; undefined where nobody does. */
export function giver<K extends Kind>(subject: CaseOf<K>): string | undefined {
  return deskPages[subject.kind].giver?.(subject);
}

/** How much hurry there is, in lists. */
export function urgencyTag<K extends Kind>(language: Language, subject: CaseOf<K>): Child {
  return deskPages[subject.kind].urgency?.(language, subject) ?? null;
}

/** What is to be seen of a case at once. */
export function headTags<K extends Kind>(language: Language, subject: CaseOf<K>): Child {
  const { urgency, tags } = deskPages[subject.kind];
  return (
    <>
      {urgency?.(language, subject)}
      {tags?.(language, subject)}
    </>
  );
}

export function StageTag({ language, subject }: { readonly language: Language; readonly subject: Case }) {
  const { kind, stage } = subject;
  const tone = stage === 'changes-requested' ? 'tag wait' : endStages.has(stage) ? 'tag end' : 'tag';
  return <span class={tone}>{stageText(language, kind, stage)}</span>;
}

/** The organization with its case number, as a link to the case. */
export function CaseLink({ id, organization }: Pick<Case, 'id' | 'organization'>) {
  return (
    <>
      <a class="case-link" href={`/console/cases/${id}`}>
        {organization}
      </a>
      <span class="sub number">{id}</span>
    </>
  );
}
