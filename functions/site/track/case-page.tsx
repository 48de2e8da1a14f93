import { rosterSeen } from '../../../shared/case/roster.ts';
import { historySeen, sightOf } from '../../../shared/case/sight.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import type { Kind, PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Programme } from '../../../shared/entities/programme/programme.ts';
import { kindText } from '../../../shared/i18n/kind-text.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import type { Volunteer } from '../../../shared/kinds/insurance/input.ts';
import { mayWithdraw } from '../../../shared/kinds/withdraw.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { readProgramme } from '../../../shared/store/programmes.ts';
import { inRow } from '../../forms/description.ts';
import { factRows } from '../../forms/facts.ts';
import { ErasedNotice } from '../../web/erased-notice.tsx';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { History } from '../../web/history.tsx';
import { Notice } from '../../web/notice.tsx';
import { respond } from '../../web/page.tsx';
import { StagePicture } from '../../web/stage-picture.tsx';
import { SummaryList, type SummaryRow } from '../../web/summary-list.tsx';
import { SitePage } from '../layout.tsx';
import { againText } from '../texts/again.ts';
import { trackText } from '../texts/track.ts';
import { applicantOf } from './acting.ts';
import { AmountsForm, takesAmounts } from './amounts.tsx';
import { answerDefaults } from './answer.ts';
import { ApplicantAction } from './applicant-action.tsx';
import { ConsentCard } from './consent-card.tsx';
import { GrantFacts, grantDetails } from './grant-facts.tsx';
import { Holder } from './holder.tsx';
import { InsuranceFacts } from './insurance-facts.tsx';
import { CaseLink, Linked } from './linked.tsx';
import { NeedFacts, needReport } from './need-facts.tsx';
import { linkedSecrets, type Opened, partiesOf } from './opened.ts';

/** What an answer that could not be taken left behind: what was typed, what is wrong, what happened meanwhile. */
export interface Refused {
  readonly typed?: (name: string) => string;
  readonly problems?: readonly FieldProblem[];
  readonly message?: string;
  readonly meanwhile?: string;
  readonly status?: 409 | 422 | 429;
}

interface FactsProps {
  readonly opened: Opened;
  readonly parties: ReadonlyMap<PartyId, string>;
  readonly roster: readonly Volunteer[];
  readonly programme: Programme | undefined;
}

function Facts({ opened, parties, roster, programme }: FactsProps) {
  const { language, file } = opened;
  const { subject } = file;
  if (subject.kind === 'need') return <NeedFacts language={language} subject={subject} parties={parties} />;
  if (subject.kind === 'grant') return <GrantFacts language={language} subject={subject} programme={programme} />;
  return <InsuranceFacts language={language} subject={subject} roster={roster} />;
}

function details({ language, file }: Opened, programme: Programme | undefined): SummaryRow[] {
  const { subject } = file;
  const asked = factRows(language, subject);
  switch (subject.kind) {
    case 'need':
      return [...asked, ...needReport(language, subject)];
    case 'grant':
      return [...asked, ...grantDetails(language, subject, programme)];
    case 'insurance':
      return asked;
  }
}

/** Labels of what an applicant answers on their page. */
function answerLabels(language: Language, kind: Kind): Record<string, string> {
  if (kind !== 'need') return kindWords[language][kind].answered;
  const { fields, answered } = kindWords[language].need;
  const { row, parts } = fields.lines;
  return {
    ...answered,
    'lines.*.received': inRow(language, row, answered.received),
    'amounts.*.quantity': inRow(language, row, parts.quantity.label),
  };
}

/** A case that was just sent moves on within seconds: the page looks again while that lasts. */
const FRESH = 60_000;

/** The page behind a private link: where the case stands, who has it, what can be done, and all that happened. */
export async function casePage(opened: Opened, refused: Refused = {}) {
  const { c, hub, language, file, secret, task } = opened;
  const { subject, events } = file;
  const text = trackText[language];
  const [parties, secrets, programme] = await Promise.all([
    partiesOf(opened),
    linkedSecrets(opened),
    subject.kind === 'grant' ? readProgramme(hub.table, subject.programme) : undefined,
  ]);
  const sight = sightOf(applicantOf(subject), subject);
  const roster = subject.kind === 'insurance' ? await rosterSeen(hub, subject, sight) : [];
  const defaults = answerDefaults(subject);
  const form = formView({
    language,
    labels: answerLabels(language, subject.kind),
    value: refused.typed ?? ((name) => defaults.get(name) ?? ''),
    problems: refused.problems ?? [],
  });
  const said: Readonly<Record<string, string>> = text.done;
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
          <Holder {...opened} parties={parties} />
          <ApplicantAction opened={opened} form={form} programme={programme} />
          <ConsentCard opened={opened} />
          {subject.kind === 'need' && takesAmounts(subject) && (
            <AmountsForm form={form} secret={secret} subject={subject} />
          )}
          <Facts opened={opened} parties={parties} roster={roster} programme={programme} />
          <Linked opened={opened} secrets={secrets} />
          <section>
            <h2>{text.detailsTitle}</h2>
            <SummaryList rows={details(opened, programme)} />
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
          {mayWithdraw(subject) && (
            <p>
              <a href={`/track/${secret}/withdraw`}>{text.withdrawLink}</a>
            </p>
          )}
        </aside>
      </div>
    </SitePage>,
    refused.status ?? 200,
  );
}
