import * as z from 'zod';
import { Contact, organizationFields, PartialContact, Place } from '../../domain/applicant.ts';
import { ConsentVersion, ReportedConsent } from '../../domain/consent.ts';
import { ProgrammeId } from '../../domain/ids.ts';
import { boundedSum, PositiveFen } from '../../domain/money.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line, prose } from '../../domain/text.ts';

export const BudgetLine = z.strictObject(classed('party', { description: line(160), amount: PositiveFen }));
export type BudgetLine = z.infer<typeof BudgetLine>;

const Answers = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,30}$/), prose(2000)).default({});

/** What is asked of an applicant; the case, its changes and its view have the same, so that nothing is asked and lost. */
export const grantAsked = {
  ...classed('public', { programme: ProgrammeId }),
  budget: z.array(BudgetLine).min(1).max(50).superRefine(boundedSum),
  ...classed('personal', {
    /** what the money is for, in the applicant's words */
    purpose: prose(3000),
    answers: Answers,
  }),
};

const asked = { ...organizationFields, place: Place, ...grantAsked };

/** A grant application as an organization sends it. Amounts in fen. */
export const GrantInput = z.strictObject({ ...asked, contact: Contact, consent: ConsentVersion });
export type GrantInput = z.infer<typeof GrantInput>;

/** An application that a coordinator enters for an organization. */
export const GrantOnBehalfInput = z.strictObject({
  ...asked,
  contact: PartialContact.optional(),
  consent: ReportedConsent.optional(),
});
export type GrantOnBehalfInput = z.infer<typeof GrantOnBehalfInput>;

/** What an applicant may change when changes were requested. */
export const GrantChanges = z.strictObject({
  contact: Contact.optional(),
  ...z.object(grantAsked).omit({ programme: true }).partial().shape,
});
