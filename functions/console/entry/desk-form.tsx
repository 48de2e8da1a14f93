import { presentConsent } from '../../../shared/domain/consent.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import type { FormName } from '../../../shared/kinds/define.ts';
import { describe, labelsOf } from '../../forms/description.ts';
import type { DeskForm } from '../../forms/desk-form.ts';
import type { OwnField } from '../../forms/own.ts';
import { deskForms } from '../../kinds/index.ts';
import type { DeskBasis, DeskOwn } from '../../kinds/pages.ts';
import { choicesOf, Select } from '../../web/choices.tsx';
import { entryText } from '../texts/entry.ts';

/** How somebody agreed for whom a coordinator types. */
const reportedConsent: OwnField = {
  view({ form, language, scope = '' }) {
    const text = entryText[language];
    return (
      <Select
        form={form}
        name={`${scope}consent.how`}
        width="full"
        optional
        hint={text.consentHint}
        choices={choicesOf(text.consentChoices)}
      />
    );
  },
  read(typed) {
    const how = typed.value('consent.how');
    return { value: how === '' ? undefined : { version: presentConsent, how }, problems: [] };
  },
};

function ownOf<K extends Kind>(kind: K, basis: DeskBasis, subject: CaseOf<K> | undefined): DeskOwn {
  return deskForms[kind].own(basis, subject);
}

/**
 * The form of a kind as a coordinator has it.
 * @param subject the case that is changed, where one is
 */
export function deskForm<K extends Kind>(
  language: Language,
  kind: K,
  form: FormName,
  basis: Omit<DeskBasis, 'language'> = {},
  subject?: CaseOf<K>,
): DeskForm {
  const { consent, ...labels } = labelsOf(language, kind);
  const ofKind = ownOf(kind, { ...basis, language }, subject);
  return {
    description: describe(language, kind, form, deskForms[kind].input),
    own: { consent: reportedConsent, ...ofKind.own },
    labels: { ...labels, 'consent.how': consent ?? '', ...ofKind.labels },
  };
}
