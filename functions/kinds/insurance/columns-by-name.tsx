import type { RosterReading } from '../../../shared/case/roster.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { encodings } from '../../../shared/spreadsheet/decode-text.ts';
import { Select } from '../../web/choices.tsx';
import type { FormView } from '../../web/form-view.ts';
import { TextInput } from '../../web/inputs.tsx';
import type { Form } from '../../web/read-form.ts';
import { rosterText } from './texts.ts';

/** The labels of the inputs that say how a file is to be read. */
export function columnLabels(language: Language) {
  const { columnOfName, columnOfNumber, columnOfPhone, fileEncoding, sheetsLeftOut } = rosterText[language];
  return { columnOfName, columnOfNumber, columnOfPhone, fileEncoding, sheetsLeftOut };
}

/** How the file is to be read, where whoever sends it says so. */
export function choiceIn(form: Form): RosterReading {
  return {
    name: form.get('columnOfName'),
    identityNumber: form.get('columnOfNumber'),
    phone: form.get('columnOfPhone'),
    encoding: form.get('fileEncoding'),
    leaveOut: form.get('sheetsLeftOut'),
  };
}

/** What {@link choiceIn} read, by the names of its inputs. */
export function columnsNamed(choice: RosterReading): readonly (readonly [string, string])[] {
  return [
    ['columnOfName', choice.name ?? ''],
    ['columnOfNumber', choice.identityNumber ?? ''],
    ['columnOfPhone', choice.phone ?? ''],
    ['fileEncoding', choice.encoding ?? ''],
    ['sheetsLeftOut', choice.leaveOut ?? ''],
  ];
}

/** For a file that is read wrongly. */
export function ColumnsByName({ form }: { readonly form: FormView }) {
  const text = rosterText[form.language];
  return (
    <details>
      <summary>{text.otherColumns}</summary>
      <p class="hint">{text.otherColumnsHint}</p>
      <TextInput form={form} name="columnOfName" optional />
      <TextInput form={form} name="columnOfNumber" optional />
      <TextInput form={form} name="columnOfPhone" optional />
      <TextInput form={form} name="sheetsLeftOut" optional />
      <Select
        form={form}
        name="fileEncoding"
        choices={encodings.map((name) => ({ value: name, text: name }))}
        optional
      />
    </details>
  );
}
