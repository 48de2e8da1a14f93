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
  /** The amount in the sheet's words, where they say other than a number. */
  readonly written?: string;
  readonly dailyUse?: number;
  readonly onHand?: number;
}

/** Where a row stands in the file. */
export interface RowPlace {
  /** The sheet's name, where several sheets of a workbook are read. */
  readonly sheet?: string | undefined;
  /** In its sheet, from 1. */
  readonly line: number;
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
  /** The row that each line was made from. */
  readonly sources: readonly RowPlace[];
}

/** Why a row is not used at all. */
export type RejectedCode =
  | 'quantity-zero'
  | 'not-needed'
  | 'organization-missing'
  | 'item-missing'
  | 'too-long'
  /** the headings once more: in another language, or as hashtags */
  | 'header-again'
  /** a sum of other rows */
  | 'total-row'
  | 'note'
  /** who filled in the sheet, or checked it: their names are not repeated */
  | 'signature'
  | 'units-row'
  | 'example-row'
  /** a row of a table that goes across, in which nothing is filled in */
  | 'nothing-asked'
  /** somebody said that it is not to be taken */
  | 'left-out'
  /** the organization has more lines than one need may have; none of them is used */
  | 'too-many-lines';

/** What of a row was not taken over although the row is used. */
export type NoticeCode =
  | QuantityNotice
  /** these leave the amount unknown */
  | QuantityProblem
  | 'quantity-too-large'
  | 'quantity-in-words'
  /** one amount of several items together: of each it is unknown */
  | 'quantity-together'
  /** several items stood in one row */
  | 'items-split'
  /** some of what stands in the row is not needed */
  | 'partly-not-needed'
  /** more lines than one need may have: some of the row's are not used */
  | 'too-many-lines'
  /** what stands in the row above counts: the organization of a block, or 同上 */
  | 'as-above'
  /** daily use or stock that is no number */
  | 'count-unreadable'
  /** daily use or stock in a row of several items */
  | 'count-of-several'
  | 'read-as-matrix'
  | 'read-as-matrix-of-sites'
  | 'column-guessed'
  | 'place-from-sheet'
  | 'organization-from-sheet'
  | 'organization-from-title'
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
  /** more than two numbers, or words beside them, are kept in the note */
  | 'phones-in-note'
  | 'urgency-unreadable'
  | 'care-tier-unreadable'
  | 'too-long'
  /** another row of the same need said something else first */
  | 'differs';

export interface Remark<C extends string> extends RowPlace {
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
  /** The row of the headings; 0 where there are none. */
  readonly headings: number;
  readonly columns: Columns<NeedField>;
  /** Columns whose headings name what is needed, or who needs it, in a table that goes across. */
  readonly across: readonly Column[];
  /** Columns that nothing is taken from. */
  readonly ignored: readonly Column[];
  /** Somebody said that the sheet is not to be taken. */
  readonly leftOut: boolean;
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
