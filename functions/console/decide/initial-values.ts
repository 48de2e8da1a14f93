import { formatFen } from '../../../shared/domain/money.ts';
import { localDate } from '../../../shared/domain/time.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import type { GrantCase } from '../../../shared/kinds/grant/case.ts';
import type { NeedCase } from '../../../shared/kinds/need/case.ts';
import { filledBy } from '../../forms/desk-form.ts';
import { deskForm } from '../entry/desk-form.tsx';
import { changesForm } from './changes.tsx';

type Fields = Readonly<Record<string, string | undefined>>;

function needFields(subject: NeedCase): Fields {
  const lines = subject.lines.flatMap((line) => [
    [`lines.${line.id}.quantity`, line.quantity === null ? '' : String(line.quantity)],
    [`lines.${line.id}.received`, String(line.approved ?? 0)],
  ]);
  return {
    into: subject.screening.find(({ code }) => code === 'likely-double')?.cases?.[0],
    ...Object.fromEntries(lines),
  };
}

function grantFields(subject: GrantCase, programme: Programme | undefined, outcome: string): Fields {
  const award = 'award' in subject ? subject.award?.amount : undefined;
  const most = Math.min(subject.requested, programme?.ceiling ?? subject.requested);
  return {
    amount: formatFen(outcome === 'paid' && award !== undefined ? award : most),
    paidOn: localDate(Date.now()),
  };
}

/** What the fields of an answer hold before anybody typed: what the case says already. */
export function initialValues(subject: Case, programme: Programme | undefined, outcome: string): Fields {
  if (outcome === 'resubmitted') return filledBy(changesForm('zh', subject, programme), subject);
  const asked = filledBy(deskForm('zh', subject.kind, 'verified'), subject);
  switch (subject.kind) {
    case 'need':
      return { ...asked, ...needFields(subject) };
    case 'grant':
      return grantFields(subject, programme, outcome);
    case 'insurance':
      return {};
  }
}
