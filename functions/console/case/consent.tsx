import { may } from '../../../shared/cases/acting.ts';
import { giveConsent } from '../../../shared/cases/give-consent.ts';
import type { Case } from '../../../shared/domain/case.ts';
import { presentConsent } from '../../../shared/domain/consent.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { consentText } from '../../../shared/i18n/consent.ts';
import { choicesOf, Radios } from '../../web/choices.tsx';
import { formView } from '../../web/form-view.ts';
import { DateInput, Hidden } from '../../web/inputs.tsx';
import { caseNumber } from '../case-number.ts';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { caseText } from '../texts/case.ts';

/** For a case that came without consent, as an import does: that it was obtained since, how and on which day. */
export function ObtainedConsent({ visit, subject }: { readonly visit: Visit; readonly subject: Case }) {
  const { language, csrf, acting } = visit;
  const text = caseText[language];
  if (subject.consent || subject.erasedAt || !may(acting, 'give-consent', subject)) return null;
  const { spoken, written } = text.consentHow;
  const form = formView({
    language,
    labels: { how: text.consentHowAsked, on: text.consentOn },
    value: (name) => (name === 'on' ? localDate(Date.now()) : ''),
    problems: [],
  });
  return (
    <details>
      <summary>{text.consentEnter}</summary>
      <form method="post" action={`/console/cases/${subject.id}/consent`}>
        <Hidden name="csrf" value={csrf} />
        <Hidden name="version" value={presentConsent} />
        <p class="hint">{text.consentHint}</p>
        <blockquote class="history-reason">{consentText[subject.language].agree}</blockquote>
        <p class="small">
          <a href="/privacy">{consentText[language].more}</a>
        </p>
        <Radios form={form} name="how" choices={choicesOf({ spoken, written })} />
        <DateInput form={form} name="on" />
        <button type="submit" class="button second">
          {text.consentSave}
        </button>
      </form>
    </details>
  );
}

export async function consentForm(c: ConsoleContext, door: Door) {
  const id = caseNumber(c.req.param('id') ?? '');
  if (!id) throw new Rejected('not-found');
  const form = c.get('form');
  const [version, how, on] = ['version', 'how', 'on'].map((name) => form.get(name));
  await giveConsent(door.hub, id, { version, how, on }, c.get('visit').acting);
  return c.redirect(`/console/cases/${id}`, 303);
}
