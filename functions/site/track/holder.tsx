import type { Child } from 'hono/jsx';
import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { instant } from '../../../shared/domain/time.ts';
import { domainText } from '../../../shared/i18n/domain.ts';
import { stageText } from '../../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../../shared/i18n/lookup.ts';
import { endStages } from '../../../shared/kinds/lifecycle.ts';
import { HubContact } from '../../web/hub-contact.tsx';
import { trackText } from '../texts/track.ts';
import type { Opened } from './opened.ts';

type Parties = ReadonlyMap<PartyId, string>;

/** Who a task is put to, as an applicant reads it. */
export function assigneeText(language: Language, task: OpenTask, parties: Parties): string {
  if (task.assignee.type === 'applicant') return trackText[language].you;
  const { party, roles } = task.assignee;
  const names = roles.map((role) => domainText[language].roles[role]);
  return `${parties.get(party) ?? party} · ${names.join(' / ')}`;
}

function Deadline({ language, task }: { readonly language: Language; readonly task: OpenTask }) {
  const text = trackText[language];
  const late = task.dueAt < instant(Date.now());
  return (
    <p>
      {fill(text.since, { at: momentText(task.openedAt) })}
      <br />
      <strong class={late ? 'tag late' : 'tag wait'}>
        {fill(late ? text.overdue : text.until, { at: momentText(task.dueAt) })}
      </strong>
    </p>
  );
}

/** The automatic checks have the case. */
function Checking({ language }: { readonly language: Language }) {
  const text = trackText[language];
  return (
    <>
      <p class="holder-who">{text.holderWorkflow}</p>
      <p>{text.holderWorkflowText}</p>
    </>
  );
}

interface HolderProps extends Opened {
  readonly parties: Parties;
  /** who has the case while nobody is asked; left out: the automatic checks */
  readonly waiting: Child;
}

/** Who has the case, since when and until when; or how it ended. */
export function Holder({ c, language, file, task, mine, parties, waiting }: HolderProps) {
  const text = trackText[language];
  const { subject } = file;
  if (endStages.has(subject.stage)) {
    return (
      <section class="holder over">
        <h2>{text.holderOver}</h2>
        <p class="holder-who">{stageText(language, subject.kind, subject.stage)}</p>
        <p>{momentText(subject.entered.at)}</p>
      </section>
    );
  }
  return (
    <section class={mine ? 'holder mine' : 'holder'}>
      <h2>{text.holderNow}</h2>
      {task ? (
        <>
          <p class="holder-who">
            {mine?.assignee.type === 'applicant' ? text.holderYou : assigneeText(language, task, parties)}
          </p>
          {mine?.assignee.type === 'party' && <p>{text.applicantByHub}</p>}
          <Deadline language={language} task={task} />
        </>
      ) : (
        (waiting ?? <Checking language={language} />)
      )}
      <HubContact language={language} hub={c.get('hubShown')} />
    </section>
  );
}
