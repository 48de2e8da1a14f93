import * as z from 'zod';
import { Contact, OptionalPhone, organizationFields, PartialContact, Place } from '../../domain/applicant.ts';
import { ConsentVersion, ReportedConsent } from '../../domain/consent.ts';
import { maskName } from '../../domain/mask.ts';
import { classed, masked } from '../../domain/privacy/classes.ts';
import { line, optionalLine, optionalProse } from '../../domain/text.ts';
import { LocalDate } from '../../domain/time.ts';
import { MAX_LINES, NeedLineInput } from './line.ts';

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

const needFields = {
  ...organizationFields,
  place: Place,
  urgency: z.enum(urgencies).default('normal'),
  careTier: z.enum(careTiers).default('general'),
  lines: z.array(NeedLineInput).min(1).max(MAX_LINES),
  ...classed('party', { neededBy: LocalDate.optional() }),
  ...classed('personal', { note: optionalProse(2000) }, 'application'),
};

/** A need as an organization sends it. */
export const NeedInput = z.strictObject({
  ...needFields,
  contact: Contact,
  delivery: Delivery,
  consent: ConsentVersion,
});
export type NeedInput = z.infer<typeof NeedInput>;

/** A need as a coordinator enters it for an organization: contact and delivery may be found out later. */
export const NeedOnBehalfInput = z.strictObject({
  ...needFields,
  contact: PartialContact.optional(),
  delivery: Delivery.optional(),
  consent: ReportedConsent.optional(),
});
export type NeedOnBehalfInput = z.infer<typeof NeedOnBehalfInput>;

/** What an applicant may change when changes were requested. */
export const NeedChanges = z.strictObject({
  contact: Contact.optional(),
  delivery: Delivery.optional(),
  lines: z.array(NeedLineInput).min(1).max(MAX_LINES).optional(),
  neededBy: LocalDate.optional(),
  urgency: z.enum(urgencies).optional(),
  careTier: z.enum(careTiers).optional(),
  note: optionalProse(2000),
});
