import type { Context } from 'hono';
import { knock, refusal } from '../../../shared/case/limits.ts';
import { CASE_NUMBER } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { caseOfSecret } from '../../../shared/secrets/private-link.ts';
import { kindForms } from '../../kinds/index.ts';
import { formView } from '../../web/form-view.ts';
import { TextInput } from '../../web/inputs.tsx';
import { languageOf } from '../../web/language.ts';
import { respond } from '../../web/page.tsx';
import { readForm } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { Site } from '../app.tsx';
import { SitePage } from '../layout.tsx';
import { homeText } from '../texts/home.ts';
import { ProgrammeCard } from './programme-card.tsx';
import { openProgrammes } from './programmes.tsx';

/** So many programmes are shown on the home page. */
const TEASER = 3;

function Kinds({ language }: { readonly language: Language }) {
  const doors = Object.values(kindForms).map(({ path, texts }) => ({ href: path, ...texts[language].card }));
  return (
    <ul class="cards three doors">
      {doors.map((door) => (
        <li class="card">
          <h2>{door.title}</h2>
          <p>{door.text}</p>
          <a class="button" href={door.href}>
            {door.action}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Find({
  language,
  link,
  error,
}: {
  readonly language: Language;
  readonly link: string;
  readonly error?: string | undefined;
}) {
  const text = homeText[language];
  const form = formView({
    language,
    labels: { link: text.findLabel },
    value: () => link,
    said: error ? [{ name: 'link', text: error }] : [],
  });
  return (
    <section class="card find" id="find">
      <h2>{text.findTitle}</h2>
      <form method="post" action="/track" novalidate>
        <TextInput form={form} name="link" label={text.findLabel} hint={text.findText} autocomplete="off" />
        <Submit text={text.findAction} look="second" />
      </form>
      <p>
        <a href="/track/again">{text.findAgain}</a>
      </p>
    </section>
  );
}

/** What can be asked for, what happens then, how to find a case again, and the programmes that are open. */
export async function homePage(c: Context, { hub }: Site, found: { link?: string; error?: string; status?: 429 } = {}) {
  const language = languageOf(c);
  const text = homeText[language];
  const programmes = await openProgrammes(hub);
  return respond(
    c,
    <SitePage c={c} language={language} title={text.title} wide>
      <div class="home">
        <div class="hero">
          <h1>{text.headline}</h1>
          <p class="lead">{text.lead}</p>
          <p class="small">{text.free}</p>
        </div>
        <Kinds language={language} />
        <Find language={language} link={found.link ?? ''} error={found.error} />
        <section class="legs-then">
          <h2>{text.thenTitle}</h2>
          <ol class="relay">
            {text.legs.map((leg) => (
              <li>
                <strong>{leg.title}</strong>
                <span>{leg.text}</span>
              </li>
            ))}
          </ol>
        </section>
        <section class="open-programmes">
          <h2>{text.programmesTitle}</h2>
          {programmes.length === 0 && <p>{text.noProgrammes}</p>}
          <ul class="cards three">
            {programmes.slice(0, TEASER).map((programme) => (
              <ProgrammeCard
                language={language}
                programme={programme}
                href={`/programmes/${programme.id}`}
                heading="h3"
              />
            ))}
          </ul>
          <p>
            <a href="/programmes">{text.allProgrammes}</a>
          </p>
        </section>
      </div>
    </SitePage>,
    found.status ?? (found.error ? 422 : 200),
  );
}

/** Leads from a pasted private link to its case. */
export async function findCase(c: Context, site: Site) {
  const typed = (await readForm(c)).get('link').trim().slice(0, 500);
  const language = languageOf(c);
  const counted = await knock(site.hub, 'find/address', c.get('address'));
  if (!counted.ok) {
    const { code, params } = refusal(counted.seconds);
    c.header('retry-after', String(counted.seconds));
    return homePage(c, site, { link: typed, error: refusalText(language, code, params), status: 429 });
  }
  const secret = typed.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1) ?? '';
  if (caseOfSecret(secret)) return c.redirect(`/track/${secret}`, 303);
  const text = homeText[language];
  const isNumber = new RegExp(`^${CASE_NUMBER}$`, 'i').test(typed);
  const example = `${new URL(c.req.url).origin}/track/N…`;
  return homePage(c, site, { link: typed, error: isNumber ? text.findNumber : fill(text.findWrong, { example }) });
}
