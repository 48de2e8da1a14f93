import { type ActingMember, isOwn } from '../../../shared/answering/acting.ts';
import { giveConsent } from '../../../shared/case/give-consent.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { consentText } from '../../../shared/i18n/consent.ts';
import { CONSENT } from '../../../shared/kinds/draft.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { formProblems, given } from '../../forms/desk-values.ts';
import type { Form } from '../../web/read-form.ts';
import type { ConsoleContext, Door } from '../door.ts';
import { caseIn } from '../path.ts';
import { messageAbove } from '../refusal-message.ts';
import { casePage } from './case-page.tsx';
import { orRefused } from './or-refused.ts';

/** What the form of `consent.tsx` says: of a coordinator what they were told, of the organization's member that they agree. */
async function bodyFrom(form: Form, { hub }: Door, id: CaseId, acting: ActingMember) {
  const named = (...names: string[]) => names.map((name) => [name, form.get(name) || undefined]);
  const subject = await readCase(hub.table, id);
  if (!subject || !isOwn(acting, subject)) return given(Object.fromEntries(named('version', 'how', 'on'))) ?? {};
  return { version: form.get(CONSENT) };
}

export async function consentForm(c: ConsoleContext, door: Door) {
  const id = caseIn(c);
  const form = c.get('form');
  const { acting, language } = c.get('visit');
  const body = await bodyFrom(form, door, id, acting);
  return orRefused(c, door, async () => {
    try {
      await giveConsent(door.hub, id, body, acting);
      return c.redirect(`/console/cases/${id}`, 303);
    } catch (error) {
      if (!(error instanceof Rejected) || error.code !== 'invalid') throw error;
      const found = formProblems({ body, problems: [], rows: new Map() }, error.fields);
      const isAgreed = !found.some(({ pointer }) => pointer === '/version');
      const problems = isAgreed ? found : [];
      const message = isAgreed ? messageAbove(language, error, problems) : consentText[language].missing;
      return casePage(c, door, { tried: { task: '', outcome: CONSENT, values: form.get, problems, message } });
    }
  });
}
