import { describedBy, Field, FieldErrorText, type FieldProps } from './field.tsx';
import { fieldId } from './form-view.ts';
import { webText } from './text.ts';

/** One of several answers. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string | undefined;
}

type ChoiceProps = FieldProps & { readonly choices: readonly Choice[] };

/** Choices from a table of texts: `{ hospital: 'Hospital' }`. */
export function choicesOf(texts: Readonly<Record<string, string>>): Choice[] {
  return Object.entries(texts).map(([value, text]) => ({ value, text }));
}

/** One of many. A kept value that is not among them stays, so that nothing is lost. */
export function Select(props: ChoiceProps & { readonly width?: 'short' | 'medium' | 'full' }) {
  const { form, name, choices, width = 'medium' } = props;
  const value = form.value(name);
  const known = value === '' || choices.some((choice) => choice.value === value);
  return (
    <Field {...props}>
      <select id={fieldId(name)} class={`control ${width}`} name={name} {...describedBy(props)}>
        <option value="">{webText[form.language].choose}</option>
        {!known && (
          <option value={value} selected>
            {value}
          </option>
        )}
        {choices.map((choice) => (
          <option value={choice.value} selected={choice.value === value}>
            {choice.text}
          </option>
        ))}
      </select>
    </Field>
  );
}

type GroupProps = ChoiceProps & { readonly type: 'radio' | 'checkbox'; readonly chosen: readonly string[] };

function Group(props: GroupProps) {
  const { form, name, hint, optional, choices, type, chosen } = props;
  const id = fieldId(name);
  return (
    <fieldset class={form.error(name) ? 'field choices wrong' : 'field choices'} {...describedBy(props)}>
      <legend class="label">
        {props.label ?? form.label(name)}
        {optional && <span class="optional"> {webText[form.language].optional}</span>}
      </legend>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldErrorText form={form} name={name} />
      {choices.map((choice, index) => (
        <div class="choice">
          <input
            // links from the error summary lead to the first one
            id={index === 0 ? id : `${id}-${index}`}
            type={type}
            name={name}
            value={choice.value}
            checked={chosen.includes(choice.value)}
          />
          <label for={index === 0 ? id : `${id}-${index}`}>
            {choice.text}
            {choice.hint && <span class="hint">{choice.hint}</span>}
          </label>
        </div>
      ))}
    </fieldset>
  );
}

/** One of a few, all in sight. */
export function Radios(props: ChoiceProps) {
  return <Group {...props} type="radio" chosen={[props.form.value(props.name)]} />;
}

/** Any of a few. `chosen` are the values that are ticked. */
export function Checkboxes(props: ChoiceProps & { readonly chosen: readonly string[] }) {
  return <Group {...props} type="checkbox" />;
}
