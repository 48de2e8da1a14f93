import type { Language } from '../../../shared/domain/language.ts';
import { maskName } from '../../../shared/domain/mask.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { writeWorkbook } from '../../../shared/spreadsheet/write-workbook.ts';
import { sheetTypes } from '../../web/given-file.ts';
import { rosterText } from './texts.ts';

interface LeftOutProps {
  readonly language: Language;
  readonly rows: readonly { readonly row: string; readonly name?: string | undefined; readonly reason: string }[];
}

/** Rows of a sheet that are not in the roster, with the reasons, and the same as a file that the page carries itself. */
export function LeftOutRows({ language, rows }: LeftOutProps) {
  const text = rosterText[language];
  const { parts } = kindWords[language].insurance.fields.leftOut;
  const head = [parts.row.label, parts.name.label, parts.reason.label];
  // whoever has the sheet finds the row: the name need not stand here in full
  const cells = rows.map(({ row, name = '', reason }) => [row, maskName(name), reason]);
  const file = Buffer.from(writeWorkbook({ name: 'rows', rows: [head, ...cells] })).toString('base64');
  return (
    <details open>
      <summary>{fill(text.leftOut, { count: rows.length })}</summary>
      <ul>
        {rows.map(({ row, name = '', reason }) => (
          <li>
            {row} · {maskName(name)} · {reason}
          </li>
        ))}
      </ul>
      <a href={`data:${sheetTypes.xlsx};base64,${file}`} download="left-out.xlsx">
        {text.leftOutFile}
      </a>
    </details>
  );
}
