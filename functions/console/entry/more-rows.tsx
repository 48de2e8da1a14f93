import type { FormView } from '../../web/form-view.ts';
import { entryText } from '../texts/entry.ts';

/** Draws more rows and keeps what was typed; nothing is checked or stored. */
export function MoreRows({ form }: { readonly form: FormView }) {
  return (
    <button type="submit" class="link-button" name="more" value="yes" formnovalidate>
      {entryText[form.language].more}
    </button>
  );
}
