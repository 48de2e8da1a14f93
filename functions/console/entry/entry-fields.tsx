import type * as z from 'zod';
import { domainText } from '../../../shared/i18n/domain.ts';
import type { Question } from '../../../shared/kinds/grant/programme.ts';
import { questionText } from '../../kinds/grant/form.tsx';
import { choicesOf, Select } from '../../web/choices.tsx';
import { type FormView, fieldId } from '../../web/form-view.ts';
import { DateInput, TextArea, TextInput } from '../../web/inputs.tsx';
import { entryText } from '../texts/entry.ts';

interface EntryProps {
  readonly form: FormView;
  /** what the names of the fields begin with */
  readonly scope?: string;
}
type RowsProps = EntryProps & { readonly rows: number };

/** Whom to ask: as far as it is known. */
export function ContactFields({ form, scope = '' }: EntryProps) {
  return (
    <div class="columns three">
      <TextInput form={form} name={`${scope}contact.name`} optional />
      <TextInput form={form} name={`${scope}contact.phone`} type="tel" optional />
      <TextInput form={form} name={`${scope}contact.email`} type="email" optional />
    </div>
  );
}

export function DeliveryFields({ form, scope = '' }: EntryProps) {
  return (
    <>
      <TextInput form={form} name={`${scope}delivery.address`} optional />
      <div class="columns two">
        <TextInput form={form} name={`${scope}delivery.recipient`} optional />
        <TextInput form={form} name={`${scope}delivery.phone`} type="tel" optional />
      </div>
    </>
  );
}

export function UrgencyFields({ form, scope = '' }: EntryProps) {
  const names = domainText[form.language];
  return (
    <div class="columns two">
      <Select form={form} name={`${scope}urgency`} width="full" choices={choicesOf(names.urgencies)} />
      <Select form={form} name={`${scope}careTier`} width="full" choices={choicesOf(names.careTiers)} />
    </div>
  );
}

/** A table of typed rows: a column of the table says what a cell is, its label says it to those who hear the page. */
function RowTable({
  form,
  scope = '',
  rows,
  list,
  columns,
}: RowsProps & { readonly list: string; readonly columns: readonly string[] }) {
  const heads: Readonly<Record<string, string>> = entryText[form.language].columns;
  return (
    <table class="entry-rows stacked" id={fieldId(`${scope}${list}`)}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={`cell-${column}`}>
              {heads[column]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr>
            {columns.map((column) => (
              <td data-label={heads[column]}>
                <TextInput
                  form={form}
                  name={`${scope}${list}.${row}.${column}`}
                  quiet
                  inputmode={column === 'quantity' ? 'numeric' : column === 'amount' ? 'decimal' : undefined}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function LineRows(props: RowsProps) {
  return <RowTable {...props} list="lines" columns={['item', 'specification', 'quantity', 'unit']} />;
}

export function BudgetRows(props: RowsProps) {
  return <RowTable {...props} list="budget" columns={['description', 'amount']} />;
}

/** Draws more rows and keeps what was typed; nothing is checked or stored. */
export function MoreRows({ form }: Pick<EntryProps, 'form'>) {
  return (
    <button type="submit" class="link-button" name="more" value="yes" formnovalidate>
      {entryText[form.language].more}
    </button>
  );
}

export function AnswerFields({
  form,
  scope = '',
  questions,
}: EntryProps & { readonly questions: readonly z.infer<typeof Question>[] }) {
  return (
    <>
      {questions.map((question) => (
        <TextArea
          form={form}
          name={`${scope}answers.${question.id}`}
          label={questionText(form.language, question)}
          rows={3}
          optional={!question.required}
        />
      ))}
    </>
  );
}

export function CoverFields({ form, scope = '' }: EntryProps) {
  return (
    <>
      <TextInput form={form} name={`${scope}activity`} maxlength={200} />
      <div class="columns two">
        <DateInput form={form} name={`${scope}coverFrom`} />
        <DateInput form={form} name={`${scope}coverTo`} />
      </div>
    </>
  );
}

/** How many rows to draw: those with something in them, and a few to go on with. */
export function rowsToDraw(
  form: FormView,
  scope: string,
  list: string,
  field: string,
  more: boolean,
  most: number,
): number {
  let used = 0;
  for (let row = 0; row < most; row++) if (form.value(`${scope}${list}.${row}.${field}`) !== '') used = row + 1;
  return Math.min(most, Math.max(4, used + (more ? 8 : 2)));
}
