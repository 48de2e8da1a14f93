import type { Language } from '../../shared/domain/language.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { Moment } from './amounts.tsx';
import { Notice } from './notice.tsx';
import { webText } from './text.ts';

/** Says of a case whose personal data is gone since when, so that what is missing is not taken for a fault. */
export function ErasedNotice({ language, subject }: { readonly language: Language; readonly subject: Case }) {
  if (!subject.erasedAt) return null;
  const [before = '', after = ''] = webText[language].erasedOn.split('{at}');
  return (
    <Notice tone="info">
      <p>
        {before}
        <Moment at={subject.erasedAt} />
        {after}
      </p>
    </Notice>
  );
}
