import type { Context } from 'hono';
import type { Language } from '../../../shared/domain/language.ts';
import { ChooseFile } from '../../incoming/choose-file.tsx';
import { fileText } from '../../incoming/texts.ts';
import type { FileAsked } from '../../incoming/typed-file.ts';
import { respond } from '../../web/page.tsx';
import { SitePage } from '../layout.tsx';

/** Where the file of a form is chosen. */
export function chooseFilePage(c: Context, language: Language, choice: FileAsked) {
  return respond(
    c,
    <SitePage c={c} language={language} title={fileText[language].title}>
      <ChooseFile language={language} choice={choice} />
    </SitePage>,
    choice.wasEmpty ? 422 : 200,
  );
}
