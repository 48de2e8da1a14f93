import * as z from 'zod';
import { organizationTypes } from '../../domain/applicant.ts';
import { PartyId, ProgrammeId } from '../../domain/ids.ts';
import { Fen, PositiveFen } from '../../domain/money.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line, optionalLine, prose } from '../../domain/text.ts';
import { Instant, LocalDate } from '../../domain/time.ts';

/** A question a programme asks beyond the common form. */
export const Question = z.strictObject(
  classed('public', {
    id: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/),
    text: line(300),
    textEn: optionalLine(300),
    required: z.boolean().default(true),
  }),
);

/** A funder's call as it is published. An empty list of areas or organization types means "all". */
export const ProgrammeInput = z.strictObject({
  ...classed('public', {
    /** a short name for its address; left out, one is made up */
    id: ProgrammeId.optional(),
    name: line(120),
    nameEn: optionalLine(120),
    purpose: prose(2000),
    purposeEn: optionalLine(2000),
    /** provinces or cities that applicants must be in */
    areas: z.array(line(40)).max(50).default([]),
    organizationTypes: z.array(z.enum(organizationTypes)).max(10).default([]),
    /** most that one application may ask for */
    ceiling: PositiveFen,
    /** all that the programme can give */
    budget: PositiveFen,
    /** awards above this need a second approver */
    secondApprovalAbove: Fen,
    closesOn: LocalDate,
    /** days from payment until the report is due */
    reportDueDays: z.int().min(1).max(365).default(30),
  }),
  questions: z.array(Question).max(20).default([]),
});
export type ProgrammeInput = z.infer<typeof ProgrammeInput>;

export const Programme = ProgrammeInput.extend(
  classed('public', {
    id: ProgrammeId,
    funder: PartyId,
    funderName: z.string(),
    funderNameEn: z.string().optional(),
    publishedAt: Instant,
    /** what can still be granted; with what is reserved and paid, less what was returned, it is the budget */
    available: Fen,
    /** granted and not paid */
    reserved: Fen,
    paid: Fen,
    /** came back of what was paid, or is owed back since a report says that it was not spent */
    returned: Fen,
    /** when the funder closed the programme, before its closing date or after */
    closedAt: Instant.optional(),
  }),
);
export type Programme = z.infer<typeof Programme>;

/** What grants have of a programme's budget, in fen; a programme has the sums of its grants. */
export type Figures = Pick<Programme, 'reserved' | 'paid' | 'returned'>;
/** What a change of a grant moves between the figures, in fen: the four always add up to the budget. */
export type Moves = Figures & Pick<Programme, 'available'>;

/** Whether an application may still be sent on the day `today` at the hub: the closing date itself counts. */
export function isOpen(programme: Programme, today: LocalDate): boolean {
  return programme.closedAt === undefined && today <= programme.closesOn;
}
