import * as z from 'zod';
import { Contact, organizationFields, PartialContact, Place } from '../../domain/applicant.ts';
import { ConsentVersion, ReportedConsent } from '../../domain/consent.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line, optionalProse } from '../../domain/text.ts';
import { LocalDate } from '../../domain/time.ts';
import { changesRequested, plain, rejected, resumed } from '../answer.ts';
import { applicantFields } from '../applicant-fields.ts';
import type { Fields } from '../define.ts';

export const guestGroups = ['staff', 'families', 'travellers'] as const;

/** What is asked about beds; the case, its changes and its view have the same. */
export const shelterAsked = {
  ...classed('party', {
    guests: z.enum(guestGroups),
    /** how many, as people say it: six nurses, three to a room */
    beds: line(120),
    stayFrom: LocalDate,
    stayTo: LocalDate,
  }),
  ...classed('personal', { wishes: optionalProse(2000) }, 'application'),
};

const asked = { ...organizationFields, place: Place, ...shelterAsked };

/** A request for beds as an organization sends it. */
export const ShelterInput = z.strictObject({ ...asked, contact: Contact, consent: ConsentVersion });
export type ShelterInput = z.infer<typeof ShelterInput>;

/** The same as a coordinator enters it. */
export const ShelterOnBehalfInput = z.strictObject({
  ...asked,
  contact: PartialContact.optional(),
  consent: ReportedConsent.optional(),
});
export type ShelterOnBehalfInput = z.infer<typeof ShelterOnBehalfInput>;

/** What is asked, in the order of the form. */
export const shelterFields = {
  ...applicantFields,
  guests: { widget: 'choice', step: 'stay', in: ['submit', 'behalf', 'changes'] },
  beds: { widget: 'line', step: 'stay', in: ['submit', 'behalf', 'changes'] },
  stayFrom: { widget: 'date', future: true, step: 'stay', in: ['submit', 'behalf', 'changes'] },
  stayTo: { widget: 'date', future: true, step: 'stay', in: ['submit', 'behalf', 'changes'] },
  wishes: { widget: 'prose', step: 'stay', in: ['submit', 'behalf', 'changes'], use: 'words' },
} as const satisfies Fields<ShelterInput>;

const changes = z.strictObject({ contact: Contact.optional(), ...z.object(shelterAsked).partial().shape });

/** What may be answered about a request for beds. */
export const ShelterDecision = z.discriminatedUnion('outcome', [
  plain('arranged', { house: line(200) }),
  plain('left', {}),
  plain('resubmitted', { changes: changes.optional() }),
  changesRequested,
  rejected,
  resumed,
]);
export type ShelterDecision = z.infer<typeof ShelterDecision>;
