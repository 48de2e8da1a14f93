import * as z from 'zod';
import { organizationTypes, Place } from '../../../shared/domain/applicant.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { sumFen } from '../../../shared/domain/money.ts';
import { readYuan } from '../../../shared/domain/read/yuan.ts';
import { LocalDate } from '../../../shared/domain/time.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { questionIn } from '../../../shared/i18n/names.ts';
import { grantFields } from '../../../shared/kinds/grant/fields.ts';
import { GrantInput } from '../../../shared/kinds/grant/input.ts';
import { type Applied, fittingProgrammes, unmetRules } from '../../../shared/kinds/grant/rules.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { type Answers, rowsOf } from '../../forms/answers.ts';
import type { PageView } from '../../forms/application.ts';
import type { OwnField, Shown } from '../../forms/own.ts';
import { given } from '../../forms/read-fields.ts';
import { yuanText } from '../../web/amounts.tsx';
import { TextArea } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import type { KindForms } from '../pages.ts';
import { budgetText, grantFormText } from './texts.ts';
import { Unmet } from './unmet.tsx';

type Question = Programme['questions'][number];

/** The fields of a programme's own questions, and their labels. */
export function questionLabels(language: Language, questions: readonly Question[]): Record<string, string> {
  return Object.fromEntries(questions.map((question) => [`answers.${question.id}`, questionIn(language, question)]));
}

function Questions({ page, questions }: { readonly page: PageView; readonly questions: readonly Question[] }) {
  const { form, language, scope = '' } = page;
  if (questions.length === 0) return null;
  return (
    <fieldset class="group">
      <legend>{kindWords[language].grant.fields.answers.label}</legend>
      {questions.map((question) => (
        <TextArea
          form={form}
          name={`${scope}answers.${question.id}`}
          label={questionIn(language, question)}
          rows={4}
          optional={!question.required}
        />
      ))}
    </fieldset>
  );
}

/** The answers to a programme's own questions. @param isHeld whether what is required must be answered */
export function answersField(questions: readonly Question[], isHeld = true): OwnField {
  const names = questions.map(({ id }) => `answers.${id}`);
  return {
    single: names,
    view: (page) => <Questions page={page} questions={questions} />,
    read(typed, form) {
      const answers = questions.flatMap(({ id }) => {
        const answer = typed.value(`answers.${id}`).trim();
        return answer === '' ? [] : [[id, answer] as const];
      });
      const missing = questions.filter(({ id, required }) => required && typed.value(`answers.${id}`).trim() === '');
      return {
        value: form === 'submit' ? Object.fromEntries(answers) : given(Object.fromEntries(answers)),
        problems: !isHeld ? [] : missing.map(({ id }) => ({ name: `answers.${id}`, code: 'required' })),
      };
    },
    fill: (subject) =>
      Object.entries('answers' in subject ? (subject.answers ?? {}) : {}).map(([id, answer]) => [
        `answers.${id}`,
        String(answer),
      ]),
    show: ({ answers, language }) =>
      questions.map((question) => ({
        label: questionIn(language, question),
        value: answers.get(`answers.${question.id}`) ?? '',
      })),
  };
}

function budgetIn(answers: Answers) {
  const columns = Object.keys(grantFields.budget.parts);
  return rowsOf(answers, { name: 'budget', columns }).map(({ description = '', amount = '' }) => ({
    description,
    amount: readYuan(amount) ?? 0,
  }));
}

function totalOf(answers: Answers): number {
  return sumFen(budgetIn(answers).map(({ amount }) => amount));
}

/** The total, with a word about a ceiling that it exceeds: the funder decides, the applicant should know. */
function Total({ page, programme }: { readonly page: Shown; readonly programme: Programme }) {
  const { language, answers } = page;
  const total = totalOf(answers);
  const shown = { total: yuanText(language, total), ceiling: yuanText(language, programme.ceiling) };
  return (
    <>
      <strong class="money">{shown.total}</strong>
      {total > programme.ceiling && <Notice tone="warning">{fill(budgetText[language].aboveCeiling, shown)}</Notice>}
    </>
  );
}

/** Rows of a budget with what they come to, and how much may be asked for. */
function budgetField(programme: Programme): OwnField {
  return {
    view(page, drawn) {
      const { language } = page;
      const text = budgetText[language];
      const total = totalOf(page.answers);
      return (
        <>
          <p class="hint">{fill(text.ceiling, { amount: yuanText(language, programme.ceiling) })}</p>
          {drawn}
          {total > 0 && (
            <p>
              {text.total} <strong class="money">{yuanText(language, total)}</strong>
            </p>
          )}
        </>
      );
    },
    show: (page) => [
      ...budgetIn(page.answers).map(({ description, amount }) => ({
        label: description,
        value: yuanText(page.language, amount),
      })),
      { label: budgetText[page.language].total, value: <Total page={page} programme={programme} /> },
    ],
  };
}

/** The rules that are told above a page; the form tells the others where the answers are. */
const aboutWho: ReadonlySet<string> = new Set(['outside-area', 'not-eligible-type']);

/** What was answered so far of what rules ask. */
function appliedIn(answers: Answers): Applied {
  const place = Place.safeParse(
    Object.fromEntries(['province', 'city', 'district'].map((part) => [part, answers.get(`place.${part}`) ?? ''])),
  ).data;
  const organizationType = z.enum(organizationTypes).safeParse(answers.get('organizationType')).data;
  return {
    ...(place && { place }),
    ...(organizationType && { organizationType }),
    requested: totalOf(answers),
    answers: {},
  };
}

/** The programme that a grant's form is of. @throws {@link Rejected} `not-found` */
function held(programme: Programme | undefined): Programme {
  if (!programme) throw new Rejected('not-found');
  return programme;
}

/** The form for a grant: the programme's own questions, and a budget under its ceiling. */
export const grantForms: KindForms<'grant'> = {
  texts: grantFormText,
  path: '/grants/new',
  input: GrantInput,
  ofProgramme: true,
  tells: 'purpose',
  own({ language, programme, today, others = [] }) {
    const of = held(programme);
    const day = LocalDate.parse(today);
    return {
      notice({ answers }) {
        const applied = appliedIn(answers);
        const findings = unmetRules(applied, of, day).filter(({ code }) => aboutWho.has(code));
        const fitting = fittingProgrammes(applied, others, day).filter(({ id }) => id !== of.id);
        return <Unmet language={language} findings={findings} fitting={fitting} />;
      },
      own: { answers: answersField(of.questions), budget: budgetField(of) },
      labels: questionLabels(language, of.questions),
      given: { programme: of.id },
    };
  },
};
