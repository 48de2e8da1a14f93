import type { ImportPreview } from '../../../shared/case/import.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { importRemarkText } from '../../../shared/i18n/spreadsheet.ts';
import { countText } from '../../web/amounts.tsx';
import { quantityText, toldOfLine } from '../../web/line-text.ts';
import { ScrollBox } from '../../web/scroll-box.tsx';
import { importText } from '../texts/import.ts';
import { columnLabel } from './column-label.ts';

interface PreviewProps {
  readonly language: Language;
  readonly preview: ImportPreview;
}

const NEEDS_SHOWN = 300;
const ROWS_SHOWN = 1000;

/** What the sheet comes to, in six figures. */
export function Figures({ language, preview }: PreviewProps) {
  const text = importText[language].figures;
  const { totals } = preview;
  return (
    <ul class="figures">
      {(['needs', 'lines', 'unknownLines', 'pieces', 'rows', 'rejected'] as const).map((name) => (
        <li>
          <strong class={name === 'rejected' && totals.rejected > 0 ? 'late' : undefined}>
            {countText(totals[name])}
          </strong>
          {text[name]}
        </li>
      ))}
    </ul>
  );
}

/** Where a row stands: its number, and its sheet where there are several. */
function placeText({ sheet, line }: { readonly sheet?: string | undefined; readonly line: number }): string {
  return sheet === undefined ? String(line) : `${sheet} ${line}`;
}

/** Every row that something is wrong with: its line in the file, and why. */
export function Remarks({
  language,
  title,
  remarks,
  more = 0,
}: {
  readonly language: Language;
  readonly title: string;
  readonly remarks: ImportPreview['rejected'];
  /** so many more were not kept */
  readonly more?: number;
}) {
  const text = importText[language];
  if (remarks.length === 0) return null;
  return (
    <section class="panel">
      <h2>
        {title} ({countText(remarks.length + more)})
      </h2>
      <ScrollBox label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.line}</th>
              <th scope="col">{text.column}</th>
              <th scope="col">{text.why}</th>
            </tr>
          </thead>
          <tbody>
            {remarks.slice(0, ROWS_SHOWN).map((remark) => (
              <tr>
                <td>{placeText(remark)}</td>
                <td>{remark.column ? columnLabel(language, remark.column) : ''}</td>
                <td>{importRemarkText(language, remark)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {remarks.length + more > ROWS_SHOWN && (
        <p class="small">
          {fill(text.moreRows, { count: countText(remarks.length + more - Math.min(remarks.length, ROWS_SHOWN)) })}
        </p>
      )}
    </section>
  );
}

function ranges(lines: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const line of lines) {
    const last = parts.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else parts.push([line, line]);
  }
  const shown = parts.slice(0, 6).map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  return shown.join(', ') + (parts.length > 6 ? ' …' : '');
}

export function PlannedNeeds({ language, preview }: PreviewProps) {
  const text = importText[language];
  return (
    <section class="panel">
      <h2>{text.needsTitle}</h2>
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">{text.organization}</th>
            <th scope="col">{text.district}</th>
            <th scope="col" class="numeric">
              {text.lines}
            </th>
            <th scope="col" class="numeric">
              {text.unknown}
            </th>
            <th scope="col" class="numeric">
              {text.pieces}
            </th>
            <th scope="col">{text.sourceLines}</th>
          </tr>
        </thead>
        <tbody>
          {preview.needs.slice(0, NEEDS_SHOWN).map((need) => (
            <tr>
              <td>
                {need.organization}
                {need.items.length > 0 && (
                  <ul class="small">
                    {need.items.map((line) => (
                      <li>
                        {fill(text.fromRow, { row: placeText(line.source) })} {line.item}{' '}
                        {[line.specification, quantityText(language, line), ...toldOfLine(language, line)]
                          .filter(Boolean)
                          .join(' · ')}
                      </li>
                    ))}
                  </ul>
                )}
              </td>
              <td>{need.district}</td>
              <td class="numeric" data-label={text.lines}>
                {need.lines}
              </td>
              <td class="numeric" data-label={text.unknown}>
                {need.unknownLines > 0 && <span class="unknown">{need.unknownLines}</span>}
              </td>
              <td class="numeric" data-label={text.pieces}>
                {need.pieces > 0 ? countText(need.pieces) : '–'}
              </td>
              <td data-label={text.sourceLines}>{ranges(need.sourceLines)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.totals.needs > NEEDS_SHOWN && (
        <p class="small">{fill(text.moreNeeds, { count: countText(preview.totals.needs - NEEDS_SHOWN) })}</p>
      )}
    </section>
  );
}
