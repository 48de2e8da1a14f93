import type * as z from 'zod';
import { presentConsent } from '../../../shared/domain/consent.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { localDate } from '../../../shared/domain/time.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { FormName } from '../../../shared/kinds/define.ts';
import { GrantOnBehalfInput } from '../../../shared/kinds/grant/input.ts';
import { InsuranceOnBehalfInput } from '../../../shared/kinds/insurance/input.ts';
import { NeedOnBehalfInput } from '../../../shared/kinds/need/input.ts';
import type { PageView } from '../../forms/application.ts';
import { type Description, describe, labelsOf, partsOf } from '../../forms/description.ts';
import type { Reader, Values } from '../../forms/desk-values.ts';
import type { OwnField, OwnFields } from '../../forms/own.ts';
import { readFields, type Typed } from '../../forms/read-fields.ts';
import { answersField, questionLabels } from '../../kinds/grant/form.tsx';
import { volunteersFromText } from '../../kinds/insurance/roster-text.ts';
import { choicesOf, Select } from '../../web/choices.tsx';
import type { FormView } from '../../web/form-view.ts';
import { FileInput, TextArea } from '../../web/inputs.tsx';
import { entryText } from '../texts/entry.ts';
import { RosterProblems } from './roster-problems.tsx';

/** What a coordinator sends for an organization. */
export const behalfInputs = {
  need: NeedOnBehalfInput,
  grant: GrantOnBehalfInput,
  insurance: InsuranceOnBehalfInput,
} as const satisfies Record<Kind, z.ZodObject>;

/** A form at a desk: what it asks, and what of that a description cannot say. */
export interface DeskForm {
  readonly description: Description;
  readonly own: OwnFields;
  readonly labels: Readonly<Record<string, string>>;
}

interface DeskContext {
  readonly programme?: Programme | undefined;
  /** what is wrong with single rows of a roster */
  readonly rows?: readonly FieldProblem[];
  /** how many volunteers the request has already: an empty roster leaves them */
  readonly present?: number;
}

/** How somebody agreed for whom a coordinator types. */
const reportedConsent: OwnField = {
  view({ form, language, scope = '' }) {
    const text = entryText[language];
    return (
      <Select
        form={form}
        name={`${scope}consent.how`}
        width="full"
        optional
        hint={text.consentHint}
        choices={choicesOf(text.consentChoices)}
      />
    );
  },
  read(typed) {
    const how = typed.value('consent.how');
    return { value: how === '' ? undefined : { version: presentConsent, how }, problems: [] };
  },
};

/** A roster as text, a volunteer a row, or as a file that becomes such text. */
function rosterText({ rows = [], present }: DeskContext): OwnField {
  return {
    view({ form, language, scope = '' }) {
      const text = entryText[language];
      const name = `${scope}volunteers`;
      if (present !== undefined)
        return <TextArea form={form} name={name} rows={8} hint={fill(text.rosterStays, { count: present })} optional />;
      return (
        <>
          <p class="hint">{text.rosterHint}</p>
          <RosterProblems language={language} volunteers={volunteersFromText(form.value(name))} fields={rows} />
          <FileInput form={form} name="file" accept=".csv,.xlsx,.txt,.tsv" optional />
          <TextArea form={form} name={name} rows={8} optional />
        </>
      );
    },
    read(typed, form) {
      const text = typed.value('volunteers');
      const isLeft = form === 'changes' && text.trim() === '';
      return { value: isLeft ? undefined : volunteersFromText(text), problems: [] };
    },
  };
}

function ownOf(kind: Kind, context: DeskContext): OwnFields {
  switch (kind) {
    case 'need':
      return {};
    case 'grant': {
      const { programme } = context;
      const questions = programme?.questions ?? [];
      return {
        // who enters an application for others may not know each answer
        answers: answersField(questions, false),
        programme: { view: () => null, read: () => ({ value: programme?.id, problems: [] }) },
      };
    }
    case 'insurance':
      return { volunteers: rosterText(context) };
  }
}

/** The form of a kind as a coordinator has it. */
export function deskForm(language: Language, kind: Kind, form: FormName, context: DeskContext = {}): DeskForm {
  const { consent, ...labels } = labelsOf(language, kind);
  return {
    description: describe(language, kind, form, behalfInputs[kind]),
    own: { consent: reportedConsent, ...ownOf(kind, context) },
    labels: {
      ...labels,
      'consent.how': consent ?? '',
      file: entryText[language].file,
      ...questionLabels(language, context.programme?.questions ?? []),
    },
  };
}

/** Rows beyond those that are filled: a few to go on with. */
function rowsToDraw(form: FormView, scope: string, { fields }: Description, more: boolean): number {
  const [list] = Object.entries(fields).filter(([, { widget }]) => widget === 'rows');
  if (!list) return 0;
  const [name, field] = list;
  const most = field.widget === 'rows' ? field.most : 0;
  const columns = partsOf(field).map(([column]) => column);
  let used = 0;
  for (let row = 0; row < most; row++)
    if (columns.some((column) => form.value(`${scope}${name}.${row}.${column}`) !== '')) used = row + 1;
  return Math.min(most, Math.max(4, used + (more ? 8 : 2)));
}

/** The page that a desk's form is drawn on. @param more more rows were asked for */
export function deskPage({ description }: DeskForm, form: FormView, more: boolean, scope = ''): PageView {
  return {
    language: form.language,
    form,
    answers: new Map(),
    rows: rowsToDraw(form, scope, description, more),
    today: localDate(Date.now()),
    checked: false,
    scope,
    dense: true,
  };
}

/** What was typed at a desk: empty rows between others stay where they are, and are no rows. */
export function typedAt(values: Values, reader: Reader): Typed {
  return { value: values, rows: reader.used };
}

/** Reads a desk's form into `reader`. */
export function readDesk({ description, own }: DeskForm, values: Values, reader: Reader): Record<string, unknown> {
  const { body, problems } = readFields(description, typedAt(values, reader), own);
  reader.problems.push(...problems);
  return body;
}
