import type { Kind } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { textOf } from '../../shared/i18n/lookup.ts';
import { CONSENT } from '../../shared/kinds/draft.ts';
import { choicesOf, Select } from '../web/choices.tsx';
import type { FormView } from '../web/form-view.ts';
import { TextInput } from '../web/inputs.tsx';
import type { SummaryRow } from '../web/summary-list.tsx';
import type { Answers } from './answers.ts';
import type { Step } from './application.ts';
import { consentBody, PersonalUse } from './consent.tsx';
import { provinces } from './provinces.ts';
import { formText } from './texts/forms.ts';

/** The fields that tell who asks; the same in each form. */
export const whoFields = [
  'organization',
  'organizationType',
  'place.province',
  'place.city',
  'place.district',
  'contact.name',
  'contact.phone',
  'contact.email',
  CONSENT,
] as const;

export const contactFields = ['contact.name', 'contact.phone', 'contact.email'] as const;

const placeFields = ['place.province', 'place.city', 'place.district'] as const;

/** Suggestions for the province, so that it is written alike; any other name can be typed. */
function Provinces({ language }: { readonly language: Language }) {
  return (
    <datalist id="provinces">
      {Object.entries(provinces).map(([name, english]) => (
        <option value={name}>{language === 'en' ? english : undefined}</option>
      ))}
    </datalist>
  );
}

/** Who can be asked: name, telephone, mail. */
export function ContactFields({ form, kind }: { readonly form: FormView; readonly kind: Kind }) {
  const text = formText[form.language];
  return (
    <fieldset class="group">
      <legend>{text.contactGroup}</legend>
      <PersonalUse language={form.language} kind={kind} group="contact" />
      <div class="columns two">
        <TextInput form={form} name="contact.name" autocomplete="name" />
        <TextInput form={form} name="contact.phone" type="tel" inputmode="tel" autocomplete="tel" />
      </div>
      <TextInput
        form={form}
        name="contact.email"
        type="email"
        inputmode="email"
        autocomplete="email"
        optional
        hint={text.emailHint}
      />
    </fieldset>
  );
}

function WhoFields({ form, kind }: { readonly form: FormView; readonly kind: Kind }) {
  const text = formText[form.language];
  return (
    <>
      <fieldset class="group">
        <legend>{text.organizationGroup}</legend>
        <TextInput form={form} name="organization" autocomplete="organization" hint={text.organizationHint} />
        <Select form={form} name="organizationType" choices={choicesOf(domainText[form.language].organizationTypes)} />
        <div class="columns three">
          <TextInput form={form} name="place.province" autocomplete="address-level1" list="provinces" />
          <TextInput form={form} name="place.city" autocomplete="address-level2" />
          <TextInput form={form} name="place.district" autocomplete="address-level3" />
        </div>
        <Provinces language={form.language} />
      </fieldset>
      <ContactFields form={form} kind={kind} />
    </>
  );
}

/** Contact as the schemas take it. */
export function contactBody(answers: Answers) {
  const answer = (name: string) => answers.get(name) ?? '';
  return { name: answer('contact.name'), phone: answer('contact.phone'), email: answer('contact.email') };
}

/** Organization, place and contact as the schemas take them. */
export function whoBody(answers: Answers, language: Language) {
  const answer = (name: string) => answers.get(name) ?? '';
  return {
    organization: answer('organization'),
    organizationType: answer('organizationType'),
    language,
    place: { province: answer('place.province'), city: answer('place.city'), district: answer('place.district') },
    contact: contactBody(answers),
    ...consentBody(answers),
  };
}

/** Rows of single answers, labelled as in the form. */
export function plainRows(
  form: FormView,
  names: readonly string[],
  show: (name: string) => string | undefined = () => undefined,
): SummaryRow[] {
  return names.map((name) => ({ label: form.label(name), value: show(name) ?? form.value(name) }));
}

/** The first page of each form. */
export function whoStep(language: Language, kind: Kind): Step {
  return {
    id: 'who',
    title: formText[language].steps.who,
    asks: ['organization', 'organizationType', 'place', 'contact'],
    view: ({ form }) => <WhoFields form={form} kind={kind} />,
    summary: ({ form }) => [
      { label: form.label('organization'), value: form.value('organization') },
      {
        label: form.label('organizationType'),
        value: textOf(domainText[language].organizationTypes, form.value('organizationType')),
      },
      {
        label: formText[language].placeGroup,
        value: placeFields.map((name) => form.value(name)).join(' '),
      },
      ...plainRows(form, contactFields),
    ],
  };
}
