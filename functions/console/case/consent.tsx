import { isOwn } from '../../../shared/answering/acting.ts';
import { presentConsent } from '../../../shared/domain/consent.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { consentText } from '../../../shared/i18n/consent.ts';
import { CONSENT } from '../../../shared/kinds/draft.ts';
import { ConsentField } from '../../forms/consent.tsx';
import { choicesOf, Radios } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { type FormView, formView } from '../../web/form-view.ts';
import { DateInput, Hidden } from '../../web/inputs.tsx';
import { Submit } from '../../web/submit.tsx';
import type { Tried } from '../decide/answer.ts';
import type { Visit } from '../door.ts';
import { caseText } from '../texts/case.ts';
import type { Dossier } from './dossier.ts';

interface ConsentProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
  readonly tried: Tried | undefined;
}

/** What a coordinator was told: how the applicant agreed, and on which day. */
function Told({ form, visit, dossier }: Omit<ConsentProps, 'tried'> & { readonly form: FormView }) {
  const text = caseText[visit.language];
  const { spoken, written } = text.consentHow;
  return (
    <>
      <Hidden name="version" value={presentConsent} />
      <p class="hint">{text.consentHint}</p>
      <blockquote class="history-reason">{consentText[dossier.subject.language].agree}</blockquote>
      <p class="small">
        <a href="/privacy">{consentText[visit.language].more}</a>
      </p>
      <Radios form={form} name="how" choices={choicesOf({ spoken, written })} />
      <DateInput form={form} name="on" />
    </>
  );
}

/**
 * For a case that came without consent, as an import does: a coordinator enters that it was obtained since, and a member of
 * the organization agrees to the text that they see.
 */
export function ObtainedConsent({ visit, dossier, tried }: ConsentProps) {
  const { language, csrf, acting } = visit;
  const { subject, mayConsent } = dossier;
  const text = caseText[language];
  if (subject.consent || subject.erasedAt || !mayConsent) return null;
  const own = isOwn(acting, subject);
  const mine = tried?.outcome === CONSENT ? tried : undefined;
  const form = formView({
    language,
    labels: { how: text.consentHowAsked, on: text.consentOn, [CONSENT]: consentText[language].agree },
    value: mine ? mine.values : (name) => (name === 'on' ? localDate(Date.now()) : ''),
    problems: mine?.problems ?? [],
  });
  return (
    <details open={mine !== undefined}>
      <summary>{own ? text.consentOwn : text.consentEnter}</summary>
      <form method="post" action={`/console/cases/${subject.id}/consent`}>
        <Hidden name="csrf" value={csrf} />
        {mine && <ErrorSummary form={form} message={mine.message} />}
        {own ? <ConsentField form={form} kind={subject.kind} /> : <Told form={form} visit={visit} dossier={dossier} />}
        <Submit text={own ? text.consentGive : text.consentSave} look="second" />
      </form>
    </details>
  );
}
