import * as z from 'zod';
import { classed } from '../../domain/privacy/classes.ts';
import { line, optionalLine } from '../../domain/text.ts';

/** More of one thing is a slip of the pen. */
export const MOST_COUNTED = 100_000_000;
/** Pieces, boxes, sets: counted in whole ones. */
export const Quantity = z.int().min(1).max(MOST_COUNTED);

/** A line as it is asked for. `quantity: null` means "needed, amount unknown", which is not one piece and not none. */
export const NeedLineInput = z.strictObject(
  classed('party', {
    item: line(120),
    specification: optionalLine(300),
    quantity: Quantity.nullable(),
    unit: optionalLine(20),
  }),
);
export type NeedLineInput = z.infer<typeof NeedLineInput>;

export const LONGEST_WRITTEN = 120;

/** What a sheet tells of a line, which no form asks for. */
export const ToldOfLine = {
  /** the amount in the sheet's words, where they say other than a number: 若干, 500-1000; as a note, it can name somebody */
  ...classed('personal', { written: optionalLine(LONGEST_WRITTEN) }, 'application'),
  ...classed('party', {
    /** how much of it is used up in a day */
    dailyUse: z.int().min(0).max(MOST_COUNTED).optional(),
    /** how much of it is there */
    onHand: z.int().min(0).max(MOST_COUNTED).optional(),
  }),
};

/** A line as a coordinator enters it for an organization. */
export const NeedLineOnBehalf = NeedLineInput.extend(ToldOfLine);

/** A line of a case: what was asked, and what became of it. */
export const NeedLine = NeedLineOnBehalf.extend(
  classed('party', {
    /** `L1`, `L2`…: stays with the line when the rest of it goes on as a linked need */
    id: z.string().regex(/^L\d{1,4}$/),
    /** the applicant said that no more is needed */
    enough: z.boolean().optional(),
    approved: Quantity.or(z.literal(0)).optional(),
    dispatched: Quantity.or(z.literal(0)).optional(),
    received: Quantity.or(z.literal(0)).optional(),
  }),
);
export type NeedLine = z.infer<typeof NeedLine>;

export const MAX_LINES = 200;
