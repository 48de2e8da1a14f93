import type { OpenTask } from '../../../shared/domain/task.ts';
import { outcomeText } from '../../../shared/i18n/kind-text.ts';
import { fill } from '../../../shared/i18n/lookup.ts';
import { scopeOf } from '../../forms/desk-values.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { Hidden, TextArea } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import type { Dossier } from '../case/dossier.ts';
import type { Visit } from '../door.ts';
import { caseText } from '../texts/case.ts';
import { conflictText } from '../texts/conflict.ts';
import { decideText } from '../texts/decide.ts';
import { answerForm, type Tried } from './answer.ts';
import { OutcomeFields } from './outcome-fields.tsx';

/** Outcomes that somebody will ask "why?" about. */
const reasoned: ReadonlySet<string> = new Set([
  'changes-requested',
  'rejected',
  'declined',
  'merged',
  'report-returned',
]);
/** Outcomes that end or send back: drawn so that they are not chosen by accident. */
const grave: ReadonlySet<string> = new Set(['rejected', 'declined', 'merged']);

interface AnswersProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
  readonly task: OpenTask;
  readonly tried: Tried | undefined;
}

function Answer({
  visit,
  dossier,
  task,
  tried,
  outcome,
  open,
}: AnswersProps & { readonly outcome: string; readonly open: boolean }) {
  const { language, csrf } = visit;
  const text = decideText[language];
  const { subject, view } = dossier;
  const form = answerForm(language, subject, view.programme, outcome, tried);
  const needsReason = reasoned.has(outcome);
  return (
    <details class={grave.has(outcome) ? 'verdict no' : 'verdict'} name={`answers-${task.id}`} open={open}>
      <summary>{outcomeText(language, subject.kind, outcome)}</summary>
      <form method="post" action={`/console/cases/${subject.id}`} autocomplete="off">
        <Hidden name="csrf" value={csrf} />
        <Hidden name="task" value={task.id} />
        <Hidden name="outcome" value={outcome} />
        {tried && !tried.more && <ErrorSummary form={form} message={tried.message} />}
        <OutcomeFields form={form} outcome={outcome} dossier={dossier} more={tried?.more === true} />
        <TextArea
          form={form}
          name={`${scopeOf(outcome)}reason`}
          rows={3}
          maxlength={2000}
          optional={!needsReason}
          hint={needsReason ? text.reasonRequired : text.reasonOptional}
        />
        <button type="submit" class={grave.has(outcome) ? 'button danger' : 'button'}>
          {outcomeText(language, subject.kind, outcome)}
        </button>
      </form>
    </details>
  );
}

/** The answers that a task allows, in the order of the lifecycle; the first, or the one that was refused, is open. */
export function Answers({ visit, dossier, task, tried }: AnswersProps) {
  const { language } = visit;
  const text = decideText[language];
  const behalf = task.assignee.type === 'party' && task.assignee.onBehalf === true;
  const away = dossier.inPlaceOf.get(task.id);
  const mine = tried?.task === task.id ? tried : undefined;
  const opened = mine?.outcome ?? task.outcomes[0];
  return (
    <section class="verdicts" id="decide" aria-labelledby={`answers-${task.id}`}>
      <h2 id={`answers-${task.id}`}>{task.outcomes.includes('resumed') ? text.stuckTitle : text.title}</h2>
      {away && (
        <Notice tone="info" title={fill(conflictText[language].asStandInTitle, { name: away.name })}>
          <p>{fill(conflictText[language].asStandIn, { name: away.name })}</p>
        </Notice>
      )}
      {behalf && (
        <Notice tone="warning" title={caseText[language].behalf}>
          <p>{dossier.actsFor ? caseText[language].behalfHint : caseText[language].behalfLate}</p>
        </Notice>
      )}
      {task.outcomes.map((outcome) => (
        <Answer
          visit={visit}
          dossier={dossier}
          task={task}
          tried={mine?.outcome === outcome ? mine : undefined}
          outcome={outcome}
          open={outcome === opened}
        />
      ))}
    </section>
  );
}
