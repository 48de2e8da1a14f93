import { presentConsent } from '../../shared/domain/consent.ts';
import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { type ConsentGroup, consentText } from '../../shared/i18n/consent.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { CONSENT } from '../../shared/kinds/draft.ts';
import { fieldsOf } from '../../shared/kinds/fields.ts';
import { keptDays } from '../env/kept-days.ts';
import { describedBy, FieldErrorText } from '../web/field.tsx';
import { type FormView, fieldId } from '../web/form-view.ts';
import type { Answers } from './answers.ts';

/** What a form asks that is personal, in the order in which it asks. */
function groupsOf(kind: Kind): readonly ConsentGroup[] {
  return [...new Set(Object.values(fieldsOf[kind]).flatMap(({ use }) => use ?? []))];
}

interface UseProps {
  readonly language: Language;
  readonly kind: Kind;
}

function Use({ language, kind, group }: UseProps & { readonly group: ConsentGroup }) {
  const text = consentText[language];
  const { why, who } = text.uses[group];
  return (
    <dl class="uses">
      <dt>{text.why}</dt>
      <dd>{why}</dd>
      <dt>{text.who}</dt>
      <dd>{who}</dd>
      <dt>{text.keep}</dt>
      <dd>{fill(text.keepText, { days: keptDays[kind] })}</dd>
    </dl>
  );
}

/** Beside the fields of a group: what they are for, who sees them, how long they are kept. */
export function PersonalUse(props: UseProps & { readonly group: ConsentGroup }) {
  return (
    <details class="quiet">
      <summary>{consentText[props.language].ask}</summary>
      <Use {...props} />
    </details>
  );
}

/** Before a form is sent: everything personal that is in it, and the box of whoever agrees. */
export function ConsentField({ form, kind }: { readonly form: FormView; readonly kind: Kind }) {
  const { language } = form;
  const text = consentText[language];
  const id = fieldId(CONSENT);
  return (
    <section class={form.error(CONSENT) ? 'consent field wrong' : 'consent field'}>
      <h2>{text.title}</h2>
      {groupsOf(kind).map((group) => (
        <details>
          <summary>{text.uses[group].what}</summary>
          <Use language={language} kind={kind} group={group} />
        </details>
      ))}
      <p class="small">
        {text.rights} <a href="/privacy">{text.more}</a>
      </p>
      <FieldErrorText form={form} name={CONSENT} />
      <div class="choice">
        <input
          id={id}
          type="checkbox"
          name={CONSENT}
          value={presentConsent}
          checked={form.value(CONSENT) === presentConsent}
          {...describedBy({ form, name: CONSENT })}
        />
        <label for={id}>{text.agree}</label>
      </div>
    </section>
  );
}

/** Consent as the schemas take it: who agreed to an earlier text has to see the present one first. */
export function consentBody(answers: Answers) {
  return answers.get(CONSENT) === presentConsent ? { consent: presentConsent } : {};
}

/** Whether a problem is about the consent, which is asked last: no page before that is held up by it. */
export function isAboutConsent({ pointer }: FieldProblem): boolean {
  return pointer === `/${CONSENT}`;
}
