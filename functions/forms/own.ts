import type { Child } from 'hono/jsx';
import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { FormName } from '../../shared/kinds/define.ts';
import type { Form } from '../web/read-form.ts';
import type { SummaryRow } from '../web/summary-list.tsx';
import type { Answers } from './answers.ts';
import type { PageView, Received } from './application.ts';
import type { LongList } from './long-list.ts';
import type { FormProblem, Typed } from './read-fields.ts';

/** What rows of answers are made from. */
export type Shown = Pick<PageView, 'language' | 'answers'>;

/** What of a field its description cannot say: code of `functions/kinds/<kind>/`. */
export interface OwnField {
  /** the names of its inputs, where they are no list */
  readonly single?: readonly string[];
  /** the columns of its list */
  readonly columns?: readonly string[];
  /** what else is asked beside it, by name: a file */
  readonly also?: readonly string[];
  /** @param drawn the field as its description has it */
  view?(page: PageView, drawn: Child): Child;
  /** whether the page shows the input; left out: all of them */
  shows?(page: PageView, name: string): boolean;
  read?(typed: Typed, form: FormName): { readonly value: unknown; readonly problems: readonly FormProblem[] };
  /** as an earlier request has it, by the names of its inputs */
  fill?(subject: object): readonly (readonly [string, string])[];
  /** as rows of a check page, or of facts */
  show?(page: Shown): readonly SummaryRow[];
}

/** By the names of the fields. */
export type OwnFields = Readonly<Record<string, OwnField>>;

/** What a kind has of its own in a form that is described. */
export interface KindForm {
  readonly own: OwnFields;
  /** labels beyond the kind's: a programme's own questions */
  readonly labels?: Readonly<Record<string, string>>;
  /** fields of the body that no form asks for */
  readonly given?: Readonly<Record<string, unknown>>;
  /** whether the form carries files */
  readonly files?: boolean;
  /** where its list may be longer than a page can carry */
  readonly long?: LongList;
  /** what files and buttons of its own do to the answers */
  receive?(
    form: Form,
    answers: Answers,
    action: string,
    problems: () => Promise<readonly FieldProblem[]>,
  ): Promise<Received>;
  /** what whoever fills it in should know before they go on, by what they answered so far */
  notice?(page: Shown): Child;
  /**
   * What is wrong that neither schema nor fields know.
   * @param thorough also what takes many reads
   */
  check?(answers: Answers, thorough: boolean): Promise<readonly FieldProblem[]>;
}
