import type { Language } from '../../../shared/domain/language.ts';
import type { ColumnChoice } from '../../../shared/kinds/insurance/roster/read-roster-sheet.ts';
import type { FormView } from '../../web/form-view.ts';
import { TextInput } from '../../web/inputs.tsx';
import type { Form } from '../../web/read-form.ts';
import { rosterText } from './texts.ts';

/** The labels of the inputs that say which column of a file is which. */
export function columnLabels(language: Language) {
  const { columnOfName, columnOfNumber, columnOfPhone } = rosterText[language];
  return { columnOfName, columnOfNumber, columnOfPhone };
}

/** Which column is which, where whoever sends the file says so. */
export function choiceIn(form: Form): ColumnChoice {
  return {
    name: form.get('columnOfName'),
    identityNumber: form.get('columnOfNumber'),
    phone: form.get('columnOfPhone'),
  };
}

/** What {@link choiceIn} read, by the names of its inputs. */
export function columnsNamed(choice: ColumnChoice): readonly (readonly [string, string])[] {
  return [
    ['columnOfName', choice.name ?? ''],
    ['columnOfNumber', choice.identityNumber ?? ''],
    ['columnOfPhone', choice.phone ?? ''],
  ];
}

/** For a file whose columns are taken wrongly. */
export function ColumnsByName({ form }: { readonly form: FormView }) {
  const text = rosterText[form.language];
  return (
    <details>
      <summary>{text.otherColumns}</summary>
      <p class="hint">{text.otherColumnsHint}</p>
      <TextInput form={form} name="columnOfName" optional />
      <TextInput form={form} name="columnOfNumber" optional />
      <TextInput form={form} name="columnOfPhone" optional />
    </details>
  );
}
