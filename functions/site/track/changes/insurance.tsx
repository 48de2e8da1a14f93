import type { Language } from '../../../../shared/domain/language.ts';
import { typedDay } from '../../../../shared/domain/read/day.ts';
import { fill } from '../../../../shared/i18n/lookup.ts';
import type { CaseOf } from '../../../../shared/kinds/case.ts';
import type { Hub } from '../../../../shared/store/hub.ts';
import type { Answers } from '../../../forms/answers.ts';
import { CoverView, coverProblems, receiveRoster, volunteerList, volunteersBody } from '../../../forms/insurance.tsx';
import { isGoodRow, RosterView } from '../../../forms/roster-view.tsx';
import { ContactFields, contactBody, contactFields } from '../../../forms/who.tsx';
import { trackText } from '../../texts/track.ts';
import { begun, type Changes, contactAnswers, resubmission } from './changes.ts';

/** What can be changed of an insurance request: all but who asks; the roster as a whole. `today` is the day at the hub. */
export function insuranceChanges(language: Language, subject: CaseOf<'insurance'>, today: string, hub: Hub): Changes {
  const text = trackText[language];
  const sent: Answers = new Map([
    ...contactAnswers(subject),
    ['activity', subject.activity],
    ['coverFrom', subject.coverFrom],
    ['coverTo', subject.coverTo],
  ]);
  const draft = async (answers: Answers) => {
    const volunteers = volunteersBody(answers);
    const found = await coverProblems(hub, answers, today, volunteers.length > 0);
    const changes = {
      ...begun('contact', contactBody(answers)),
      activity: answers.get('activity') ?? '',
      coverFrom: typedDay(answers.get('coverFrom') ?? ''),
      coverTo: typedDay(answers.get('coverTo') ?? ''),
      ...(volunteers.length > 0 && { volunteers }),
    };
    return resubmission('insurance', answers, changes, found);
  };
  return {
    questions: { single: [...contactFields, 'activity', 'coverFrom', 'coverTo', 'reason'], list: volunteerList },
    sent,
    files: true,
    firstRows: 1,
    view: (page) => (
      <>
        <CoverView {...page} />
        <hr />
        <h2>{text.rosterQuestion}</h2>
        <p>{fill(text.keepRoster, { count: subject.roster.count })}</p>
        <details open={page.checked || page.answers.has('volunteers.0.name') || page.form.error('file') !== undefined}>
          <summary>{text.newRoster}</summary>
          <RosterView {...page} />
        </details>
        <hr />
        <ContactFields form={page.form} kind="insurance" />
      </>
    ),
    shows: (page, name) => !name.startsWith('volunteers.') || !isGoodRow(page, Number(name.split('.')[1])),
    receive: (form, answers, action) =>
      receiveRoster(language, form, answers, action, async () => (await draft(answers)).problems),
    draft,
  };
}
