import type { Context } from 'hono';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { languageOf } from '../../web/language.ts';
import { respond } from '../../web/page.tsx';
import { webText } from '../../web/text.ts';
import type { GatewayStatus } from '../gateway-answers.ts';
import { SitePage } from '../layout.tsx';

/** What a gateway answered by itself, as a page that says what to do. Whoever shows it keeps the status that was answered. */
export function gatewayAnswer(c: Context, status: GatewayStatus) {
  const language = languageOf(c);
  const text = webText[language];
  return respond(
    c,
    <SitePage c={c} language={language} title={text.errorTitle[status]}>
      <h1>{text.errorTitle[status]}</h1>
      <p class="lead">{status === 413 ? refusalText(language, 'too-large') : text.sendLater}</p>
      <p>{text.goBack}</p>
      <p>
        <a href="/">{text.home}</a>
      </p>
    </SitePage>,
  );
}
