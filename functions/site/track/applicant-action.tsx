import type { Programme } from '../../../shared/entities/programme/programme.ts';
import type { FormView } from '../../web/form-view.ts';
import { programmeName } from '../programme-words.ts';
import { trackText } from '../texts/track.ts';
import { AgreementForm, ConfirmForm, GrantReportForm, NeedReportForm } from './answer-forms.tsx';
import type { Opened } from './opened.ts';

/** What the applicant is asked now, as a form; nothing while somebody else is. */
export function ApplicantAction({
  opened,
  form,
  programme,
}: {
  readonly opened: Opened;
  readonly form: FormView;
  readonly programme: Programme | undefined;
}) {
  const { file, mine, secret, language } = opened;
  const { subject } = file;
  const text = trackText[language];
  if (!mine) return null;
  if (subject.stage === 'changes-requested') {
    const asked = subject.decisions.findLast((decision) => decision.outcome === 'changes-requested');
    return (
      <section class="card answer">
        <h2>{text.changesTitle}</h2>
        <p>{text.changesText}</p>
        {asked?.reason && <blockquote class="history-reason">{asked.reason}</blockquote>}
        <p class="actions">
          <a class="button" href={`/track/${secret}/changes`}>
            {text.changesLink}
          </a>
        </p>
      </section>
    );
  }
  const props = { form, secret, task: mine };
  if (subject.kind === 'need' && (subject.stage === 'in-transit' || subject.stage === 'confirming'))
    return <ConfirmForm {...props} subject={subject} />;
  if (subject.kind === 'need' && subject.stage === 'reporting') return <NeedReportForm {...props} />;
  if (subject.kind === 'grant' && subject.stage === 'agreement') {
    const name = programme ? programmeName(language, programme) : subject.programmeName;
    return <AgreementForm {...props} amount={subject.award.amount} programme={name} />;
  }
  if (subject.kind === 'grant' && subject.stage === 'delivering')
    return <GrantReportForm {...props} subject={subject} />;
  return null;
}
