import type { Child } from 'hono/jsx';
import type { Programme } from '../../shared/entities/programme/programme.ts';
import type { Reader, Values } from '../forms/desk-values.ts';
import type { FormView } from '../web/form-view.ts';

/** What inputs hold before anybody typed, by their names. */
export type Filled = Readonly<Record<string, string | undefined>>;

/** What was typed for an answer: as it stands there, and read as what it should be. */
export interface TypedAnswer {
  readonly values: Values;
  readonly reader: Reader;
}

/** What is drawn for an answer about the case `subject`; `held`: what its kind read for the page. */
interface Asked<C, H> {
  readonly form: FormView;
  /** what the names of the inputs begin with */
  readonly scope: string;
  readonly subject: C;
  readonly held: H;
}

/** What an outcome asks at a desk beyond its reason: its inputs, and how they are read. */
export interface DeskAnswer<C, H = undefined> {
  fields(asked: Asked<C, H>): Child;
  filled?(subject: C, programme: Programme | undefined): Filled;
  read(subject: C, typed: TypedAnswer): Record<string, unknown> | undefined;
}

/** The outcomes of a decision `D` that ask more than a reason; changes have the form of the case itself. */
type Asking<D> = D extends { readonly outcome: infer O extends string }
  ? Exclude<keyof D, 'outcome' | 'reason'> extends never
    ? never
    : Exclude<O, 'resubmitted'>
  : never;

/** An entry for each outcome of a kind that asks something. */
export type DeskAnswers<D, C, H = undefined> = { readonly [O in Asking<D>]: DeskAnswer<C, H> };

/** The entry of an outcome; undefined for one that asks nothing. */
export function answerOf<A>(answers: Readonly<Record<string, A>>, outcome: string): A | undefined {
  return Object.hasOwn(answers, outcome) ? answers[outcome] : undefined;
}
