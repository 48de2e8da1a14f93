import type * as z from 'zod';
import type { FieldProblem } from '../../shared/domain/errors.ts';
import type { Kind } from '../../shared/domain/ids.ts';
import type { Bilingual, Language } from '../../shared/domain/language.ts';
import type { Programme } from '../../shared/entities/programme/programme.ts';
import type { CaseOf } from '../../shared/kinds/case.ts';
import type { Hub } from '../../shared/store/hub.ts';
import type { KindForm, OwnFields } from '../forms/own.ts';

/** What an applicant's form is made from. */
export interface FormBasis {
  readonly hub: Hub;
  readonly language: Language;
  /** the day it is at the hub */
  readonly today: string;
  /** the programme that was chosen before the form began, for a form that is a programme's */
  readonly programme: Programme | undefined;
}

/** What stands around an applicant's form. */
export interface FormTexts {
  readonly title: string;
  /** in the menu of the site */
  readonly menu: string;
  /** on the home page */
  readonly card: { readonly title: string; readonly text: string; readonly action: string };
  /** what happens when it was sent, step by step */
  readonly next: readonly string[];
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

/** The form with which a coordinator enters a case for an organization, or changes it. */
export interface DeskForms<K extends Kind> {
  readonly texts: Bilingual<EntryTexts>;
  /** what is sent */
  readonly input: z.ZodObject;
  /** the field whose rows the form tells what is wrong with them by itself */
  readonly toldByRow?: string;
  /** @param subject the case that is changed, where one is */
  own(basis: DeskBasis, subject?: CaseOf<K>): DeskOwn;
  /** what a file that came with the form types into it, by the names of its inputs; or why it cannot be used */
  readFile?(
    language: Language,
    bytes: Uint8Array,
  ): Promise<{ readonly typed: Readonly<Record<string, string>> } | { readonly why: string }>;
}
