import type { CaseOf } from '../../../../shared/kinds/case.ts';
import { type Answers, withRows } from '../../../forms/answers.ts';
import {
  CareView,
  DeliveryView,
  LinesView,
  lineList,
  linesBody,
  needBody,
  neededByProblems,
  needFields,
} from '../../../forms/need.tsx';
import { ContactFields, contactBody, contactFields } from '../../../forms/who.tsx';
import { begun, type Changes, contactAnswers, resubmission } from './changes.ts';

/** What can be changed of a need. `today` is the day at the hub. */
export function needChanges(subject: CaseOf<'need'>, today: string): Changes {
  const { delivery, neededBy = '', note = '', urgency, careTier } = subject;
  const single: Answers = new Map([
    ...contactAnswers(subject),
    ['urgency', urgency],
    ['careTier', careTier],
    ['neededBy', neededBy],
    ['note', note],
    ['delivery.address', delivery?.address ?? ''],
    ['delivery.recipient', delivery?.recipient ?? ''],
    ['delivery.phone', delivery?.phone ?? ''],
  ]);
  const rows = subject.lines.map(({ item, specification = '', quantity, unit = '' }) => ({
    item,
    specification,
    quantity: quantity === null ? '' : String(quantity),
    unit,
  }));
  return {
    questions: { single: [...contactFields, ...needFields, 'reason'], list: lineList },
    sent: withRows(single, lineList, rows),
    firstRows: 1,
    view: (page) => (
      <>
        <LinesView {...page} />
        <hr />
        <CareView {...page} />
        <hr />
        <DeliveryView {...page} />
        <hr />
        <ContactFields form={page.form} kind="need" />
      </>
    ),
    draft(answers) {
      const { lines, problems } = linesBody(answers);
      const { delivery, ...rest } = needBody(answers);
      const found = [...problems, ...(answers.get('neededBy') === neededBy ? [] : neededByProblems(answers, today))];
      return resubmission(
        'need',
        answers,
        { ...rest, ...begun('delivery', delivery), ...begun('contact', contactBody(answers)), lines },
        found,
      );
    },
  };
}
