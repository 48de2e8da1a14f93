import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { given, type ReadForm, readerOf } from '../../forms/desk-values.ts';
import { Checkboxes, choicesOf } from '../../web/choices.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { type FormView, formView } from '../../web/form-view.ts';
import { DateInput, Hidden, TextArea, TextInput } from '../../web/inputs.tsx';
import type { Form } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { Visit } from '../door.ts';
import { catalogueText } from '../texts/catalogue.ts';

/** Names of places as people list them. */
export function listed(typed: string | undefined): string[] {
  return (typed ?? '')
    .split(/[、，,;；\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A programme as it was filled in; amounts in fen. */
export function readProgrammeForm(form: Form): ReadForm {
  const reader = readerOf(form.get);
  const questions = reader.used('questions', ['text', 'textEn']).map((row, index) => ({
    id: `q${index + 1}`,
    required: reader.ticked(`questions.${row}.required`) === true,
    ...given({ text: reader.text(`questions.${row}.text`), textEn: reader.text(`questions.${row}.textEn`) }),
  }));
  const body = {
    ...given({
      name: reader.text('name'),
      nameEn: reader.text('nameEn'),
      purpose: reader.text('purpose'),
      purposeEn: reader.text('purposeEn'),
      ceiling: reader.fen('ceiling'),
      budget: reader.fen('budget'),
      secondApprovalAbove: reader.fen('secondApprovalAbove'),
      closesOn: reader.day('closesOn'),
      reportDueDays: reader.whole('reportDueDays'),
    }),
    areas: listed(reader.text('areas')),
    organizationTypes: form.all('organizationTypes'),
    questions,
  };
  return { body, problems: reader.problems, rows: reader.rows };
}

const MOST_QUESTIONS = 20;

function Questions({ form, count }: { readonly form: FormView; readonly count: number }) {
  const text = catalogueText[form.language];
  return (
    <fieldset class="group">
      <legend>{text.questionsGroup}</legend>
      <p class="hint">{text.questionsHint}</p>
      <table class="entry-rows stacked">
        <thead>
          <tr>
            <th scope="col">{text.question}</th>
            <th scope="col">{text.questionEn}</th>
            <th scope="col">{text.required}</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: count }, (_, row) => (
            <tr>
              <td data-label={text.question}>
                <TextInput form={form} name={`questions.${row}.text`} quiet maxlength={300} />
              </td>
              <td data-label={text.questionEn}>
                <TextInput form={form} name={`questions.${row}.textEn`} quiet maxlength={300} />
              </td>
              <td>
                <label class="tick">
                  <input
                    type="checkbox"
                    name={`questions.${row}.required`}
                    value="yes"
                    checked={
                      form.value(`questions.${row}.required`) !== '' || form.value(`questions.${row}.text`) === ''
                    }
                  />{' '}
                  {text.required}
                </label>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="submit" class="link-button" name="more" value="yes" formnovalidate>
        {text.more}
      </button>
    </fieldset>
  );
}

interface ProgrammeFormProps {
  readonly visit: Visit;
  readonly typed: Form | undefined;
  readonly tried:
    | { readonly problems: readonly FieldProblem[]; readonly message: string; readonly more: boolean }
    | undefined;
  readonly formKey: string;
}

const initial: Readonly<Record<string, string>> = { reportDueDays: '30' };

/** The form with which a funder publishes a programme. */
export function ProgrammeForm({ visit, typed, tried, formKey }: ProgrammeFormProps) {
  const { language, csrf } = visit;
  const text = catalogueText[language];
  const form = formView({
    language,
    labels: text.labels,
    value: typed ? typed.get : (name) => initial[name] ?? '',
    problems: tried?.problems ?? [],
  });
  const used =
    Array.from({ length: MOST_QUESTIONS }, (_, row) => row).findLast(
      (row) => form.value(`questions.${row}.text`) !== '',
    ) ?? -1;
  const count = Math.min(MOST_QUESTIONS, Math.max(3, used + (tried?.more ? 6 : 2)));
  return (
    <form method="post" action="/console/programmes/new" autocomplete="off">
      <Hidden name="csrf" value={csrf} />
      <Hidden name="key" value={formKey} />
      {tried && !tried.more && <ErrorSummary form={form} message={tried.message} />}
      <TextInput form={form} name="name" maxlength={120} />
      <TextInput form={form} name="nameEn" maxlength={120} optional />
      <TextArea form={form} name="purpose" rows={4} />
      <TextArea form={form} name="purposeEn" rows={3} optional />
      <div class="columns two">
        <TextInput form={form} name="budget" inputmode="decimal" hint={text.ceilingHint} />
        <TextInput form={form} name="ceiling" inputmode="decimal" hint={text.ceilingHint} />
      </div>
      <TextInput form={form} name="secondApprovalAbove" inputmode="decimal" width="medium" hint={text.secondHint} />
      <div class="columns two">
        <DateInput form={form} name="closesOn" />
        <TextInput form={form} name="reportDueDays" inputmode="numeric" width="short" />
      </div>
      <TextInput form={form} name="areas" hint={text.areasHint} optional />
      <Checkboxes
        form={form}
        name="organizationTypes"
        hint={text.typesHint}
        choices={choicesOf(kindWords[language].need.fields.organizationType.choices)}
        chosen={typed?.all('organizationTypes') ?? []}
        optional
      />
      <Questions form={form} count={count} />
      <div class="actions">
        <Submit text={text.publishButton} />
        <a href="/console/programmes">{text.programmes}</a>
      </div>
    </form>
  );
}
