import type { Child } from 'hono/jsx';
import { type FormView, fieldId } from './form-view.ts';
import { webText } from './text.ts';

/** What every field has. The label comes from the form unless one is given. */
export interface FieldProps {
  readonly form: FormView;
  readonly name: string;
  readonly label?: string | undefined;
  readonly hint?: string | undefined;
  readonly optional?: boolean | undefined;
  /** the label is heard, not seen: for cells of a table whose column says it */
  readonly quiet?: boolean | undefined;
}

/** Attributes that tie a control to its hint and its error, for those who hear the page. */
export function describedBy({ form, name, hint }: FieldProps) {
  const id = fieldId(name);
  const error = form.error(name);
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return { ...(ids && { 'aria-describedby': ids }), ...(error && { 'aria-invalid': 'true' as const }) };
}

/** What is wrong with a field, above its control. */
export function FieldErrorText({ form, name }: Pick<FieldProps, 'form' | 'name'>) {
  const error = form.error(name);
  if (!error) return null;
  return (
    <p class="field-error" id={`${fieldId(name)}-error`}>
      <span class="unseen">{webText[form.language].error}</span>
      {error}
    </p>
  );
}

/** A label, its hint and its error around a control. */
export function Field(props: FieldProps & { children?: Child }) {
  const { form, name, hint, optional, quiet, children } = props;
  const id = fieldId(name);
  return (
    <div class={form.error(name) ? 'field wrong' : 'field'}>
      <label class={quiet ? 'unseen' : 'label'} for={id}>
        {props.label ?? form.label(name)}
        {optional && <span class="optional"> {webText[form.language].optional}</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldErrorText form={form} name={name} />
      {children}
    </div>
  );
}
