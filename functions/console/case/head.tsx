import type { Assignee, OpenTask } from '../../../shared/domain/task.ts';
import { instant } from '../../../shared/domain/time.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { happenedText, kindText } from '../../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { endStages } from '../../../shared/kinds/lifecycle.ts';
import { Notice } from '../../web/notice.tsx';
import { StagePicture } from '../../web/stage-picture.tsx';
import { headTags, StageTag } from '../case-words.tsx';
import type { Visit } from '../door.ts';
import { isOverdue, leftText } from '../due.tsx';
import { caseText } from '../texts/case.ts';
import { frameText } from '../texts/frame.ts';
import { listText } from '../texts/lists.ts';
import type { Dossier } from './dossier.ts';
import { isHandedOn } from './handing-on.ts';

interface HeadProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
}

/** Who is asked, as text: the party and its roles, or the applicant. */
function assigneeText({ visit, dossier }: HeadProps, assignee: Assignee): string {
  const { language } = visit;
  if (assignee.type === 'applicant') return caseText[language].applicant;
  const roles = assignee.roles.map((role) => domainText[language].roles[role]).join(frameText[language].list);
  const behalf = assignee.onBehalf ? ` (${domainText[language].onBehalf})` : '';
  return `${dossier.parties.get(assignee.party) ?? assignee.party} · ${roles}${behalf}`;
}

/** What the case is, at a glance. */
export function CaseHead({ visit, dossier }: HeadProps) {
  const { language } = visit;
  const { subject, events } = dossier;
  return (
    <>
      <div class="case-head">
        <h1>{subject.organization}</h1>
        <span class="number">{subject.id}</span>
      </div>
      <p class="case-tags">
        <span class="tag plain">{kindText(language, subject.kind)}</span>
        <StageTag language={language} subject={subject} />
        {headTags(language, subject)}
        {subject.onBehalf && <span class="tag behalf">{listText[language].onBehalf}</span>}
      </p>
      <StagePicture language={language} subject={subject} events={events} />
    </>
  );
}

function TaskHolder({ visit, dossier, task }: HeadProps & { readonly task: OpenTask }) {
  const { language } = visit;
  const text = caseText[language];
  const now = Date.now();
  return (
    <section class="holder" aria-labelledby={`holder-${task.id}`}>
      <h2 id={`holder-${task.id}`}>{text.holder}</h2>
      <p class="holder-who">{assigneeText({ visit, dossier }, task.assignee)}</p>
      {task.assignee.type === 'party' && task.assignee.handedOver && !task.assignee.nobody && (
        <p class="small">{text.handedOver}</p>
      )}
      {task.assignee.type === 'party' && task.assignee.nobody && (
        <Notice tone="warning" title={text.nobodyTitle}>
          <p>{text.nobodyMay}</p>
        </Notice>
      )}
      <p class="holder-due">
        <span class={isOverdue(task.dueAt, now) ? 'late' : undefined}>
          {fill(text.until, { until: momentText(task.dueAt) })} · {leftText(language, task.dueAt, now)}
        </span>
        <span class="sub">{fill(text.waitingSince, { since: momentText(task.openedAt) })}</span>
      </p>
    </section>
  );
}

/** Who has the case, since when and until when. */
export function Holder({ visit, dossier }: HeadProps) {
  const text = caseText[visit.language];
  if (dossier.open.length > 0) {
    return (
      <>
        {dossier.open.map((task) => (
          <TaskHolder visit={visit} dossier={dossier} task={task} />
        ))}
      </>
    );
  }
  const idle = endStages.has(dossier.subject.stage) ? text.nobodyOver : text.nobody;
  const said = isHandedOn(dossier) ? text.handedOn : idle;
  return (
    <section class="holder over">
      <h2>{text.holder}</h2>
      <p>{said}</p>
    </section>
  );
}

/** How long after a decision its maker is told, on the case's page, that it is recorded; in milliseconds. */
const JUST_NOW = 5 * 60_000;

/** Tells who just decided that it is done: read from the case itself, so that it is said only when it is so. */
export function JustDecided({ visit, dossier }: HeadProps) {
  const { language, member } = visit;
  const text = caseText[language];
  const last = dossier.subject.decisions.at(-1);
  if (last?.by.type !== 'member' || last.by.member !== member.id || last.at < instant(Date.now() - JUST_NOW))
    return null;
  return (
    <Notice
      tone="done"
      title={fill(text.done, { outcome: happenedText(language, dossier.subject.kind, last.outcome) })}
    >
      <p>
        {fill(text.doneAt, { at: momentText(last.at) })} <a href="/console">{text.toInbox}</a>
      </p>
    </Notice>
  );
}
