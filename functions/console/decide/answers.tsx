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
  'not-recommended',
  'payment-failed',
  'account-corrected',
  'entry-corrected',
  'waiver-asked',
  'still-owed',
  'stopped',
  'called-off',
  'not-arrived',
]);
/** Outcomes that end or send back: drawn so that they are not chosen by accident. */
const grave: ReadonlySet<string> = new Set([
  'rejected',
  'declined',
  'merged',
  'stopped',
  'nothing-paid',
  'called-off',
  'not-arrived',
]);

interface BesidesProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
  readonly tried: Tried | undefined;
}

interface AnswersProps extends BesidesProps {
  readonly task: OpenTask;
}

interface AnswerProps extends BesidesProps {
  /** the question that it answers; left out for what is done beside it */
  readonly task?: OpenTask;
  readonly outcome: string;
  readonly open: boolean;
}

function Answer({ visit, dossier, task, tried, outcome, open }: AnswerProps) {
  const { language, csrf } = visit;
  const text = decideText[language];
  const { subject, view } = dossier;
  const form = answerForm(language, subject, view.programme, outcome, tried);
  const needsReason = reasoned.has(outcome);
  return (
    <details class={grave.has(outcome) ? 'verdict no' : 'verdict'} name={`answers-${task?.id ?? 'beside'}`} open={open}>
      <summary>{outcomeText(language, subject.kind, outcome)}</summary>
      <form method="post" action={`/console/cases/${subject.id}${task ? '' : '/beside'}`} autocomplete="off">
        <Hidden name="csrf" value={csrf} />
        {task && <Hidden name="task" value={task.id} />}
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

/** What the reader may do beside the question of the stage, whoever is asked; closed, so that nothing is chosen by accident. */
export function Besides({ visit, dossier, tried }: BesidesProps) {
  if (dossier.besides.length === 0) return null;
  const mine = tried?.task === '' ? tried : undefined;
  return (
    <section class="verdicts" aria-labelledby="beside">
      <h2 id="beside">{decideText[visit.language].beside}</h2>
      {dossier.besides.map((outcome) => (
        <Answer
          visit={visit}
          dossier={dossier}
          tried={mine?.outcome === outcome ? mine : undefined}
          outcome={outcome}
          open={mine?.outcome === outcome}
        />
      ))}
    </section>
  );
}
