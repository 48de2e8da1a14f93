import * as z from 'zod';
import { Contact, organizationFields, PartialContact, Place } from '../../domain/applicant.ts';
import { ConsentVersion, ReportedConsent } from '../../domain/consent.ts';
import { maskPhone } from '../../domain/mask.ts';
import { classed, masked } from '../../domain/privacy/classes.ts';
import { line, optionalLine } from '../../domain/text.ts';
import { LocalDate } from '../../domain/time.ts';
import { maskIdentityNumber } from './roster/identity-number.ts';

/** A volunteer as somebody typed them; checked row by row by the roster's rules. */
export const VolunteerInput = z.strictObject(
  classed('personal', { name: optionalLine(60), identityNumber: optionalLine(40), phone: optionalLine(40) }),
);
export type VolunteerInput = z.infer<typeof VolunteerInput>;

/** A volunteer whose row was found good. Personal throughout. */
export const Volunteer = z.strictObject({
  ...classed('personal', { name: line(60) }, 'volunteers'),
  ...classed(
    'personal',
    { identityNumber: masked(maskIdentityNumber, line(18)), phone: masked(maskPhone, line(20)) },
    'numbers',
  ),
});
export type Volunteer = z.infer<typeof Volunteer>;

/** A row of the applicant's sheet that they left out of the roster, and why it could not stay: nobody insures who is in it. */
const LeftOut = z.strictObject(
  classed(
    'personal',
    {
      /** the row and sheet, as in the file */
      row: line(120),
      name: optionalLine(60),
      /** in the words of the page on which it was left out */
      reason: line(400),
    },
    'volunteers',
  ),
);
/** Rows that may be left out of one roster: of a sheet with more, something else is wrong. */
export const MAX_LEFT_OUT = 300;
const leftOut = z.array(LeftOut).max(MAX_LEFT_OUT).optional();
/** The same beside the case: personal as a whole, so that whoever reads the case without its key has none of it. */
export const leftOutOfCase = classed('personal', { leftOut }, 'volunteers');

export const MAX_VOLUNTEERS = 1700;
/** Longest cover of one request, in days. */
export const MAX_COVER_DAYS = 180;

/** What is asked beside the volunteers; the case, its changes and its view have the same, so that nothing is asked and lost. */
export const insuranceAsked = classed('party', {
  /** what the volunteers do: driving, disinfecting, delivering… */
  activity: line(200),
  coverFrom: LocalDate,
  coverTo: LocalDate,
});

const volunteers = z.array(VolunteerInput).min(1).max(MAX_VOLUNTEERS);
const asked = { ...organizationFields, place: Place, ...insuranceAsked, volunteers, leftOut };

/** A request to insure volunteers. `coverFrom` and `coverTo` are both covered. */
export const InsuranceInput = z.strictObject({ ...asked, contact: Contact, consent: ConsentVersion });
export type InsuranceInput = z.infer<typeof InsuranceInput>;

export const InsuranceOnBehalfInput = z.strictObject({
  ...asked,
  contact: PartialContact.optional(),
  consent: ReportedConsent.optional(),
});
export type InsuranceOnBehalfInput = z.infer<typeof InsuranceOnBehalfInput>;

export const InsuranceChanges = z.strictObject({
  contact: Contact.optional(),
  ...z.object(insuranceAsked).partial().shape,
  volunteers: volunteers.optional(),
  leftOut,
});
