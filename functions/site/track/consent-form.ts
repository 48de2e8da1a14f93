import { giveConsent } from '../../../shared/case/give-consent.ts';
import { assertCaseMay } from '../../../shared/case/limits.ts';
import { consentText } from '../../../shared/i18n/consent.ts';
import { CONSENT } from '../../../shared/kinds/draft.ts';
import { readForm } from '../../web/read-form.ts';
import { applicantOf } from './acting.ts';
import { casePage } from './case-page.tsx';
import type { Opened } from './opened.ts';

/** The applicant agrees, on their own page, to a case that came without consent. */
export async function takeConsent(opened: Opened) {
  const { c, hub, file, secret, language } = opened;
  const version = (await readForm(c)).get(CONSENT);
  if (version === '') return casePage(opened, { message: consentText[language].missing, status: 422 });
  await assertCaseMay(hub, 'act/case', file.subject.id);
  await giveConsent(hub, file.subject.id, { version }, applicantOf(file.subject));
  return c.redirect(`/track/${secret}?done=consented`, 303);
}
