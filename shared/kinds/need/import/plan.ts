import type { QuantityNotice, QuantityProblem } from '../../../domain/read/quantity.ts';
import type { Column, Columns } from '../../../domain/sheet/find-header.ts';
import type { DayField, NeedField } from './columns.ts';
import type { CareTier, Urgency } from './degrees.ts';

export interface PlannedLine {
  readonly item: string;
  readonly specification?: string;
  /** Whole units, or null: needed, amount unknown. */
  readonly quantity: number | null;
  readonly unit?: string;
}

/** What rows say of the whole need, besides its lines. */
export type AskedOfNeed = {
  readonly name?: string;
  readonly phone?: string;
  readonly address?: string;
  readonly urgency?: Urgency;
  readonly careTier?: CareTier;
  readonly note?: string;
} & { readonly [F in DayField]?: string };

/** One need that the import would make: what one organization in one district asks for. */
export interface PlannedNeed extends Omit<AskedOfNeed, 'name' | 'phone'> {
  /**
   * The same for the same organization and place in any sheet, whatever width, case, spaces and brackets they are written
   * with. Plain text, to be hashed before it is used as a key.
   */
  readonly importKey: string;
  /** Changes when a line, or anything else that is asked, changes; not when rows change their order. To be hashed too. */
  readonly contentKey: string;
  readonly organization: string;
  /** As the sheet says, `''` where it says nothing. */
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly lines: readonly PlannedLine[];
  readonly contact?: { readonly name?: string; readonly phone?: string };
  /** The file's lines that it was made from, in their order. */
  readonly sourceLines: readonly number[];
}

/** Why a row is not used at all. */
export type RejectedCode =
  | 'quantity-zero'
  | 'not-needed'
  | 'organization-missing'
  | 'item-missing'
  | 'too-long'
  /** the headings once more */
  | 'header-again'
  /** a sum of other rows */
  | 'total-row'
  /** the organization has more lines than one need may have; none of them is used */
  | 'too-many-lines';

/** What of a row was not taken over although the row is used. */
export type NoticeCode =
  | QuantityNotice
  /** these leave the amount unknown */
  | QuantityProblem
  | 'quantity-too-large'
  | 'quantity-in-words'
  /** the cell of the amount and the column of units name different units: the cell's is taken */
  | 'unit-differs'
  | 'urgency-from-quantity'
  /** a formula without its value, or a spreadsheet's error */
  | 'cell-unreadable'
  | 'date-unreadable'
  | 'date-from-number'
  | 'date-year-assumed'
  | 'phone-unreadable'
  | 'phone-missing'
  | 'more-phones'
  | 'contact-words'
  | 'urgency-unreadable'
  | 'care-tier-unreadable'
  | 'too-long'
  /** another row of the same need said something else first */
  | 'differs';

export interface Remark<C extends string> {
  /** The sheet's name, where several sheets of a workbook are read. */
  readonly sheet?: string;
  /** In its sheet, from 1. */
  readonly line: number;
  readonly column?: NeedField;
  readonly code: C;
  /** What stood there; never of a column with personal data. */
  readonly value?: string;
  /** The maximum that was exceeded. */
  readonly maximum?: number;
}

/** How one sheet of the file was read. */
export interface PlannedSheet {
  readonly name: string;
  readonly columns: Columns<NeedField>;
  /** Columns that nothing is taken from. */
  readonly ignored: readonly Column[];
  /** Columns without which nothing can be planned; when there is any, no row of the sheet was looked at. */
  readonly missing: readonly NeedField[];
  /** Rows below the headings; none where columns are missing. */
  readonly rows: number;
}

/** What an import would do, and everything that it would not. Every row below the headings is a planned line or rejected once. */
export interface NeedsImportPlan {
  /** In the file's order. */
  readonly sheets: readonly PlannedSheet[];
  /** Columns that the sheet lacks which has most of them; none where any sheet was read. */
  readonly missing: readonly NeedField[];
  readonly needs: readonly PlannedNeed[];
  readonly rejected: readonly Remark<RejectedCode>[];
  readonly notices: readonly Remark<NoticeCode>[];
  readonly totals: {
    /** Rows below the headings, of all sheets that were read. */
    readonly rows: number;
    readonly needs: number;
    readonly lines: number;
    /** Lines of unknown amount. */
    readonly unknownLines: number;
    /** The sum of the known amounts. */
    readonly pieces: number;
  };
}
