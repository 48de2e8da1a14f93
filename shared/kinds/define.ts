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
  /** the approval here is a second look: who carried the case through these stages does not give it */
  readonly secondLookAt?: readonly S[];
  /** where each outcome leads */
  readonly on?: { readonly [P in O]?: readonly S[] };
}

/** What can come of a stage. The fields of an answer stand in the kind's `decision.ts`. */
export interface Outcome {
  /** who takes it where it is not whoever the stage asks: then it is no button of the task */
  readonly by?: 'workflow' | 'applicant';
  /** `false`: it did not carry the case on, and who gave it may still decide */
  readonly carriesOn?: false;
  /** who reads its reason and score: only who weighs the case, or only the parties that decide; left out, everybody */
  readonly reasonFor?: 'assessment' | 'deliberation';
}

/** What an outcome is called: on the button, once it has happened, and to the applicant, where it is news to them. */
export interface OutcomeWords {
  readonly button: string;
  readonly happened: string;
  /** the subject and the body of the mail to the applicant; left out, they are not mailed */
  readonly news?: readonly [subject: string, body: string];
}

/** What a kind says in one language: a file a language, `words.zh.ts` and `words.en.ts`. */
export interface Words<S extends string = string, O extends string = string> {
  readonly name: string;
  readonly stages: Readonly<Record<S, string>>;
  readonly outcomes: Readonly<Record<O, OutcomeWords>>;
  /** what the automatic checks notice, by code; `{…}` are filled in */
  readonly findings: Readonly<Record<string, string>>;
}

/** What of a case a mail may name beside its number, by the names that texts use; amounts as `fen`. */
export type Details = Readonly<Record<string, string | number>>;

/** A kind of case `C`: what is asked of it wherever all kinds are treated alike. */
export interface KindOf<C extends { readonly stage: string }, O extends string> {
  readonly stages: Readonly<Record<C['stage'], Stage<C['stage'], O>>>;
  readonly outcomes: Readonly<Record<O, Outcome>>;
  /** the type of the party beside the hub that has part in a case: who funds, gives or insures */
  readonly partnerType: 'funder' | 'insurer';
  /** that party, as far as the case has one yet */
  partner(subject: C): PartyId | undefined;
  /** whether the partner has promised goods and must know where they go */
  isPromised(subject: C): boolean;
  /** until when the present stage lasts by nature: until goods should be there, until a report is due */
  until(subject: C): Instant | undefined;
  details(subject: C): Details;
}
