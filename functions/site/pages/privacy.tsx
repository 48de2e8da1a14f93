import type { Context } from 'hono';
import { kinds } from '../../../shared/domain/ids.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { keptDays } from '../../env/kept-days.ts';
import { languageOf } from '../../web/language.ts';
import { respond } from '../../web/page.tsx';
import { SitePage } from '../layout.tsx';
import { privacyText } from '../texts/privacy.ts';

/** What personal data is used for, by whom, and for how long. */
export function privacyPage(c: Context) {
  const language = languageOf(c);
  const text = privacyText[language];
  const each = kinds.map((kind) => fill(kindWords[language][kind].kept, { days: keptDays[kind] }));
  const kept = each.join(language === 'zh' ? '，' : ', ');
  return respond(
    c,
    <SitePage c={c} language={language} title={text.title}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      {text.sections.map((section) => (
        <section>
          <h2>{section.title}</h2>
          <p>{fill(section.text, { kept })}</p>
        </section>
      ))}
    </SitePage>,
  );
}
