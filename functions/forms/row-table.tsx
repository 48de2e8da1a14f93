import type { AnyPart, AnyTexts } from '../../shared/kinds/define.ts';
import { fieldId } from '../web/form-view.ts';
import { TextInput } from '../web/inputs.tsx';
import type { PageView } from './application.ts';
import { partsOf } from './description.ts';

interface RowTableProps {
  readonly page: PageView;
  readonly name: string;
  readonly part: AnyPart;
  readonly texts: AnyTexts;
}

/** Rows as a table: a column says what a cell is, its label says it to those who hear the page. */
export function RowTable({ page, name, part, texts }: RowTableProps) {
  const { form, rows, scope = '' } = page;
  const columns = partsOf(part);
  return (
    <table class="entry-rows stacked" id={fieldId(`${scope}${name}`)}>
      <thead>
        <tr>
          {columns.map(([column]) => (
            <th scope="col" class={`cell-${column}`}>
              {texts[column]?.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr>
            {columns.map(([column, { widget }]) => (
              <td data-label={texts[column]?.label}>
                <TextInput
                  form={form}
                  name={`${scope}${name}.${row}.${column}`}
                  quiet
                  inputmode={widget === 'quantity' ? 'numeric' : widget === 'yuan' ? 'decimal' : undefined}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
