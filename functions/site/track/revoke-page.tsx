import type { Context } from 'hono';
import { assertCaseMay } from '../../../shared/case/limits.ts';
import { revokeLink } from '../../../shared/case/revoke-link.ts';
import { secretOf } from '../../../shared/case/track.ts';
import { maskEmail } from '../../../shared/domain/mask.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { Hidden } from '../../web/inputs.tsx';
import { languageOf } from '../../web/language.ts';
import { respond } from '../../web/page.tsx';
import { readForm } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import { SitePage } from '../layout.tsx';
import { againText } from '../texts/again.ts';
import { applicantOf, onceOf } from './acting.ts';
import type { Opened } from './opened.ts';

/** Asks once more before the link is made void. */
export function revokePage({ c, language, file, secret }: Opened) {
  const text = againText[language];
  const email = file.subject.contact?.email;
  return respond(
    c,
    <SitePage c={c} language={language} title={text.revokeTitle}>
      <p class="steps">{file.subject.id}</p>
      <h1>{text.revokeTitle}</h1>
      <p class="lead">{text.revokeText}</p>
      <p>{email ? fill(text.revokeMailed, { address: maskEmail(email) }) : <strong>{text.revokeShown}</strong>}</p>
      <form method="post" action={`/track/${secret}/revocation`}>
        <Hidden name="once" value={crypto.randomUUID()} />
        <div class="actions">
          <Submit text={text.revokeAction} look="danger" />
          <a href={`/track/${secret}`}>{text.revokeBack}</a>
        </div>
      </form>
    </SitePage>,
  );
}

/**
 * Makes the link void. The new one is mailed, and shown only where there is no address: whoever holds a link that is not
 * theirs must not get the next one.
 */
export async function takeRevocation({ c, hub, file }: Opened) {
  const form = await readForm(c);
  const { subject } = file;
  await assertCaseMay(hub, 'act/case', subject.id);
  const after = await revokeLink(hub, subject.id, applicantOf(subject), onceOf(subject, form, 'revocation'));
  if (after.contact?.email) return c.redirect('/track/replaced', 303);
  return c.redirect(`/track/${await secretOf(hub, after)}/sent`, 303);
}

export function replacedPage(c: Context) {
  const language = languageOf(c);
  const text = againText[language];
  return respond(
    c,
    <SitePage c={c} language={language} title={text.doneTitle}>
      <h1>{text.doneTitle}</h1>
      <p class="lead">{text.doneMailed}</p>
      <p>
        <a href="/track/again">{text.revokedAction}</a>
      </p>
    </SitePage>,
  );
}
