import type { Language } from '../../../shared/domain/language.ts';
import type { Choice } from '../../web/choices.tsx';
import { Field } from '../../web/field.tsx';
import { type FormView, fieldId } from '../../web/form-view.ts';
import { listText } from '../texts/lists.ts';

interface FilterSelectProps {
  readonly form: FormView;
  readonly language: Language;
  readonly name: string;
  readonly choices: readonly Choice[];
}

/** What a list is narrowed to; nothing chosen shows all. */
export function FilterSelect({ form, language, name, choices }: FilterSelectProps) {
  const chosen = form.value(name);
  return (
    <Field form={form} name={name}>
      <select id={fieldId(name)} class="control full" name={name}>
        <option value="">{listText[language].all}</option>
        {choices.map(({ value, text }) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}
