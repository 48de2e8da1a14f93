import type { Language } from '../../../shared/domain/language.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { MAX_LEFT_OUT, MAX_VOLUNTEERS } from '../../../shared/kinds/insurance/input.ts';
import { maskIdentityNumber } from '../../../shared/kinds/insurance/roster/identity-number.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { keptKey, rowNameIn } from '../../forms/answers.ts';
import type { PageView } from '../../forms/application.ts';
import { formText } from '../../forms/texts/forms.ts';
import { FileChoice } from '../../incoming/file-choice.tsx';
import { Hidden, TextInput } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { Submit } from '../../web/submit.tsx';
import { ColumnsByName } from './columns-by-name.tsx';
import { rosterText } from './texts.ts';
import { volunteerList } from './volunteer-rows.ts';

const columns = ['name', 'identityNumber', 'phone'] as const;
/** Rows with a problem that are shown to be mended; the rest of them comes after these. */
const BAD_SHOWN = 40;
/** A table of more rows than this shows only those with a problem; the others are folded away. */
const ALL_IN_SIGHT = 30;
/** Good rows of a roster that is kept beside the form which a page has. */
const FIRST_GOOD = 15;

const wordsOf = (language: Language) => kindWords[language].insurance.fields.volunteers;

/** Whether the applicant left the row out of the roster. */
function isLeftOut(page: PageView, index: number): boolean {
  return (page.answers.get(`volunteers.${index}.out`) ?? '') !== '';
}

/** Whether there is something in the row, and it was not left out. */
function typed(page: PageView, index: number): boolean {
  return page.answers.has(`volunteers.${index}.name`) && !isLeftOut(page, index);
}

function hasProblem(page: PageView, index: number): boolean {
  return columns.some((column) => page.form.error(`volunteers.${index}.${column}`) !== undefined);
}

/** Whether the rows are kept beside the form: the page need not carry what it does not show. */
function isKept(page: PageView): boolean {
  return keptKey(page.answers, volunteerList) !== '';
}

function placeIn(page: PageView, index: number): string {
  return rowNameIn(page.answers, 'volunteers', index);
}

const badRowsOf = new WeakMap<PageView, readonly number[]>();

/** The rows with a problem, by their places from 0; found once a page. */
function badRows(page: PageView): readonly number[] {
  const known = badRowsOf.get(page);
  if (known) return known;
  const found = Array.from({ length: page.rows }, (_, index) => index).filter(
    (index) => typed(page, index) && hasProblem(page, index),
  );
  badRowsOf.set(page, found);
  return found;
}

/** What is wrong with every one of the rows, where that is one thing. */
function causeOf(page: PageView, bad: readonly number[]): string | undefined {
  const said = new Set(
    bad.flatMap((index) => columns.flatMap((column) => page.form.error(`volunteers.${index}.${column}`) ?? [])),
  );
  const [only] = said;
  return bad.length > 1 && said.size === 1 ? only : undefined;
}

/** Whether the page has inputs for the row: not for a good one, nor for the many that have a problem after the first. */
export function isDrawn(page: PageView, index: number): boolean {
  if (isGoodRow(page, index) || isLeftOut(page, index)) return false;
  if (!page.checked || !hasProblem(page, index)) return true;
  return badRows(page).indexOf(index) < BAD_SHOWN;
}

/** Whether the row was checked and found good: it is shown as text and need not be typed again. */
export function isGoodRow(page: PageView, index: number): boolean {
  return page.checked && typed(page, index) && !hasProblem(page, index);
}

function Remove({ page, index }: { readonly page: PageView; readonly index: number }) {
  const text = formText[page.language];
  return (
    <button
      class="link-button"
      type="submit"
      name="action"
      value={`remove:${index}`}
      aria-label={fill(text.removeRowOf, { row: placeIn(page, index) })}
    >
      {text.removeRow}
    </button>
  );
}

/** Of a row that is kept beside the form: what is wrong to be mended, the rest as text. */
function KeptRow({ page, index }: { readonly page: PageView; readonly index: number }) {
  const { form, language, answers } = page;
  const { row, parts } = wordsOf(language);
  const name = (column: (typeof columns)[number]) => `volunteers.${index}.${column}`;
  const bad = columns.filter((column) => form.error(name(column)) !== undefined);
  const good = columns.filter((column) => !bad.includes(column)).map((column) => answers.get(name(column)) ?? '');
  return (
    <li class="row-card" id={`volunteers-${index}`}>
      <div class="row-head">
        <span>
          {fill(row, { row: placeIn(page, index) })} · {good.join(' · ')}
        </span>
        <Remove page={page} index={index} />
      </div>
      <div class="row-line person">
        {bad.map((column) => (
          <TextInput form={form} name={name(column)} label={parts[column].label} autocomplete="off" />
        ))}
      </div>
    </li>
  );
}

function EditableRow({ page, index }: { readonly page: PageView; readonly index: number }) {
  const { form, language, rows } = page;
  const { row, parts } = wordsOf(language);
  const name = (column: (typeof columns)[number]) => `volunteers.${index}.${column}`;
  if (isKept(page) && hasProblem(page, index)) return <KeptRow page={page} index={index} />;
  return (
    <li class="row-card" id={`volunteers-${index}`}>
      {(['line', 'sheet', 'lost'] as const).map((column) => {
        const value = page.answers.get(`volunteers.${index}.${column}`) ?? '';
        return value === '' ? null : <Hidden name={`volunteers.${index}.${column}`} value={value} />;
      })}
      <div class="row-head">
        <span>{fill(row, { row: placeIn(page, index) })}</span>
        {rows > 1 && <Remove page={page} index={index} />}
      </div>
      <div class="row-line person">
        <TextInput form={form} name={name('name')} label={parts.name.label} autocomplete="off" />
        <TextInput form={form} name={name('identityNumber')} label={parts.identityNumber.label} autocomplete="off" />
        <TextInput form={form} name={name('phone')} label={parts.phone.label} inputmode="tel" autocomplete="off" />
      </div>
    </li>
  );
}

function GoodRow({ page, index }: { readonly page: PageView; readonly index: number }) {
  const { answers, language } = page;
  const value = (column: (typeof columns)[number]) => answers.get(`volunteers.${index}.${column}`) ?? '';
  return (
    <li class="row-card good">
      <span>
        {placeIn(page, index)} · {value('name')} ·{' '}
        <span class="code">{maskIdentityNumber(value('identityNumber').replace(/\s/g, ''))}</span>{' '}
        <span class="tag">{rosterText[language].goodRow}</span>
      </span>
      <Remove page={page} index={index} />
    </li>
  );
}

function Verdict({
  page,
  rows,
  good,
}: {
  readonly page: PageView;
  readonly rows: readonly number[];
  readonly good: number;
}) {
  const text = rosterText[page.language];
  const bad = rows.length;
  const cause = causeOf(page, rows);
  if (bad === 0) return good > 0 ? <Notice tone="done">{fill(text.allGood, { count: good })}</Notice> : null;
  return (
    <Notice tone="warning" title={fill(text.badRows, { bad, good })}>
      {cause !== undefined && <p>{fill(text.cause, { cause })}</p>}
      <p>{text.badRowsText}</p>
      {bad > BAD_SHOWN && <p>{fill(text.firstOnes, { count: BAD_SHOWN })}</p>}
      {good > 0 && bad <= MAX_LEFT_OUT && (
        <Submit text={fill(text.leaveOut, { count: bad })} look="second" name="action" value="leave-out" />
      )}
    </Notice>
  );
}

function UploadCard({ form, language }: PageView) {
  const text = rosterText[language];
  return (
    <section class="card">
      <h2>{text.uploadTitle}</h2>
      <FileChoice form={form} name="file" accept=".csv,.xlsx,text/csv" hint={text.uploadHint} upload={text.upload} />
      <ColumnsByName form={form} />
      <a href={`/insurance/roster.xlsx?lang=${language}`} download>
        {text.template}
      </a>
    </section>
  );
}

interface GoodRowsProps {
  readonly page: PageView;
  readonly good: readonly number[];
}

/** Many good rows are folded away, and of those that are kept beside the form only the first are there. */
function GoodRows({ page, good }: GoodRowsProps) {
  const text = rosterText[page.language];
  const shown = isKept(page) ? good.slice(0, FIRST_GOOD) : good;
  return (
    <details>
      <summary>{fill(text.goodRows, { count: good.length })}</summary>
      {shown.length < good.length && (
        <p class="hint">{fill(text.goodFirst, { first: shown.length, count: good.length - shown.length })}</p>
      )}
      <ol class="rows">
        {shown.map((index) => (
          <GoodRow page={page} index={index} />
        ))}
      </ol>
    </details>
  );
}

/** The volunteers: by file or typed, each checked row with its verdict. */
export function RosterView(page: PageView) {
  const { language, checked } = page;
  const text = rosterText[language];
  const words = wordsOf(language);
  // the row after the last is one that was asked for
  const rows = Array.from({ length: Math.min(page.rows, MAX_VOLUNTEERS + 1) }, (_, index) => index);
  const good = rows.filter((index) => isGoodRow(page, index));
  const isGood = new Set(good);
  const bad = rows.filter((index) => typed(page, index) && !isGood.has(index));
  const any = good.length + bad.length > 0;
  const fold = good.length > ALL_IN_SIGHT;
  const later = new Set(checked ? bad.slice(BAD_SHOWN) : []);
  const drawn = rows.filter((index) => {
    if (isGood.has(index)) return !fold;
    return !later.has(index) && !isLeftOut(page, index);
  });
  return (
    <div id="f-volunteers">
      {checked && <Verdict page={page} rows={bad} good={good.length} />}
      <p class="hint">{words.hint}</p>
      {any && page.form.error('file') === undefined ? (
        <details>
          <summary>{text.anotherFile}</summary>
          <UploadCard {...page} />
        </details>
      ) : (
        <UploadCard {...page} />
      )}
      <h2>{any ? words.label : text.typeTitle}</h2>
      <ol class="rows">
        {drawn.map((index) =>
          isGood.has(index) ? <GoodRow page={page} index={index} /> : <EditableRow page={page} index={index} />,
        )}
      </ol>
      {fold && <GoodRows page={page} good={good} />}
      <Submit text={words.add} look="second" name="action" value="add" formaction={`#volunteers-${page.rows}`} />
    </div>
  );
}
