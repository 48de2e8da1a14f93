import type { Child } from 'hono/jsx';
import type * as z from 'zod';
import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import type { Language } from '../../shared/domain/language.ts';
import { fieldProblems } from '../../shared/domain/problems.ts';
import type { FormView } from '../web/form-view.ts';
import type { Form } from '../web/read-form.ts';
import type { SummaryRow } from '../web/summary-list.tsx';
import type { Answers, Questions } from './answers.ts';
import type { LongList } from './long-list.ts';

/** What a page of a form is drawn from. */
export interface PageView {
  readonly language: Language;
  readonly form: FormView;
  readonly answers: Answers;
  /** how many rows of the list to show, empty ones too */
  readonly rows: number;
  /** the day it is at the hub */
  readonly today: string;
  /** whether what is wrong with the answers is shown: rows without a problem are then known to be good */
  readonly checked: boolean;
  /** what the names of inputs begin with, where several forms stand on a page */
  readonly scope?: string;
  /** for desks: all on one page, rows as a table, without what explains a field to somebody who is new to it */
  readonly dense?: boolean;
}

/** What a form found out about a request before its answers are looked at: a file was read, rows were left out. */
export interface Received {
  readonly answers: Answers;
  /** show this page again, with what is wrong */
  readonly stay?: boolean;
  /** what is said about a field, in the reader's language */
  readonly said?: readonly { readonly name: string; readonly text: string }[];
  readonly notice?: string;
}

/** One page of a form. */
export interface Step {
  readonly id: string;
  readonly title: string;
  /** the fields asked here, by the first part of their names */
  readonly asks: readonly string[];
  view(page: PageView): Child;
  /** whether the page shows the field as an input; left out: every field it asks */
  shows?(page: PageView, name: string): boolean;
  /** its answers, for checking */
  summary(page: PageView): readonly SummaryRow[];
}

/** What the answers amount to: the body to send, and what is wrong with them. */
export interface CheckedBody {
  readonly body: unknown;
  readonly problems: readonly FieldProblem[];
}

/** A form for one kind of case, as the reader's language and the moment have it. */
export interface Application {
  readonly kind: Kind;
  readonly title: string;
  readonly path: string;
  readonly questions: Questions;
  readonly labels: Readonly<Record<string, string>>;
  readonly defaults: Answers;
  readonly steps: readonly [Step, ...Step[]];
  /** what files and buttons of its own do to the answers */
  receive?(form: Form, answers: Answers, action: string): Promise<Received>;
  /** whether its form carries files */
  readonly files?: boolean;
  /** where its list may be longer than a page can carry */
  readonly long?: LongList;
  /** what stands above a page, by what was answered so far */
  notice?(page: PageView): Child;
  /**
   * The answers as a body, checked as the whole case will be.
   * @param thorough also what takes many reads: before sending, and on the page that asks it
   */
  draft(answers: Answers, thorough: boolean): Promise<CheckedBody> | CheckedBody;
}

/** A draft of what the schema says about the body, after what the form itself found in its own fields. */
export function drafted(schema: z.ZodType, body: unknown, found: readonly FieldProblem[] = []): CheckedBody {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return { body, problems: found };
  const known = new Set(found.map((problem) => problem.pointer));
  const more = fieldProblems(result.error.issues).filter((problem) => !known.has(problem.pointer));
  return { body, problems: [...found, ...more] };
}

/** Whether a problem is about a field that the step asks. */
export function isAskedBy(step: Step, problem: FieldProblem): boolean {
  return step.asks.includes(problem.pointer.split('/')[1] ?? '');
}
