import { may } from '../../../shared/answering/acting.ts';
import { historySeen } from '../../../shared/case/sight.ts';
import { Rejected, rejectionCodes } from '../../../shared/domain/errors.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { ErasedNotice } from '../../web/erased-notice.tsx';
import { History } from '../../web/history.tsx';
import { Notice } from '../../web/notice.tsx';
import { originOf } from '../../web/origin.ts';
import { Panel } from '../../web/panel.tsx';
import type { Tried } from '../decide/answer.ts';
import { Answers, Besides } from '../decide/answers.tsx';
import { OnBehalf } from '../decide/on-behalf.tsx';
import type { ConsoleContext, Door, Visit } from '../door.ts';
import { showPage } from '../frame.tsx';
import { BarBox } from '../interests/bar-box.tsx';
import { InterestBox } from '../interests/interest-box.tsx';
import { caseIn } from '../path.ts';
import { auditPageText } from '../texts/audit.ts';
import { caseText } from '../texts/case.ts';
import { Assessment, CaseNumber, Findings, LinkedCases, OtherCases } from './context-facts.tsx';
import { readDossier } from './dossier.ts';
import { isFresh, isHandedOn } from './handing-on.ts';
import { CaseHead, Holder, JustDecided } from './head.tsx';
import type { NumberAsked } from './number-asked.ts';
import { OrganizationFacts } from './organization-facts.tsx';
import { Undelivered, UnreachedMembers } from './undelivered.tsx';

/** An answer that came too late, or that this person may not give: what is said about it above the case as it is now. */
export interface Refusal {
  readonly error: Rejected;
  readonly message: string;
  /** the reason that was typed, so that it is not lost */
  readonly reason: string;
}

interface Shown {
  readonly tried?: Tried;
  readonly refusal?: Refusal;
  /** the identity number to show in full */
  readonly asked?: NumberAsked;
}

function Refused({ visit, refusal }: { readonly visit: Visit; readonly refusal: Refusal }) {
  const text = caseText[visit.language];
  const meanwhile = refusal.error.code === 'already-decided' || refusal.error.code === 'stage-changed';
  return (
    <Notice tone="warning" title={meanwhile ? text.decidedMeanwhile : undefined}>
      <p>{refusal.message}</p>
      {refusal.reason && (
        <>
          <p class="small">{text.yourReason}</p>
          <blockquote class="history-reason">{refusal.reason}</blockquote>
        </>
      )}
    </Notice>
  );
}

/** Everything that is needed to decide, on one page: what the case says at the left, who has it and the answers at the right. */
export async function casePage(c: ConsoleContext, door: Door, { tried, refusal, asked }: Shown = {}) {
  const visit = c.get('visit');
  const dossier = await readDossier(door, visit, caseIn(c), asked);
  if (!dossier) throw new Rejected('not-found');
  const text = caseText[visit.language];
  const { subject, parties, mine } = dossier;
  const error = refusal?.error.code;
  const lost =
    tried?.task && !mine.some(({ id: task, outcomes }) => task === tried.task && outcomes.includes(tried.outcome));
  // the workflow is about to hand the case on: the page looks again by itself
  if (c.req.method === 'GET' && isHandedOn(dossier) && isFresh(subject)) c.header('refresh', '2');
  return showPage(c, {
    title: `${subject.organization} ${subject.id}`,
    room: 'cases',
    status: error ? rejectionCodes[error].status : tried && !tried.more ? 422 : 200,
    children: (
      <>
        <CaseHead visit={visit} dossier={dossier} />
        <Undelivered visit={visit} dossier={dossier} />
        <UnreachedMembers visit={visit} dossier={dossier} />
        <ErasedNotice language={visit.language} subject={subject} />
        {refusal ? <Refused visit={visit} refusal={refusal} /> : <JustDecided visit={visit} dossier={dossier} />}
        {lost && <Notice tone="warning">{tried.message || refusalText(visit.language, 'stage-changed')}</Notice>}
        {mine.length > 0 && (
          <a class="jump" href="#desk">
            {text.jump}
          </a>
        )}
        <div class="bench">
          <div>
            {dossier.view.hints}
            {dossier.view.facts(parties)}
            <Assessment visit={visit} dossier={dossier} />
            <Findings visit={visit} dossier={dossier} />
            <OrganizationFacts visit={visit} dossier={dossier} origin={originOf(c, door)} tried={tried} />
            <LinkedCases visit={visit} dossier={dossier} />
            <OtherCases visit={visit} dossier={dossier} mayOpen={(other) => may(visit.acting, 'read-case', other)} />
            <Panel title={text.history}>
              <History
                language={visit.language}
                {...historySeen(dossier, dossier.sight)}
                parties={parties}
                caseLink={(linked) => <CaseNumber dossier={dossier} id={linked} />}
              />
              {may(visit.acting, 'read-audit', subject) && (
                <p class="small">
                  <a href={`/console/cases/${subject.id}/audit`}>{auditPageText[visit.language].open}</a>
                </p>
              )}
            </Panel>
          </div>
          <div class="desk" id="desk">
            <Holder visit={visit} dossier={dossier} />
            {mine.map((task) => (
              <Answers visit={visit} dossier={dossier} task={task} tried={tried} />
            ))}
            <Besides visit={visit} dossier={dossier} tried={tried} />
            <OnBehalf visit={visit} dossier={dossier} tried={tried} />
            <BarBox visit={visit} dossier={dossier} />
            <InterestBox visit={visit} dossier={dossier} />
          </div>
        </div>
      </>
    ),
  });
}

export function caseRoute(c: ConsoleContext, door: Door) {
  return casePage(c, door);
}
