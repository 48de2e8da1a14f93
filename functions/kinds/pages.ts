import type { Child } from 'hono/jsx';
import type * as z from 'zod';
import type { ActingMember } from '../../shared/answering/acting.ts';
import type { Sight } from '../../shared/case/sight.ts';
import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Kind, PartyId } from '../../shared/domain/ids.ts';
import type { Bilingual, Language } from '../../shared/domain/language.ts';
import type { OpenTask } from '../../shared/domain/task.ts';
import type { Programme } from '../../shared/entities/programme/programme.ts';
import type { CaseOf } from '../../shared/kinds/case.ts';
import type { Hub } from '../../shared/store/hub.ts';
import type { CheckedBody } from '../forms/application.ts';
import type { Reader } from '../forms/desk-values.ts';
import type { KindForm, OwnFields } from '../forms/own.ts';
import type { FormView } from '../web/form-view.ts';
import type { Form } from '../web/read-form.ts';
import type { SummaryRow } from '../web/summary-list.tsx';
import type { Filled, TypedAnswer } from './desk-answers.ts';

/** What an applicant's form is made from. */
export interface FormBasis {
  readonly hub: Hub;
  readonly language: Language;
  /** the day it is at the hub */
  readonly today: string;
  /** the programme that was chosen before the form began, for a form that is a programme's */
  readonly programme: Programme | undefined;
  /** programmes that could be chosen instead */
  readonly others?: readonly Programme[];
}

/** What stands around an applicant's form. */
export interface FormTexts {
  readonly title: string;
  /** in the menu of the site */
  readonly menu: string;
  /** on the home page */
  readonly card: { readonly title: string; readonly text: string; readonly action: string };
}

/** An applicant's form for a kind of case: on the site, and kept as a draft in the console. */
export interface KindForms<K extends Kind> {
  readonly texts: Bilingual<FormTexts>;
  /** where the site has the form */
  readonly path: `/${string}/new`;
  /** what is sent */
  readonly input: z.ZodObject;
  /** the form is a programme's, which is chosen first */
  readonly ofProgramme: boolean;
  /** an empty sheet that can be filled in and sent with the form: its address without the ending of its format */
  readonly sheet?: {
    readonly path: `/${string}`;
    readonly heading: Bilingual<readonly string[]>;
  };
  /** the name of the input that tells best what a draft is about */
  readonly tells: string;
  /**
   * What the form has of its own.
   * @param subject the case that is changed, where one is
   */
  own(basis: FormBasis, subject?: CaseOf<K>): KindForm;
}

/** What a desk's form is made from. */
export interface DeskBasis {
  readonly language: Language;
  readonly programme?: Programme | undefined;
  /** what is wrong with single rows that the form tells itself, see {@link DeskForms.toldByRow} */
  readonly rows?: readonly FieldProblem[];
}

/** What a desk's form has of its own. */
export interface DeskOwn {
  readonly own: OwnFields;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What stands around a desk's form. */
export interface EntryTexts {
  /** where the kind is chosen */
  readonly card: { readonly title: string; readonly text: string };
  readonly title: string;
}

/** What a desk's form is shown with again, before it is submitted; or why a file that came with it cannot be used. */
export type DeskReceived =
  | {
      /** by the names of its inputs */
      readonly typed: Readonly<Record<string, string>>;
      readonly notice: string;
      /** what is wrong with single rows, see {@link DeskForms.toldByRow} */
      readonly rows: readonly FieldProblem[];
    }
  | { readonly why: string };

/** The form with which a coordinator enters a case for an organization, or changes it. */
export interface DeskForms<K extends Kind> {
  readonly texts: Bilingual<EntryTexts>;
  /** what is sent */
  readonly input: z.ZodObject;
  /** the field whose rows the form tells what is wrong with them by itself */
  readonly toldByRow?: string;
  /** @param subject the case that is changed, where one is */
  own(basis: DeskBasis, subject?: CaseOf<K>): DeskOwn;
  /** what files and buttons of its own do to a form that was sent; undefined where it is to be submitted */
  receive?(language: Language, form: Form): Promise<DeskReceived | undefined>;
}

/** What the page behind a private link is made from. */
export interface SiteBasis {
  readonly hub: Hub;
  readonly language: Language;
  readonly secret: string;
  readonly sight: Sight;
}

/** What that page shows of one case, as its kind has it. */
export interface SiteView {
  /** the form for what the applicant is asked now; nothing where the case's stage asks nothing of them */
  answer(form: FormView, task: OpenTask): Child;
  /** what they may say without being asked */
  besides?(form: FormView): Child;
  /** what becomes of the request; `parties`: what parties are called in the reader's language */
  facts(parties: ReadonlyMap<PartyId, string>): Child;
  /** what was asked for and reported, beyond what the fields tell by themselves */
  readonly details: readonly SummaryRow[];
  /** who has the case while nobody is asked; left out: the automatic checks */
  readonly waiting?: Child;
}

/** What the site knows of a kind behind a private link. */
export interface SitePages<K extends Kind> {
  /** what is said to the applicant who has done something, by what it was */
  done(language: Language): Readonly<Record<string, string>>;
  /** labels of the inputs of its answers, where the words of the kind have none */
  labels?(language: Language): Readonly<Record<string, string>>;
  /** what these inputs hold before anybody typed */
  filled?(subject: CaseOf<K>): Readonly<Record<string, string>>;
  /** what was typed for an outcome; left out, or nothing: the outcome says it all */
  read?(subject: CaseOf<K>, outcome: string, form: Form): CheckedBody | undefined;
  /** amounts that the applicant gives without being asked; left out, there are none to give */
  readonly amounts?: {
    read(subject: CaseOf<K>, form: Form): CheckedBody;
    /** what is said where no amount was given */
    nothing(language: Language): string;
  };
  /** Reads what the page shows of a case beside the case. */
  open(subject: CaseOf<K>, basis: SiteBasis): Promise<SiteView>;
}

/** Who opens a case at a desk, and what they may see and answer. */
export interface DeskLook {
  readonly hub: Hub;
  readonly acting: ActingMember;
  readonly language: Language;
  /** what every form of theirs carries */
  readonly csrf: string;
  readonly sight: Sight;
  /** the tasks that they may answer, each with the answers that they may give */
  readonly mine: readonly OpenTask[];
  /** the row of a list that is shown in full, from 1: it was asked for with a reason, and recorded */
  readonly row: number | undefined;
}

/** What a desk's page shows of one case, as its kind has it. */
export interface DeskView {
  /** what helps with the answer, above the facts */
  readonly hints?: Child;
  /** what is asked for, and what became of it; `parties`: what parties are called in the reader's language */
  facts(parties: ReadonlyMap<PartyId, string>): Child;
  /** what an outcome asks beyond its reason; the names of its inputs begin with `scope` */
  fields(outcome: string, form: FormView, scope: string): Child;
  /** the programme that the case applies to */
  readonly programme?: Programme | undefined;
}

/** What desks know of a kind. */
export interface DeskPages<K extends Kind> {
  /** what the case is about, in a line */
  gist(language: Language, subject: CaseOf<K>): string;
  /** how much hurry there is, in lists */
  urgency?(language: Language, subject: CaseOf<K>): Child;
  /** what else is to be seen at once, above the case */
  tags?(language: Language, subject: CaseOf<K>): Child;
  /** who gives, where somebody does and it is worth a word in a list */
  giver?(subject: CaseOf<K>): string | undefined;
  /** labels of inputs where the words of the kind have none */
  labels?(language: Language, subject: CaseOf<K>): Readonly<Record<string, string>>;
  /** what the inputs of an outcome hold before anybody typed */
  filled?(subject: CaseOf<K>, outcome: string, programme: Programme | undefined): Filled;
  /** what was typed for an outcome beyond its reason */
  read(subject: CaseOf<K>, outcome: string, typed: TypedAnswer): Record<string, unknown> | undefined;
  /** amounts that are given for an applicant; left out, there are none to give */
  readonly amounts?: {
    isOpen(subject: CaseOf<K>): boolean;
    labels(language: Language, subject: CaseOf<K>): Readonly<Record<string, string>>;
    filled(subject: CaseOf<K>): Filled;
    fields(subject: CaseOf<K>, form: FormView, scope: string): Child;
    read(subject: CaseOf<K>, reader: Reader): Record<string, unknown>;
  };
  /** Reads what the page shows of a case beside the case. */
  open(subject: CaseOf<K>, look: DeskLook): Promise<DeskView>;
}
