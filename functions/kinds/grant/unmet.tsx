import type { Finding } from '../../../shared/domain/case-base.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { findingText } from '../../../shared/i18n/kind-text.ts';
import { nameIn } from '../../../shared/i18n/names.ts';
import { Notice } from '../../web/notice.tsx';
import { rulesText } from './rules-texts.ts';

interface UnmetProps {
  readonly language: Language;
  /** whether it was sent already */
  readonly sent?: boolean;
  readonly findings: readonly Finding[];
  /** other programmes whose rules it meets */
  readonly fitting: readonly Programme[];
}

/** Which rules of the programme an application does not meet, and which programmes fit it; nothing where it meets them. */
export function Unmet({ language, sent = false, findings, fitting }: UnmetProps) {
  const text = rulesText[language];
  if (findings.length === 0) return null;
  return (
    <Notice tone="warning" title={sent ? text.found : text.title}>
      <ul>
        {findings.map((finding) => (
          <li>{findingText(language, 'grant', finding)}</li>
        ))}
      </ul>
      {!sent && <p>{text.lead}</p>}
      {fitting.length === 0 ? (
        <p>{text.none}</p>
      ) : (
        <>
          <p>{text.fit}</p>
          <ul>
            {fitting.map((programme) => (
              <li>
                <a href={`/programmes/${programme.id}`}>{nameIn(language, programme)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
