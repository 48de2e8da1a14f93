import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Kind } from '../../../shared/domain/ids.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import type { Programme } from '../../../shared/kinds/grant/programme.ts';
import { MAX_LINES } from '../../../shared/kinds/need/line.ts';
import { choicesOf, Select } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { type FormView, formView } from '../../web/form-view.ts';
import { DateInput, FileInput, Hidden, TextArea, TextInput } from '../../web/inputs.tsx';
import type { Values } from '../decide/form-values.ts';
import type { Visit } from '../door.ts';
import { entryText } from '../texts/entry.ts';
import {
  AnswerFields,
  BudgetRows,
  ContactFields,
  CoverFields,
  DeliveryFields,
  LineRows,
  MoreRows,
  rowsToDraw,
  UrgencyFields,
} from './entry-fields.tsx';
import { RosterProblems } from './roster-problems.tsx';
import { volunteersFromText } from './roster-text.ts';

/** A form that was sent: what was typed, and what is wrong with it. */
export interface Sent {
  readonly values: Values;
  /** by the form's fields */
  readonly problems: readonly FieldProblem[];
  /** as the rules named them: rows of a roster are told from these */
  readonly fields: readonly FieldProblem[];
  readonly message: string;
  readonly more: boolean;
}

export interface NewFormProps {
  readonly visit: Visit;
  readonly kind: Kind;
  readonly programme: Programme | undefined;
  readonly sent: Sent | undefined;
  readonly formKey: string;
}

function KindFields({ form, kind, programme, sent, visit }: NewFormProps & { readonly form: FormView }) {
  const text = entryText[visit.language];
  const more = sent?.more === true;
  if (kind === 'need') {
    return (
      <>
        <fieldset class="group">
          <legend>{text.linesGroup}</legend>
          <p class="hint">{text.linesHint}</p>
          <LineRows form={form} rows={rowsToDraw(form, '', 'lines', 'item', more, MAX_LINES)} />
          <MoreRows form={form} />
          <UrgencyFields form={form} />
          <DateInput form={form} name="neededBy" optional />
        </fieldset>
        <fieldset class="group">
          <legend>{text.deliveryGroup}</legend>
          <DeliveryFields form={form} />
          <TextArea form={form} name="note" rows={3} optional />
        </fieldset>
      </>
    );
  }
  if (kind === 'grant') {
    return (
      <>
        <Hidden name="programme" value={programme?.id ?? ''} />
        <TextArea form={form} name="purpose" />
        <fieldset class="group">
          <legend>{text.budgetGroup}</legend>
          <BudgetRows form={form} rows={rowsToDraw(form, '', 'budget', 'description', more, 50)} />
          <MoreRows form={form} />
        </fieldset>
        {programme && programme.questions.length > 0 && (
          <fieldset class="group">
            <legend>{text.questionsGroup}</legend>
            <AnswerFields form={form} questions={programme.questions} />
          </fieldset>
        )}
      </>
    );
  }
  return (
    <>
      <CoverFields form={form} />
      <fieldset class="group">
        <legend>{text.rosterGroup}</legend>
        <p class="hint">{text.rosterHint}</p>
        <RosterProblems
          language={visit.language}
          volunteers={volunteersFromText(form.value('volunteers'))}
          fields={sent?.fields ?? []}
        />
        <FileInput form={form} name="file" accept=".csv,.xlsx,.txt,.tsv" optional />
        <TextArea form={form} name="volunteers" rows={8} optional />
      </fieldset>
    </>
  );
}

const initial: Readonly<Record<string, string>> = {
  language: 'zh',
  urgency: 'normal',
  careTier: 'general',
  organizationType: 'other',
};

/** The form of one page with which a coordinator enters a case for an organization. */
export function NewForm(props: NewFormProps) {
  const { visit, kind, programme, sent, formKey } = props;
  const { language, csrf } = visit;
  const text = entryText[language];
  const questions = (programme?.questions ?? []).map(({ id, text: asked }) => [`answers.${id}`, asked]);
  const form = formView({
    language,
    labels: { ...text.labels, ...Object.fromEntries(questions) },
    value: sent ? sent.values : (name) => initial[name] ?? '',
    problems: sent?.problems ?? [],
  });
  return (
    <form method="post" action={`/console/new/${kind}`} enctype="multipart/form-data" autocomplete="off">
      <Hidden name="csrf" value={csrf} />
      <Hidden name="key" value={formKey} />
      {sent && !sent.more && <ErrorSummary form={form} message={sent.message} />}
      <fieldset class="group">
        <legend>{text.who}</legend>
        <div class="columns two">
          <TextInput form={form} name="organization" maxlength={120} />
          <Select
            form={form}
            name="organizationType"
            width="full"
            choices={choicesOf(domainText[language].organizationTypes)}
          />
        </div>
        <div class="columns three">
          <TextInput form={form} name="place.province" maxlength={40} />
          <TextInput form={form} name="place.city" maxlength={40} />
          <TextInput form={form} name="place.district" maxlength={40} />
        </div>
      </fieldset>
      <fieldset class="group">
        <legend>{text.contactGroup}</legend>
        <p class="hint">{text.contactHint}</p>
        <ContactFields form={form} />
        <Select
          form={form}
          name="consent.how"
          width="full"
          optional
          hint={text.consentHint}
          choices={choicesOf(text.consentChoices)}
        />
        <Select
          form={form}
          name="language"
          choices={[
            { value: 'zh', text: '中文' },
            { value: 'en', text: 'English' },
          ]}
        />
      </fieldset>
      <KindFields {...props} form={form} />
      <div class="actions">
        <button type="submit" class="button">
          {text.submit}
        </button>
        <a href="/console/new">{text.title}</a>
      </div>
    </form>
  );
}
