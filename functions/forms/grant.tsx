import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Language } from '../../shared/domain/language.ts';
import { sumFen } from '../../shared/domain/money.ts';
import { readYuan } from '../../shared/domain/read/yuan.ts';
import { fill } from '../../shared/i18n/lookup.ts';
import { inLanguage } from '../../shared/i18n/names.ts';
import { GrantInput } from '../../shared/kinds/grant/input.ts';
import type { Programme } from '../../shared/kinds/grant/programme.ts';
import { yuanText } from '../web/amounts.tsx';
import { TextArea, TextInput } from '../web/inputs.tsx';
import { Notice } from '../web/notice.tsx';
import { type Answers, rowsOf } from './answers.ts';
import { type Application, drafted, type PageView, type Step } from './application.ts';
import { Rows } from './rows.tsx';
import { formText } from './texts/forms.ts';
import { plainRows, whoBody, whoFields, whoStep } from './who.tsx';

export const budgetList = { name: 'budget', columns: ['description', 'amount'] } as const;
const MAX_ROWS = 50;

type Question = Programme['questions'][number];

export function questionText(language: Language, question: Question): string {
  return inLanguage(language, question.text, question.textEn);
}

/** The fields of a programme's own questions, and their labels. */
export function questionLabels(language: Language, questions: readonly Question[]): Record<string, string> {
  return Object.fromEntries(questions.map((question) => [`answers.${question.id}`, questionText(language, question)]));
}

/** Budget lines in fen, and problems with amounts that are none. */
export function budgetBody(answers: Answers, prefix = '') {
  const problems: FieldProblem[] = [];
  const budget = rowsOf(answers, budgetList).map((row, index) => {
    const typed = row.amount ?? '';
    const amount = readYuan(typed);
    if (!amount)
      problems.push({
        pointer: `${prefix}/budget/${index}/amount`,
        code: typed.trim() === '' ? 'required' : 'not-an-amount',
      });
    return { description: row.description ?? '', amount: amount ?? 0 };
  });
  return { budget, problems };
}

/** The answers to a programme's questions, and which required ones are missing. */
export function answersBody(answers: Answers, questions: readonly Question[], prefix = '') {
  const given = questions.map(({ id, required }) => ({
    id,
    required,
    answer: (answers.get(`answers.${id}`) ?? '').trim(),
  }));
  return {
    answers: Object.fromEntries(given.filter(({ answer }) => answer !== '').map(({ id, answer }) => [id, answer])),
    problems: given
      .filter(({ required, answer }) => required && answer === '')
      .map(({ id }): FieldProblem => ({ pointer: `${prefix}/answers/${id}`, code: 'required' })),
  };
}

export function ProjectView({ page, questions }: { readonly page: PageView; readonly questions: readonly Question[] }) {
  const { form, language } = page;
  const text = formText[language];
  return (
    <>
      <TextArea form={form} name="purpose" rows={6} hint={text.purposeHint} />
      {questions.length > 0 && (
        <fieldset class="group">
          <legend>{text.questionsGroup}</legend>
          {questions.map((question) => (
            <TextArea form={form} name={`answers.${question.id}`} rows={4} optional={!question.required} />
          ))}
        </fieldset>
      )}
    </>
  );
}

function totalOf(answers: Answers): number {
  return sumFen(budgetBody(answers).budget.map((line) => line.amount));
}

export function BudgetView({ page, programme }: { readonly page: PageView; readonly programme: Programme }) {
  const { form, language, rows, answers } = page;
  const text = formText[language];
  const total = totalOf(answers);
  return (
    <>
      <p class="hint">{fill(text.budgetText, { amount: yuanText(language, programme.ceiling) })}</p>
      <Rows
        form={form}
        name="budget"
        count={Math.min(rows, MAX_ROWS)}
        title={text.budgetLineTitle}
        add={text.addBudgetLine}
        row={(index) => (
          <div class="row-line budget-line">
            <TextInput
              form={form}
              name={`budget.${index}.description`}
              label={text.descriptionLabel}
              hint={index === 0 ? text.descriptionHint : undefined}
            />
            <TextInput
              form={form}
              name={`budget.${index}.amount`}
              label={text.amountLabel}
              inputmode="decimal"
              suffix={text.yuan}
            />
          </div>
        )}
      />
      {total > 0 && (
        <p>
          {text.total} <strong class="money">{yuanText(language, total)}</strong>
        </p>
      )}
    </>
  );
}

/** The total, with a word about a ceiling that it exceeds: the funder decides, the applicant should know. */
function Total({
  language,
  answers,
  programme,
}: {
  readonly language: Language;
  readonly answers: Answers;
  readonly programme: Programme;
}) {
  const total = totalOf(answers);
  const shown = { total: yuanText(language, total), ceiling: yuanText(language, programme.ceiling) };
  return (
    <>
      <strong class="money">{shown.total}</strong>
      {total > programme.ceiling && <Notice tone="warning">{fill(formText[language].aboveCeiling, shown)}</Notice>}
    </>
  );
}

function projectStep(language: Language, programme: Programme): Step {
  const names = ['purpose', ...programme.questions.map((question) => `answers.${question.id}`)];
  return {
    id: 'project',
    title: formText[language].steps.project,
    asks: ['purpose', 'answers'],
    view: (page) => <ProjectView page={page} questions={programme.questions} />,
    summary: ({ form }) => plainRows(form, names),
  };
}

function budgetStep(language: Language, programme: Programme): Step {
  return {
    id: 'budget',
    title: formText[language].steps.budget,
    asks: ['budget'],
    view: (page) => <BudgetView page={page} programme={programme} />,
    summary: ({ answers }) => [
      ...budgetBody(answers).budget.map((line) => ({
        label: line.description,
        value: yuanText(language, line.amount),
      })),
      { label: formText[language].total, value: <Total language={language} answers={answers} programme={programme} /> },
    ],
  };
}

/** The form for a grant from one programme. */
export function grantApplication(language: Language, programme: Programme): Application {
  const { questions } = programme;
  return {
    kind: 'grant',
    path: `/grants/new?programme=${programme.id}`,
    questions: { single: [...whoFields, 'purpose', ...questions.map(({ id }) => `answers.${id}`)], list: budgetList },
    labels: questionLabels(language, questions),
    defaults: new Map(),
    steps: [whoStep(language, 'grant'), projectStep(language, programme), budgetStep(language, programme)],
    draft(answers) {
      const money = budgetBody(answers);
      const given = answersBody(answers, questions);
      const body = {
        ...whoBody(answers, language),
        programme: programme.id,
        purpose: answers.get('purpose') ?? '',
        budget: money.budget,
        answers: given.answers,
      };
      return drafted(GrantInput, body, [...money.problems, ...given.problems]);
    },
  };
}
