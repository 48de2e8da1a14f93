import type { Context } from 'hono';
import * as z from 'zod';
import { knock, refusal } from '../../../shared/case/limits.ts';
import { askForLink } from '../../../shared/case/revoke-link.ts';
import { Email } from '../../../shared/domain/applicant.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { CaseId } from '../../../shared/domain/ids.ts';
import { fieldProblems } from '../../../shared/domain/problems.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { caseOfSecret } from '../../../shared/secrets/private-link.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { TextInput } from '../../web/inputs.tsx';
import { languageOf } from '../../web/language.ts';
import { respond } from '../../web/page.tsx';
import { readForm } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { Site } from '../app.tsx';
import { SitePage } from '../layout.tsx';
import { againText } from '../texts/again.ts';

/** A case number as people write it down: in small letters, with O for 0 and I or L for 1, with spaces. */
function written(number: string): string {
  const plain = number.toUpperCase().replace(/[\s-]/g, '');
  return plain.slice(0, 1) + plain.slice(1).replaceAll('O', '0').replace(/[IL]/g, '1');
}

const Asked = z.object({ number: z.string().transform(written).pipe(CaseId), email: Email });

interface Refused {
  readonly problems?: readonly FieldProblem[];
  /** said above the form: it could not be taken now */
  readonly message?: string;
}

function formPage(c: Context, typed: (name: string) => string, { problems = [], message }: Refused = {}) {
  const language = languageOf(c);
  const text = againText[language];
  const form = formView({
    language,
    labels: { number: text.number, email: text.email },
    value: typed,
    problems: problems.filter(({ pointer }) => pointer !== '/number'),
    said: problems.some(({ pointer }) => pointer === '/number') ? [{ name: 'number', text: text.notANumber }] : [],
  });
  return respond(
    c,
    <SitePage c={c} language={language} title={text.title}>
      <ErrorSummary form={form} message={message} />
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <form method="post" action="/track/again" novalidate>
        <TextInput form={form} name="number" hint={text.numberHint} width="medium" autocomplete="off" />
        <TextInput form={form} name="email" type="email" inputmode="email" autocomplete="email" />
        <div class="actions">
          <Submit text={text.action} />
        </div>
      </form>
    </SitePage>,
    message ? 429 : problems.length > 0 ? 422 : 200,
  );
}

/** Asks for case number and mail address; the number may come along from where a link did not open. */
export function againPage(c: Context) {
  const number = CaseId.safeParse(c.req.query('case')).data ?? '';
  return formPage(c, (name) => (name === 'number' ? number : ''));
}

/** Takes the wish for a link: the same page follows whatever was asked, since nothing is looked up here. */
export async function takeAgain(c: Context, { hub }: Site) {
  const form = await readForm(c);
  const counted = await knock(hub, 'send-link/address', c.get('address'));
  if (!counted.ok) {
    c.header('retry-after', String(counted.seconds));
    const { code, params } = refusal(counted.seconds);
    return formPage(c, form.get, { message: refusalText(languageOf(c), code, params) });
  }
  const asked = Asked.safeParse({ number: form.get('number'), email: form.get('email') }, { reportInput: true });
  if (!asked.success) return formPage(c, form.get, { problems: fieldProblems(asked.error.issues) });
  const { number: caseId, email } = asked.data;
  await askForLink(hub, { caseId, email, language: languageOf(c) });
  return c.redirect('/track/asked', 303);
}

/** What happens now, whether or not there is such a case. */
export function askedPage(c: Context) {
  const language = languageOf(c);
  const text = againText[language];
  return respond(
    c,
    <SitePage c={c} language={language} title={text.askedTitle}>
      <h1>{text.askedTitle}</h1>
      <p class="lead">{text.asked}</p>
      <p>{text.askedNot}</p>
      <p>
        <a href="/track/again">{text.another}</a>
      </p>
    </SitePage>,
  );
}

/** A link that was one and is void: how to get another. */
export function revokedPage(c: Context) {
  const language = languageOf(c);
  const text = againText[language];
  const number = caseOfSecret(new URL(c.req.url).pathname.split('/')[2] ?? '');
  return respond(
    c,
    <SitePage c={c} language={language} title={text.revokedTitle}>
      <h1>{text.revokedTitle}</h1>
      <p class="lead">{text.revoked}</p>
      <p>
        <a class="button" href={number ? `/track/again?case=${number}` : '/track/again'}>
          {text.revokedAction}
        </a>
      </p>
    </SitePage>,
    410,
  );
}
