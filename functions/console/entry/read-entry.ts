import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { given, type Reader } from '../decide/form-values.ts';
import { volunteersFromText } from './roster-text.ts';

/** Whom to ask, as far as it was filled in. */
export function readContact(reader: Reader) {
  return given({
    name: reader.text('contact.name'),
    phone: reader.text('contact.phone'),
    email: reader.text('contact.email'),
  });
}

export function readDelivery(reader: Reader) {
  return given({
    address: reader.text('delivery.address'),
    recipient: reader.text('delivery.recipient'),
    phone: reader.text('delivery.phone'),
  });
}

/** Rows of a need as they were typed; without a number the amount is not known. */
export function readLines(reader: Reader): Record<string, unknown>[] {
  return reader.used('lines', ['item', 'specification', 'quantity', 'unit']).map((row) => ({
    ...reader.amount(`lines.${row}.quantity`, `lines.${row}.unit`),
    ...given({
      item: reader.text(`lines.${row}.item`),
      specification: reader.text(`lines.${row}.specification`),
    }),
  }));
}

export function readBudget(reader: Reader): Record<string, unknown>[] {
  return reader.used('budget', ['description', 'amount']).map((row) => ({
    ...given({
      description: reader.text(`budget.${row}.description`),
      amount: reader.fen(`budget.${row}.amount`),
    }),
  }));
}

/** What every kind of case asks of the organization. */
export function readOrganization(reader: Reader): Record<string, unknown> {
  return {
    place:
      given({
        province: reader.text('place.province'),
        city: reader.text('place.city'),
        district: reader.text('place.district'),
      }) ?? {},
    ...given({
      organization: reader.text('organization'),
      organizationType: reader.text('organizationType'),
      contact: readContact(reader),
    }),
  };
}

/** The same after both went through JSON: what was not typed is not there. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function changedContact(reader: Reader, before: NeedCase['contact']) {
  const contact = readContact(reader);
  return same(contact, given({ name: before?.name, phone: before?.phone, email: before?.email })) ? undefined : contact;
}

/** What is different from the case as it was; the rest stays as it is. */
export function readNeedChanges(before: NeedCase, reader: Reader): Record<string, unknown> | undefined {
  const lines = readLines(reader);
  const kept = before.lines.map(({ quantity, item, specification, unit }) => ({
    quantity,
    ...given({ unit, item, specification }),
  }));
  const delivery = readDelivery(reader);
  const { address, recipient, phone } = before.delivery ?? {};
  return given({
    lines: lines.length === 0 || same(lines, kept) ? undefined : lines,
    delivery: same(delivery, given({ address, recipient, phone })) ? undefined : delivery,
    contact: changedContact(reader, before.contact),
    neededBy: reader.day('neededBy'),
    urgency: reader.text('urgency'),
    careTier: reader.text('careTier'),
    note: reader.text('note'),
  });
}

export function readAnswers(reader: Reader, questions: readonly string[]): Record<string, unknown> | undefined {
  return given(Object.fromEntries(questions.map((id) => [id, reader.text(`answers.${id}`)])));
}

export function readGrantChanges(before: GrantCase, reader: Reader): Record<string, unknown> | undefined {
  const budget = readBudget(reader);
  return given({
    purpose: reader.text('purpose'),
    budget: budget.length === 0 || same(budget, before.budget) ? undefined : budget,
    answers: readAnswers(reader, Object.keys(before.answers)),
    contact: changedContact(reader, before.contact),
  });
}

export function readInsuranceChanges(before: InsuranceCase, reader: Reader): Record<string, unknown> | undefined {
  const typed = reader.text('volunteers');
  return given({
    activity: reader.text('activity'),
    coverFrom: reader.day('coverFrom'),
    coverTo: reader.day('coverTo'),
    volunteers: typed === undefined ? undefined : volunteersFromText(typed),
    contact: changedContact(reader, before.contact),
  });
}
