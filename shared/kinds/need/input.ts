import * as z from 'zod';
import { Contact, OptionalPhone, organizationFields, PartialContact, Place } from '../../domain/applicant.ts';
import { ConsentVersion, ReportedConsent } from '../../domain/consent.ts';
import { maskName } from '../../domain/mask.ts';
import { classed, masked } from '../../domain/privacy/classes.ts';
import { line, optionalLine, optionalProse } from '../../domain/text.ts';
import { LocalDate } from '../../domain/time.ts';
import { MAX_LINES, NeedLineInput, NeedLineOnBehalf } from './line.ts';

export const urgencies = ['normal', 'urgent', 'critical'] as const;
export const careTiers = ['general', 'suspected', 'severe'] as const;

/** Where the goods go. */
export const Delivery = z.strictObject(
  classed(
    'personal',
    {
      // of an address only that there is one
      address: masked(() => '***', line(200)),
      recipient: masked(maskName, optionalLine(60)),
      phone: OptionalPhone,
    },
    'delivery',
  ),
);

/** What is asked about a need; its case, its changes and its view have the same, so that nothing is asked and lost. */
export const needAsked = {
  urgency: z.enum(urgencies),
  careTier: z.enum(careTiers),
  lines: z.array(NeedLineInput).min(1).max(MAX_LINES),
  ...classed('party', { neededBy: LocalDate.optional() }),
  ...classed('personal', { note: optionalProse(2000) }, 'application'),
};

const asked = {
  ...organizationFields,
  place: Place,
  ...needAsked,
  urgency: needAsked.urgency.default('normal'),
  careTier: needAsked.careTier.default('general'),
};

/** A need as an organization sends it. */
export const NeedInput = z.strictObject({
  ...asked,
  contact: Contact,
  delivery: Delivery,
  consent: ConsentVersion,
});
export type NeedInput = z.infer<typeof NeedInput>;

/** A need as a coordinator enters it for an organization: contact and delivery may be found out later. */
export const NeedOnBehalfInput = z.strictObject({
  ...asked,
  lines: z.array(NeedLineOnBehalf).min(1).max(MAX_LINES),
  contact: PartialContact.optional(),
  delivery: Delivery.optional(),
  consent: ReportedConsent.optional(),
});
export type NeedOnBehalfInput = z.infer<typeof NeedOnBehalfInput>;

/** What an applicant may change when changes were requested. */
export const NeedChanges = z.strictObject({
  contact: Contact.optional(),
  delivery: Delivery.optional(),
  ...z.object(needAsked).partial().shape,
});
