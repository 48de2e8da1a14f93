import type * as z from 'zod';
import type { PartyId } from '../domain/ids.ts';
import type { Role } from '../domain/party.ts';
import type { Instant } from '../domain/time.ts';
import type { Waits } from './waits.ts';

/** Who may take an edge of a lifecycle. */
export type By = 'workflow' | 'applicant' | 'hub' | 'funder' | 'donor' | 'insurer';

/** Who is asked in a stage: the applicant, the hub's desk, or that of the party that funds, gives or insures. */
export interface Asks {
  readonly by: Exclude<By, 'workflow'>;
  /** which members of the party; none for the applicant */
  readonly roles: readonly Role[];
  /** only this party may answer: where nobody of it may, the question stays with it and goes to no hub */
  readonly alone?: true;
}

/** The applicant is asked, or the hub's coordinators for one who has no mail. */
export const applicant: Asks = { by: 'applicant', roles: [] };
/** The hub's coordinators and lead are asked. */
export const hubDesk: Asks = { by: 'hub', roles: ['coordinator', 'lead'] };

/**
 * A stage of a kind: `S` are the kind's stages, `O` its outcomes. The order of `on` is that of the buttons; a stage from
 * which nothing leads on is an end.
 */
export interface Stage<S extends string = string, O extends string = string> {
  /** drawn always, drawn when the case came there, or beside the way: detours and early ends */
  readonly way: 'main' | 'sometimes' | 'aside';
  /** who is asked; left out where nobody is, in automatic stages and ends */
  readonly asks?: Asks;
  /** what follows on silence, and when; or the fragment of a workflow by which the stage runs */
  readonly waits?: Waits;
  /** what others than whoever is asked may do meanwhile; an outcome that `on` does not have leaves the case where it is */
  readonly beside?: { readonly [P in O]?: Asks };
  /** who brought the case here does not answer here */
  readonly fromAnother?: true;
  /** the release whose state machine first has it: a run that began under an earlier one ends, and another carries the case on */
  readonly since?: '0.2.0';
  /** where each outcome leads */
  readonly on?: { readonly [P in O]?: readonly S[] };
}

/** What can come of a stage. The fields of an answer stand in the kind's `decision.ts`. */
export interface Outcome {
  /** who takes it where it is not whoever the stage asks: then it is no button of the task */
  readonly by?: 'workflow' | 'applicant';
  /** `false`: it did not carry the case on, and who gave it may still decide */
  readonly carriesOn?: false;
  /** it is a second look: who gave one of these as the last answer of an earlier stage does not give this one */
  readonly notAfter?: readonly string[];
  /** who reads its reason and score: only who weighs the case, or only the parties that decide; left out, everybody */
  readonly reasonFor?: 'assessment' | 'deliberation';
}

/** What an outcome is called: on the button, once it has happened, and to the applicant, where it is news to them. */
export interface OutcomeWords {
  readonly button: string;
  readonly happened: string;
  /**
   * the subject and the body of the mail to the applicant, and what stands below where the case has all that it names; left
   * out, they are not mailed
   */
  readonly news?: readonly [subject: string, body: string, more?: string];
  /** the same where it led to this stage and means something else */
  readonly newsAt?: { readonly [stage: string]: readonly [subject: string, body: string, more?: string] };
}

/** What a kind says in one language: a file a language, `words.zh.ts` and `words.en.ts`. */
export interface Words<S extends string = string, O extends string = string> {
  readonly name: string;
  /** for how many `{days}` what is personal in one is kept after its end, and why, as the page about personal data says it */
  readonly kept: string;
  /** what becomes of one after it was sent, step by step, for who has just sent it */
  readonly next: readonly string[];
  readonly stages: Readonly<Record<S, string>>;
  readonly outcomes: Readonly<Record<O, OutcomeWords>>;
  /** what the automatic checks notice, by code; `{…}` are filled in */
  readonly findings: Readonly<Record<string, string>>;
  /** what each mail about a case says besides, each where the case has all that it names */
  readonly remarks?: readonly string[];
}

/** What of a case a mail may name beside its number, by the names that texts use; amounts as `fen`. */
export type Details = Readonly<Record<string, string | number>>;

/** A kind of case `C`: what is asked of it wherever all kinds are treated alike. */
export interface KindOf<C extends { readonly stage: string }, O extends string> {
  readonly stages: Readonly<Record<C['stage'], Stage<C['stage'], O>>>;
  readonly outcomes: Readonly<Record<O, Outcome>>;
  /** for how many days after its end a case keeps what is personal in it; then the sweep erases that, see `retention.ts` */
  readonly keptDays: number;
  /** the type of the party beside the hub that has part in a case: who funds, gives or insures */
  readonly partnerType: 'funder' | 'insurer';
  /** that party, as far as the case has one yet */
  partner(subject: C): PartyId | undefined;
  /** the findings of the checks that who asks is told: rules that are published, and nothing that was looked up about others */
  readonly told?: readonly string[];
  /** whether the partner has promised goods and must know where they go */
  isPromised(subject: C): boolean;
  /** until when the present stage lasts by nature: until goods should be there, until a report is due */
  until(subject: C): Instant | undefined;
  /** @param now milliseconds since 1970 */
  details(subject: C, now: number): Details;
}

/** The forms: an applicant's, a coordinator's for an organization, changes that were asked for, and what a verification mends. */
export type FormName = 'submit' | 'behalf' | 'changes' | 'verified';

/** How a column of somebody's sheet is recognized, see `domain/sheet/find-header.ts`. */
export interface Headings {
  readonly names: readonly string[];
  readonly patterns?: readonly RegExp[];
  /** what means something else although it matches */
  readonly except?: RegExp;
}

interface Drawn {
  /** what a browser may fill in, as HTML names it */
  readonly autocomplete?: string;
  readonly column?: Headings;
}

type Parts = Readonly<Record<string, AnyPart>>;

/** Drawn and read by code in the kind's folder of `functions/kinds/`. */
interface Own extends Drawn {
  readonly widget: 'own';
}
interface Plain<W extends string> extends Drawn {
  readonly widget: W;
}
interface Day extends Drawn {
  readonly widget: 'date';
  /** a day that has passed is a slip of the pen */
  readonly future?: true;
}
/** Fields that belong together: below each other with a heading, or a place in one line. */
interface Group<P> extends Drawn {
  readonly widget: 'group' | 'place';
  readonly parts: P;
}
interface Rows<P> extends Drawn {
  readonly widget: 'rows';
  readonly parts: P;
  /** more rows than these are not asked for */
  readonly most: number;
}
type Line = Plain<'line' | 'prose' | 'phone' | 'email'>;
interface Quantity extends Drawn {
  readonly widget: 'quantity';
  /** the part of the row that holds its unit */
  readonly unit: string;
}
type Amount = Quantity | Plain<'yuan'>;
type Choice = Plain<'choice'>;

/** A field, or a part of one, whatever its type. */
export type AnyPart = Own | Line | Day | Choice | Amount | Group<Parts> | Rows<Parts>;

interface Asked {
  /** the page of the applicant's form on which the field stands; pages come in the order of the fields */
  readonly step: string;
  readonly in: readonly FormName[];
  /** what people are told about the use of what they enter here, see `i18n/consent.ts` */
  readonly use?: 'contact' | 'delivery' | 'words' | 'volunteers';
}
export type AnyField = AnyPart & Asked;
export type AnyFields = Readonly<Record<string, AnyField>>;

type PartsOf<T> = { readonly [K in keyof T]-?: Part<NonNullable<T[K]>> };
type TextPart<T> = T extends z.core.$brand ? Own : string extends T ? Line | Day : Choice | Own;
type Part<T> = [T] extends [readonly (infer Row)[]]
  ? Rows<PartsOf<Row>> | Own
  : [T] extends [number]
    ? Amount
    : [T] extends [string]
      ? TextPart<T>
      : Group<PartsOf<T>> | Own;

/** A field that holds a `T`. */
export type Field<T> = Part<NonNullable<T>> & Asked;
/** The fields of an input: each of them, and none that it has not. */
export type Fields<Input> = { readonly [K in keyof Input]-?: Field<Input[K]> };

/** The words of a field, or of a part of one, whatever its type. */
export interface AnyText {
  readonly label: string;
  readonly hint?: string;
  readonly choices?: Readonly<Record<string, string>>;
  /** of a list: what a row is called, and the button that adds one */
  readonly row?: string;
  readonly add?: string;
  readonly parts?: AnyTexts;
}
export type AnyTexts = Readonly<Record<string, AnyText>>;

type PlainText = Omit<AnyText, 'choices' | 'parts'>;
type PartTexts<T> = PlainText & { readonly parts: Texts<T> };
type LineText<T> = T extends z.core.$brand
  ? PlainText
  : string extends T
    ? PlainText
    : PlainText & { readonly choices: Readonly<Record<T & string, string>> };
type Text<T> = [T] extends [readonly (infer Row)[]]
  ? PartTexts<Row>
  : [T] extends [number]
    ? PlainText
    : [T] extends [string]
      ? LineText<T>
      : PartTexts<T>;
/** The words of an input's fields in one language: one label each, everywhere. */
export type Texts<Input> = { readonly [K in keyof Input]-?: Text<NonNullable<Input[K]>> };

/** What the forms of a kind say in one language: their fields, and the title of each page but the last. */
export interface FormWords<Input, Asks extends AnyFields> {
  readonly fields: Texts<Omit<Input, 'consent'>> & { readonly consent: AnyText };
  readonly steps: Readonly<Record<Exclude<Asks[keyof Asks]['step'], 'check'>, string>>;
  /** labels of what is answered at the stages, by the fields of the answers */
  readonly answered: Readonly<Record<string, string>>;
}
