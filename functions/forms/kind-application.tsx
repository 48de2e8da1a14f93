import { CONSENT } from '../../shared/kinds/draft.ts';
import type { Answers, Questions } from './answers.ts';
import { type Application, type CheckedBody, drafted, type Step } from './application.ts';
import { consentBody } from './consent.tsx';
import { type Description, defaultsOf, labelsOf, partsOf, stepsOf, textAt } from './description.ts';
import { isInSight } from './field-input.tsx';
import { FieldsView } from './fields-view.tsx';
import type { KindForm, OwnFields } from './own.ts';
import { inBody, pastDays, readFields, singlesOf, typedIn } from './read-fields.ts';
import { showFields } from './show-fields.ts';

/** What a form asks: single inputs, and the one list that it may have. */
export function questionsOf(description: Description, own: OwnFields): Questions {
  const single = [...singlesOf(description), ...Object.values(own).flatMap((field) => field.single ?? [])];
  const [list] = Object.entries(description.fields).flatMap(([name, field]) => {
    const columns = field.widget === 'rows' ? partsOf(field).map(([column]) => column) : own[name]?.columns;
    return columns ? [{ name, columns }] : [];
  });
  return { single, ...(list && { list }) };
}

interface Around {
  readonly title: string;
  readonly path: string;
  /** the day it is at the hub */
  readonly today: string;
}

/** The form for a kind of case, page by page as its fields say. */
export function kindApplication(description: Description, around: Around, form: KindForm): Application {
  const { title, path, today } = around;
  const { language, kind, schema } = description;
  const { own, files, long, receive } = form;
  const questions = questionsOf(description, own);
  // the box of whoever agrees says by itself what it is
  const { consent: _consent, ...labels } = { ...labelsOf(language, kind), ...form.labels };
  const [first, ...others] = [...stepsOf(description)]
    .filter(([id]) => id !== 'check')
    .map(([id, names]) => stepOf(description, own, id, names));
  if (!first) throw new Error(`the form of a ${kind} asks nothing`);
  async function draft(answers: Answers, thorough: boolean): Promise<CheckedBody> {
    const typed = typedIn(answers);
    const { body, problems } = readFields(description, typed, own);
    const found = [...problems, ...pastDays(description, typed, today)].map(inBody);
    const whole = { ...body, language, ...consentBody(answers), ...form.given };
    return drafted(schema, whole, [...found, ...((await form.check?.(answers, thorough)) ?? [])]);
  }
  return {
    kind,
    title,
    path,
    questions: { ...questions, single: [...questions.single, CONSENT] },
    labels,
    defaults: defaultsOf(description, (name) => isInSight(textAt(description.texts, name))),
    steps: [first, ...others],
    ...(files && { files }),
    ...(long && { long }),
    ...(form.notice && { notice: form.notice }),
    ...(receive && {
      receive: (sent, answers, action) =>
        receive(sent, answers, action, async () => (await draft(answers, true)).problems),
    }),
    draft,
  };
}

function stepOf(description: Description, own: OwnFields, id: string, names: readonly string[]): Step {
  return {
    id,
    title: description.steps[id] ?? id,
    asks: names.flatMap((name) => [name, ...(own[name]?.also ?? [])]),
    view: (page) => <FieldsView description={description} page={page} names={names} own={own} />,
    shows: (page, name) => {
      const field = name.split('.')[0] ?? '';
      return names.includes(field) && (own[field]?.shows?.(page, name) ?? true);
    },
    summary: (page) => showFields(description, names, page, own),
  };
}
