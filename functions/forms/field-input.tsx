import type { AnyPart, AnyText } from '../../shared/kinds/define.ts';
import { choicesOf, Radios, Select } from '../web/choices.tsx';
import { DateInput, TextArea, TextInput } from '../web/inputs.tsx';
import type { PageView } from './application.ts';
import { type Description, isOptional, textAt } from './description.ts';
import { formText } from './texts/forms.ts';

/** Whether all choices are in sight; more of them are a list to open, in which something must be chosen. */
export function isInSight(text: AnyText | undefined): boolean {
  return Object.keys(text?.choices ?? {}).length <= 4;
}

interface InputProps {
  readonly description: Description;
  readonly page: PageView;
  readonly name: string;
  readonly part: AnyPart;
  /** in a row: the row says which one it is, and only the first is explained */
  readonly label?: string;
  readonly explained?: boolean;
}

/** One input, as its widget says. */
export function FieldInput({ description, page, name, part, label, explained = true }: InputProps) {
  const { form, language, scope = '', dense = false, today } = page;
  const text = textAt(description.texts, name);
  const props = {
    form,
    name: `${scope}${name}`,
    label: label ?? text?.label,
    hint: explained && !dense ? text?.hint : undefined,
    optional: isOptional(description.schema, name),
  };
  const autocomplete = dense ? undefined : part.autocomplete;
  switch (part.widget) {
    case 'prose':
      return <TextArea {...props} rows={props.optional ? 3 : 6} />;
    case 'date':
      return <DateInput {...props} min={part.future && !dense ? today : undefined} />;
    case 'choice': {
      const choices = choicesOf(text?.choices ?? {});
      return dense || !isInSight(text) ? (
        <Select {...props} choices={choices} width={dense ? 'full' : 'medium'} />
      ) : (
        <Radios {...props} choices={choices} />
      );
    }
    case 'phone':
      return <TextInput {...props} type="tel" inputmode="tel" autocomplete={autocomplete} />;
    case 'email':
      return <TextInput {...props} type="email" inputmode="email" autocomplete={autocomplete} />;
    case 'quantity':
      return <TextInput {...props} inputmode="numeric" />;
    case 'yuan':
      return <TextInput {...props} inputmode="decimal" suffix={formText[language].yuan} />;
    case 'line':
      return (
        <TextInput
          {...props}
          autocomplete={autocomplete}
          list={!dense && name === 'place.province' ? 'provinces' : undefined}
        />
      );
    case 'own':
    case 'rows':
    case 'group':
    case 'place':
      return null;
  }
}
