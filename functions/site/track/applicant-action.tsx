import type { SiteView } from '../../kinds/pages.ts';
import type { FormView } from '../../web/form-view.ts';
import { trackText } from '../texts/track.ts';
import type { Opened } from './opened.ts';

/** What the applicant is asked now, as a form; nothing while somebody else is. */
export function ApplicantAction({
  opened,
  form,
  view,
}: {
  readonly opened: Opened;
  readonly form: FormView;
  readonly view: SiteView;
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
  return <>{view.answer(form, mine)}</>;
}
