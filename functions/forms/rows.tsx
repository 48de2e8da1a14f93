import type { Child } from 'hono/jsx';
import { fill } from '../../shared/i18n/lookup.ts';
import { FieldErrorText } from '../web/field.tsx';
import { type FormView, fieldId } from '../web/form-view.ts';
import { Submit } from '../web/submit.tsx';
import { formText } from './texts/forms.ts';

interface RowsProps {
  readonly form: FormView;
  /** the list's name */
  readonly name: string;
  readonly count: number;
  readonly title: string;
  readonly add: string;
  /** the fields of one row */
  readonly row: (index: number) => Child;
}

/** Rows that can be added and removed without a script: each button sends the form, and the page comes back with it. */
export function Rows({ form, name, count, title, add, row }: RowsProps) {
  const text = formText[form.language];
  return (
    <div id={fieldId(name)}>
      <FieldErrorText form={form} name={name} />
      <ol class="rows">
        {Array.from({ length: count }, (_, index) => (
          <li class="row-card" id={`${name}-${index}`}>
            <div class="row-head">
              <span>{fill(title, { row: index + 1 })}</span>
              {count > 1 && (
                <button
                  class="link-button"
                  type="submit"
                  name="action"
                  value={`remove:${index}`}
                  formaction={`#${name}-${Math.max(0, index - 1)}`}
                  aria-label={fill(text.removeRowOf, { row: index + 1 })}
                >
                  {text.removeRow}
                </button>
              )}
            </div>
            {row(index)}
          </li>
        ))}
      </ol>
      <Submit text={add} look="second" name="action" value="add" formaction={`#${name}-${count}`} />
    </div>
  );
}
