import { historySeen, sightOf } from '../../../shared/case/sight.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { kindText } from '../../../shared/i18n/kind-text.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { takenBackBy } from '../../../shared/kinds/withdraw.ts';
import { factRows } from '../../forms/facts.ts';
import { sitePages } from '../../kinds/index.ts';
import { ErasedNotice } from '../../web/erased-notice.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { History } from '../../web/history.tsx';
import { Notice } from '../../web/notice.tsx';
import { respond } from '../../web/page.tsx';
import { StagePicture } from '../../web/stage-picture.tsx';
import { SummaryList } from '../../web/summary-list.tsx';
import { SitePage } from '../layout.tsx';
import { againText } from '../texts/again.ts';
import { giveUpText, trackText } from '../texts/track.ts';
import { applicantOf } from './acting.ts';
import { answerLabels, filledAnswers, openSite } from './answer.ts';
import { ApplicantAction } from './applicant-action.tsx';
import { ConsentCard } from './consent-card.tsx';
import { Holder } from './holder.tsx';
import { CaseLink, Linked } from './linked.tsx';
import { linkedSecrets, type Opened, partiesOf } from './opened.ts';

/** What an answer that could not be taken left behind: what was typed, what is wrong, what happened meanwhile. */
export interface Refused {
  readonly typed?: (name: string) => string;
  readonly problems?: readonly FieldProblem[];
  readonly message?: string;
  readonly meanwhile?: string;
  readonly status?: 409 | 422 | 429;
}

/** A case that was just sent moves on within seconds: the page looks again while that lasts. */
const FRESH = 60_000;

/** The page behind a private link: where the case stands, who has it, what can be done, and all that happened. */
export async function casePage(opened: Opened, refused: Refused = {}) {
  const { c, hub, language, file, secret, task } = opened;
  const { subject, events } = file;
  const text = trackText[language];
  const sight = sightOf(applicantOf(subject), subject);
  const takenBack = takenBackBy(subject);
  const [parties, secrets, view] = await Promise.all([
    partiesOf(opened),
    linkedSecrets(opened),
    openSite(subject, { hub, language, secret, sight }),
  ]);
  const filled = filledAnswers(subject);
  const form = formView({
    language,
    labels: answerLabels(language, subject.kind),
    value: refused.typed ?? ((name) => filled[name] ?? ''),
    problems: refused.problems ?? [],
  });
  const said: Readonly<Record<string, string>> = { ...text.done, ...sitePages[subject.kind].done(language) };
  const done = c.req.query('done') ?? '';
  const moving = !task && ['submitted', 'screening'].includes(subject.stage);
  if (moving && Date.now() - Date.parse(subject.submittedAt) < FRESH && !refused.status) c.header('refresh', '4');
  const place = [subject.place.province, subject.place.city, subject.place.district].join(' ');
  return respond(
    c,
    <SitePage
      c={c}
      language={language}
      title={fill(text.title, { kind: kindText(language, subject.kind), id: subject.id })}
      wide
    >
      <ErrorSummary form={form} message={refused.message} />
      {refused.meanwhile && (
        <Notice tone="warning" title={text.changedMeanwhile}>
          <p>{refused.meanwhile}</p>
        </Notice>
      )}
      {!refused.status && Object.hasOwn(said, done) && (
        <Notice tone="done" title={text.doneTitle}>
          <p>{said[done]}</p>
        </Notice>
      )}
      <p class="steps">{kindText(language, subject.kind)}</p>
      <h1>
        <span class="case-number">{subject.id}</span>
      </h1>
      <p class="lead">{fill(text.at, { organization: subject.organization, place })}</p>
      <ErasedNotice language={language} subject={subject} />
      <StagePicture language={language} subject={subject} events={events} />
      <div class="case-columns">
        <div>
          <Holder {...opened} parties={parties} waiting={view.waiting} />
          <ApplicantAction opened={opened} form={form} view={view} />
          <ConsentCard opened={opened} />
          {view.besides?.(form)}
          {view.facts(parties)}
          <Linked opened={opened} secrets={secrets} />
          <section>
            <h2>{text.detailsTitle}</h2>
            <SummaryList rows={[...factRows(language, subject), ...view.details]} />
          </section>
        </div>
        <aside>
          <h2>{text.historyTitle}</h2>
          <History
            language={language}
            {...historySeen(file, sight)}
            parties={parties}
            caseLink={(id) => <CaseLink id={id} secrets={secrets} />}
          />
          <p>
            <a href={`/track/${secret}/revocation`}>{againText[language].revokeLink}</a>
          </p>
          {takenBack && (
            <p>
              <a href={`/track/${secret}/withdraw`}>
                {takenBack === 'given-up' ? giveUpText[language].withdrawLink : text.withdrawLink}
              </a>
            </p>
          )}
        </aside>
      </div>
    </SitePage>,
    refused.status ?? 200,
  );
}
