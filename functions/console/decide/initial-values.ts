import { formatFen } from '../../../shared/domain/money.ts';
import { localDate } from '../../../shared/domain/time.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import type { Programme } from '../../../shared/kinds/grant/programme.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';

type Fields = Readonly<Record<string, string | undefined>>;

function needFields(subject: NeedCase, outcome: string): Fields {
  const { urgency, careTier, delivery, neededBy, note, screening } = subject;
  const common = {
    urgency,
    careTier,
    neededBy,
    'delivery.address': delivery?.address,
    'delivery.recipient': delivery?.recipient,
    'delivery.phone': delivery?.phone,
    into: screening.find(({ code }) => code === 'likely-double')?.cases?.[0],
  };
  const again = outcome === 'resubmitted';
  const lines = subject.lines.flatMap((line, row) => {
    const quantity = line.quantity === null ? '' : String(line.quantity);
    if (!again) {
      const received = String(line.approved ?? 0);
      return [
        [`lines.${line.id}.quantity`, quantity],
        [`lines.${line.id}.received`, received],
      ];
    }
    return [
      [`lines.${row}.item`, line.item],
      [`lines.${row}.specification`, line.specification ?? ''],
      [`lines.${row}.quantity`, quantity],
      [`lines.${row}.unit`, line.unit ?? ''],
    ];
  });
  return { ...common, ...(again && { note }), ...Object.fromEntries(lines) };
}

function grantFields(subject: GrantCase, programme: Programme | undefined, outcome: string): Fields {
  const award = 'award' in subject ? subject.award?.amount : undefined;
  const most = Math.min(subject.requested, programme?.ceiling ?? subject.requested);
  const budget = subject.budget.flatMap((line, row) => [
    [`budget.${row}.description`, line.description],
    [`budget.${row}.amount`, formatFen(line.amount)],
  ]);
  return {
    amount: formatFen(outcome === 'paid' && award !== undefined ? award : most),
    paidOn: localDate(Date.now()),
    purpose: subject.purpose,
    ...Object.fromEntries(Object.entries(subject.answers).map(([id, answer]) => [`answers.${id}`, answer])),
    ...Object.fromEntries(budget),
  };
}

/** What the fields of an answer hold before anybody typed: what the case says already. */
export function initialValues(subject: Case, programme: Programme | undefined, outcome: string): Fields {
  const { contact } = subject;
  const reach = { 'contact.name': contact?.name, 'contact.phone': contact?.phone, 'contact.email': contact?.email };
  if (subject.kind === 'need') return { ...reach, ...needFields(subject, outcome) };
  if (subject.kind === 'grant') return { ...reach, ...grantFields(subject, programme, outcome) };
  const { activity, coverFrom, coverTo } = subject;
  return { ...reach, activity, coverFrom, coverTo };
}
