import * as z from 'zod';
import { caseFields } from '../../domain/case-base.ts';
import { CaseId, OfferId, PartyId } from '../../domain/ids.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line, optionalLine, optionalProse } from '../../domain/text.ts';
import { Instant, LocalDate } from '../../domain/time.ts';
import { begun, type Intake } from '../intake.ts';
import { Delivery, type NeedInput, type NeedOnBehalfInput, needAsked } from './input.ts';
import { MAX_LINES, NeedLine } from './line.ts';

/** Who was asked to give, and on which of its offers. */
export const Donor = z.strictObject(classed('party', { party: PartyId, name: z.string(), offer: OfferId.optional() }));

/** One dispatch: who carries it, and when it should arrive. */
export const ConsignmentInput = z.strictObject({
  ...classed('party', { carrier: line(80), trackingNumber: optionalLine(80), expectedOn: LocalDate }),
  /** lot or batch numbers as printed on the boxes, for recalls */
  lots: z
    .array(
      z.strictObject(
        classed('party', {
          line: z.string().regex(/^L\d{1,4}$/),
          lot: line(60),
          quantity: z.int().min(1).max(100_000_000),
        }),
      ),
    )
    .max(500)
    .optional(),
  ...classed('personal', { note: optionalProse(500) }, 'words'),
});
export const Consignment = ConsignmentInput.extend(classed('party', { dispatchedAt: Instant }));

const need = z.object({
  kind: z.literal('need'),
  ...caseFields,
  delivery: Delivery.optional(),
  ...needAsked,
  lines: z.array(NeedLine).min(1).max(MAX_LINES),
  ...classed('party', {
    /** the import that made the case, so that the same sheet makes it once */
    importKey: z.string().optional(),
  }),
});

const matched = need.extend({ donor: Donor });
const dispatched = matched.extend({ consignment: Consignment });
const received = dispatched.extend(classed('public', { receivedAt: Instant }));
const ended = classed('public', { closedAt: Instant });

/** A need for which a donor is looked for. */
export const OpenNeed = need.extend({ stage: z.enum(['submitted', 'screening', 'verifying', 'matching']) });

/** A need, stage by stage: what a stage rests on is in its type. */
export const NeedCase = z.discriminatedUnion('stage', [
  OpenNeed,
  need.extend({
    stage: z.literal('changes-requested'),
    returnTo: z.enum(['verifying', 'matching', 'approving']),
    donor: Donor.optional(),
  }),
  matched.extend({ stage: z.enum(['approving', 'dispatching']) }),
  dispatched.extend({ stage: z.enum(['in-transit', 'confirming']) }),
  // what was sent stays known; the lines go on as a linked need
  dispatched.extend({ stage: z.literal('undelivered'), ...ended }),
  received.extend({ stage: z.literal('reporting') }),
  received
    .extend({
      stage: z.literal('closed'),
      ...classed('personal', { report: z.string().optional() }, 'words'),
      ...ended,
    })
    .partial({
      donor: true,
      consignment: true,
      receivedAt: true,
    }),
  need.extend({
    stage: z.enum(['rejected', 'withdrawn', 'expired']),
    ...ended,
    donor: Donor.optional(),
    consignment: Consignment.optional(),
  }),
  need.extend({
    stage: z.literal('merged'),
    ...ended,
    ...classed('public', { mergedInto: CaseId }),
    donor: Donor.optional(),
  }),
]);
export type NeedCase = z.infer<typeof NeedCase>;
/** What is asked is kept: a field of the input that the case lacks is an error here. */
export type NeedAsked = Pick<NeedCase, keyof NeedInput>;
export type NeedStage = NeedCase['stage'];

/** A new case of what was asked. */
export function newNeed(
  { consent, lines, ...input }: NeedInput | NeedOnBehalfInput,
  intake: Intake & { importKey?: string | undefined },
): NeedCase {
  const asked: Omit<NeedAsked, 'consent' | 'lines'> = input;
  return {
    kind: 'need',
    ...begun(intake, consent),
    ...asked,
    lines: lines.map((line, index) => ({ ...line, id: `L${index + 1}` })),
    importKey: intake.importKey,
  };
}
