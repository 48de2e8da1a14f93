import type { Child } from 'hono/jsx';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { decisionInputs } from '../../../shared/kinds/decision.ts';
import type { Answers, Questions } from '../../forms/answers.ts';
import { type Application, type CheckedBody, drafted, type PageView } from '../../forms/application.ts';
import { type Description, labelsOf, stepsOf } from '../../forms/description.ts';
import { FieldsView } from '../../forms/fields-view.tsx';
import { fillIn } from '../../forms/fill-in.ts';
import { questionsOf } from '../../forms/kind-application.tsx';
import type { KindForm } from '../../forms/own.ts';
import { inBody, pastDays, readFields, typedIn } from '../../forms/read-fields.ts';

/** What an applicant can change when changes were requested: one page with what was sent. */
export interface Changes {
  readonly questions: Questions;
  readonly labels: Readonly<Record<string, string>>;
  /** what was sent before */
  readonly sent: Answers;
  readonly files?: boolean;
  readonly long?: Application['long'];
  view(page: PageView): Child;
  shows?(page: PageView, name: string): boolean;
  receive?: Application['receive'];
  draft(answers: Answers): Promise<CheckedBody> | CheckedBody;
}

/** Problems are found where the answer has them, `/changes/lines/0`, and shown where the form has them. */
export function resubmission(
  kind: Case['kind'],
  answers: Answers,
  changes: unknown,
  found: readonly FieldProblem[],
): CheckedBody {
  const body = { outcome: 'resubmitted', reason: answers.get('reason') ?? '', changes };
  const inBody = found.map((problem) => ({ ...problem, pointer: `/changes${problem.pointer}` }));
  const draft = drafted(decisionInputs[kind], body, inBody);
  return { body, problems: draft.problems.map((problem) => asked(problem)) };
}

/** The field of the form for a problem with an answer's changes. */
export function asked(problem: FieldProblem): FieldProblem {
  return { ...problem, pointer: problem.pointer.replace(/^\/changes(?=\/)/, '') };
}

/**
 * What can be changed of a case, as its fields say: all but who asks, whom to ask last.
 * @param today the day it is at the hub
 */
export function changesOf(description: Description, subject: Case, today: string, form: KindForm): Changes {
  const { own, files, long, receive } = form;
  const questions = questionsOf(description, own);
  const sent = fillIn(description.fields, subject, own);
  const steps = [...stepsOf(description)];
  const inOrder = [...steps.filter(([id]) => id !== 'who'), ...steps.filter(([id]) => id === 'who')];
  async function draft(answers: Answers): Promise<CheckedBody> {
    const typed = typedIn(answers);
    const { body, problems } = readFields(description, typed, own);
    const found = [...problems, ...pastDays(description, typed, today, sent)].map(inBody);
    return resubmission(subject.kind, answers, body, [...found, ...((await form.check?.(answers, true)) ?? [])]);
  }
  return {
    questions: { ...questions, single: [...questions.single, 'reason'] },
    labels: { ...labelsOf(description.language, subject.kind), ...form.labels },
    sent,
    ...(files && { files }),
    ...(long && { long }),
    view: (page) => (
      <>
        {inOrder.map(([, names], index) => (
          <>
            {index > 0 && <hr />}
            <FieldsView description={description} page={page} names={names} own={own} />
          </>
        ))}
      </>
    ),
    shows: (page, name) => own[name.split('.')[0] ?? '']?.shows?.(page, name) ?? true,
    ...(receive && {
      receive: (form, answers, action) => receive(form, answers, action, async () => (await draft(answers)).problems),
    }),
    draft,
  };
}
