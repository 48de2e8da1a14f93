import { columnUses, type ImportPreview, namedEncodings } from '../../../shared/case/import.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { countText } from '../../web/amounts.tsx';
import { Hidden } from '../../web/inputs.tsx';
import { Submit } from '../../web/submit.tsx';
import { frameText } from '../texts/frame.ts';
import { importText } from '../texts/import.ts';
import { columnLabel } from './column-label.ts';
import { rowsText, saidBefore } from './mapping-form.ts';

interface MappingProps {
  readonly language: Language;
  readonly preview: ImportPreview;
  readonly csrf: string;
  /** what a person said, where it could not be read so */
  readonly typed?: ((name: string) => string) | undefined;
}
type Part = Omit<MappingProps, 'csrf'> & { readonly index: number };

type Sheet = ImportPreview['sheets'][number];

function useText(language: Language, field: string): string {
  return field === 'amounts' ? importText[language].amounts : columnLabel(language, field);
}

function ColumnChoices({ language, sheet, index, typed }: Omit<Part, 'preview'> & { readonly sheet: Sheet }) {
  const text = importText[language];
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{text.column}</th>
          <th scope="col">{text.sample}</th>
          <th scope="col">{text.field}</th>
        </tr>
      </thead>
      <tbody>
        {sheet.columns.map(({ column, header, field, guessed, sample }) => (
          <tr>
            <td data-label={text.column}>
              {column} {header} {guessed && <span class="tag end">{text.guessed}</span>}
            </td>
            <td data-label={text.sample}>{sample}</td>
            <td data-label={text.field}>
              <select class="control full" name={`s${index}.${column}`} aria-label={`${column} ${header}`}>
                <option value="">{text.unused}</option>
                {columnUses.map((use) => (
                  <option value={use} selected={use === (typed ? typed(`s${index}.${column}`) : field)}>
                    {useText(language, use)}
                  </option>
                ))}
              </select>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rowsHeld(said: { readonly without?: number[] | undefined; readonly take?: number[] | undefined } = {}) {
  return { without: rowsText(said.without ?? []), take: rowsText(said.take ?? []) };
}

function SheetChoices({ language, preview, index, typed }: Part) {
  const text = importText[language];
  const sheet = preview.sheets[index];
  if (!sheet) return null;
  const said = saidBefore(preview).sheets?.find(({ name }) => name === sheet.name);
  const [use, headings] = [`s${index}.use`, `s${index}.headings`];
  const held = { organization: said?.organization ?? '', ...rowsHeld(said) };
  return (
    <fieldset class="field">
      <legend class="label">{sheet.name === '' ? text.onlySheet : fill(text.sheet, { name: sheet.name })}</legend>
      {sheet.use === 'columns-missing' && (
        <p class="late">
          {fill(text.missing, {
            columns: sheet.missing.map((field) => columnLabel(language, field)).join(frameText[language].list),
          })}
        </p>
      )}
      <div class="choice">
        <input
          id={use}
          type="checkbox"
          name={use}
          value="yes"
          checked={typed ? typed(use) !== '' : sheet.use !== 'left-out'}
        />
        <label for={use}>{text.useSheet}</label>
      </div>
      <p>
        <label class="label" for={headings}>
          {text.headings}
        </label>
        <input
          class="control short"
          id={headings}
          name={headings}
          inputmode="numeric"
          value={typed?.(headings) ?? String(sheet.headings)}
        />
      </p>
      <ColumnChoices language={language} sheet={sheet} index={index} typed={typed} />
      {(['organization', 'without', 'take'] as const).map((field) => {
        const name = `s${index}.${field}`;
        return (
          <p>
            <label class="label" for={name}>
              {text.choices[field]}
            </label>
            <input class="control full" id={name} name={name} value={typed?.(name) ?? held[field]} />
          </p>
        );
      })}
    </fieldset>
  );
}

/** How the file was read, and where a person says otherwise; the file is read again by what they say. */
export function Mapping({ language, preview, csrf, typed }: MappingProps) {
  const text = importText[language];
  const { encoding, hidden, sheets } = preview;
  if (sheets.length === 0) return null;
  return (
    <section class="panel" id="mapping">
      <h2>{text.columns}</h2>
      <form method="post" action={`/console/import/${preview.id}/mapping`}>
        <Hidden name="csrf" value={csrf} />
        {encoding && (
          <p>
            <label class="label" for="encoding">
              {text.encoding}
            </label>
            {encoding.guessed && <span class="sub">{fill(text.encodingGuessed, { encoding: encoding.name })}</span>}
            <select class="control medium" id="encoding" name="encoding">
              {[...new Set([encoding.name, ...namedEncodings])].map((name) => (
                <option value={name} selected={name === (typed?.('encoding') ?? encoding.name)}>
                  {name}
                </option>
              ))}
            </select>
          </p>
        )}
        {sheets.map((_, index) => (
          <SheetChoices language={language} preview={preview} index={index} typed={typed} />
        ))}
        {hidden.length > 0 && (
          <p class="small">{fill(text.hiddenSheets, { names: hidden.join(frameText[language].list) })}</p>
        )}
        {preview.ignored.length > 0 && (
          <p class="small">
            {text.ignored} ({countText(preview.ignored.length)}): {preview.ignored.join(frameText[language].list)}
          </p>
        )}
        <Submit text={text.readAgain} look="second" />
      </form>
    </section>
  );
}
