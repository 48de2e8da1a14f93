import { colon, fill } from '../../shared/i18n/lookup.ts';
import { type FormView, fieldId } from './form-view.ts';
import { webText } from './text.ts';

/** A roster can have a thousand wrong rows: the list says how it begins, the rows say the rest. */
const MOST = 20;

interface ErrorSummaryProps {
  readonly form: FormView;
  /** a sentence about the whole, above the list */
  readonly message?: string | undefined;
}

/** What is wrong, at the top of the page, each with a link to its field. Nothing when nothing is. */
export function ErrorSummary({ form, message }: ErrorSummaryProps) {
  if (form.errors.length === 0 && !message) return null;
  const text = webText[form.language];
  return (
    <section class="error-summary" role="alert" aria-labelledby="error-summary">
      <h2 id="error-summary">{form.errors.length > 0 ? text.errorSummary : text.notTaken}</h2>
      {message && <p>{message}</p>}
      {form.errors.length > 0 && (
        <ul>
          {form.errors.slice(0, MOST).map((error) => (
            <li>
              <a href={`#${fieldId(error.name)}`}>
                {error.label && `${error.label}${colon(form.language)}`}
                {error.text}
              </a>
            </li>
          ))}
          {form.errors.length > MOST && <li>{fill(text.andMore, { count: form.errors.length - MOST })}</li>}
        </ul>
      )}
    </section>
  );
}
