import type { Child } from 'hono/jsx';

/** A column of a table: its headline, and what a row says there. */
export interface ListColumn<Row> {
  readonly head: string;
  readonly cell: (row: Row, index: number) => Child;
  /** on a phone no headline stands beside it: it says itself what it is */
  readonly bare?: boolean;
  readonly class?: 'numeric' | 'gist';
  /** what stands below are buttons: only who hears the page is told the headline */
  readonly buttons?: boolean;
}

interface ListTableProps<Row> {
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: readonly Row[];
}

/** Rows below headlines; on a phone each row is a card. */
export function ListTable<Row>({ columns, rows }: ListTableProps<Row>) {
  return (
    <table class="list stacked">
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col" class={column.class === 'numeric' ? column.class : undefined}>
              {column.buttons ? <span class="unseen">{column.head}</span> : column.head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr>
            {columns.map((column) => (
              <td class={column.class} data-label={column.bare || column.buttons ? undefined : column.head}>
                {column.cell(row, index)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
