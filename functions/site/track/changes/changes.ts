import type { Child } from 'hono/jsx';
import type { FieldProblem } from '../../../../shared/domain/errors.ts';
import type { Case } from '../../../../shared/kinds/case.ts';
import { decisionInputs } from '../../../../shared/kinds/decision.ts';
import type { Answers, Questions } from '../../../forms/answers.ts';
import { type Application, type Draft, drafted, type PageView } from '../../../forms/application.ts';

/** What an applicant can change when changes were requested: one page with what was sent. */
export interface Changes {
  readonly questions: Questions;
  readonly labels?: Readonly<Record<string, string>>;
  /** what was sent before */
  readonly sent: Answers;
  readonly files?: boolean;
  /** empty rows to begin with where there are none */
  readonly firstRows: number;
  view(page: PageView): Child;
  shows?(page: PageView, name: string): boolean;
  receive?: Application['receive'];
  draft(answers: Answers): Promise<Draft> | Draft;
}

/** Problems are found where the answer has them, `/changes/lines/0`, and shown where the form has them. */
export function resubmission(
  kind: Case['kind'],
  answers: Answers,
  changes: unknown,
  found: readonly FieldProblem[],
): Draft {
  const body = { outcome: 'resubmitted', reason: answers.get('reason') ?? '', changes };
  const inBody = found.map((problem) => ({ ...problem, pointer: `/changes${problem.pointer}` }));
  const draft = drafted(decisionInputs[kind], body, inBody);
  return { body, problems: draft.problems.map((problem) => asked(problem)) };
}

/** The field of the form for a problem with an answer's changes. */
export function asked(problem: FieldProblem): FieldProblem {
  return { ...problem, pointer: problem.pointer.replace(/^\/changes(?=\/)/, '') };
}

/** Contact and delivery of a case that came without may stay out; begun, they must be whole. */
export function begun<T extends Readonly<Record<string, string>>>(name: string, fields: T) {
  return Object.values(fields).some((value) => value.trim() !== '') ? { [name]: fields } : {};
}

/** The contact of a case as the form's answers. */
export function contactAnswers(subject: Case): [string, string][] {
  const { name = '', phone = '', email = '' } = subject.contact ?? {};
  return [
    ['contact.name', name],
    ['contact.phone', phone],
    ['contact.email', email],
  ];
}
