import { addDays, localDate } from '../../shared/domain/time.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { unreadableFileText } from '../../shared/i18n/spreadsheet.ts';
import { sheetLimits } from '../../shared/spreadsheet/limits.ts';
import { UnreadableFile } from '../../shared/spreadsheet/unreadable-file.ts';
import { assetPath } from './assets.ts';
import { describedBy, Field, type FieldProps } from './field.tsx';
import { fieldId } from './form-view.ts';
import { webText } from './text.ts';

type TextInputProps = FieldProps & {
  readonly type?: 'text' | 'email' | 'tel' | 'url' | undefined;
  readonly inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | undefined;
  readonly autocomplete?: string | undefined;
  readonly maxlength?: number | undefined;
  /** how wide the answer is expected to be */
  readonly width?: 'short' | 'medium' | 'full' | undefined;
  /** shown after the control: a currency, a unit */
  readonly suffix?: string | undefined;
  /** id of a datalist with suggestions */
  readonly list?: string | undefined;
};

/** One line of text. Nothing is refused by the browser: the server says what is wrong, in the page's language. */
export function TextInput(props: TextInputProps) {
  const { form, name, type = 'text', width = 'full', suffix, inputmode, autocomplete, maxlength, list } = props;
  const control = (
    <input
      id={fieldId(name)}
      class={`control ${width}`}
      type={type}
      name={name}
      value={form.value(name)}
      inputmode={inputmode}
      autocomplete={autocomplete}
      maxlength={maxlength}
      list={list}
      {...describedBy(props)}
    />
  );
  return (
    <Field {...props}>
      {suffix ? (
        <span class="with-suffix">
          {control}
          <span class="suffix">{suffix}</span>
        </span>
      ) : (
        control
      )}
    </Field>
  );
}

/** Text of several lines. */
export function TextArea(props: FieldProps & { readonly rows?: number; readonly maxlength?: number | undefined }) {
  const { form, name, rows = 5, maxlength } = props;
  // a browser swallows one line break after the tag
  return (
    <Field {...props}>
      <textarea
        id={fieldId(name)}
        class="control full"
        name={name}
        rows={rows}
        maxlength={maxlength}
        {...describedBy(props)}
      >
        {`\n${form.value(name)}`}
      </textarea>
    </Field>
  );
}

/** Days from today to the one that is shown as an example. */
const EXAMPLE_AHEAD = 7;

/** A day. Browsers with a calendar show it; in others it is typed as text. */
export function DateInput(
  props: FieldProps & { readonly min?: string | undefined; readonly max?: string | undefined },
) {
  const { form, name, min, max } = props;
  const day = addDays(localDate(Date.now()), EXAMPLE_AHEAD);
  return (
    <Field {...props} hint={props.hint ?? fill(webText[form.language].dateHint, { day })}>
      <input
        id={fieldId(name)}
        class="control medium"
        type="date"
        name={name}
        value={form.value(name)}
        min={min}
        max={max}
        placeholder={day}
        {...describedBy({ ...props, hint: props.hint ?? 'hint' })}
      />
    </Field>
  );
}

/**
 * A file with a table. What was chosen cannot be kept when the page comes again: browsers do not allow it. One that is too
 * large for a request is refused where it is chosen, see `upload-script.ts`.
 */
export function FileInput(props: FieldProps & { readonly accept?: string | undefined }) {
  const { form, name, accept } = props;
  return (
    <Field {...props}>
      <input
        id={fieldId(name)}
        class="control file"
        type="file"
        name={name}
        accept={accept}
        data-most={sheetLimits.bytes}
        data-too-large={unreadableFileText(form.language, new UnreadableFile('too-large'))}
        {...describedBy(props)}
      />
      <script src={assetPath('upload.js')} defer />
    </Field>
  );
}

/** A value that travels with the form unseen. */
export function Hidden({ name, value }: { readonly name: string; readonly value: string }) {
  return <input type="hidden" name={name} value={value} />;
}
