import type { Child } from 'hono/jsx';
import type { Kind } from '../../../shared/domain/ids.ts';
import type { CaseOf } from '../../../shared/kinds/case.ts';
import { mayWithdraw } from '../../../shared/kinds/withdraw.ts';
import { scopeOf } from '../../forms/desk-values.ts';
import type { Filled } from '../../kinds/desk-answers.ts';
import { deskPages } from '../../kinds/index.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { type FormView, formView } from '../../web/form-view.ts';
import { Hidden, TextArea } from '../../web/inputs.tsx';
import { Submit } from '../../web/submit.tsx';
import type { Dossier } from '../case/dossier.ts';
import type { Visit } from '../door.ts';
import { caseText } from '../texts/case.ts';
import { decideText } from '../texts/decide.ts';
import type { Tried } from './answer.ts';

/** What a coordinator may do for an applicant besides answering the applicant's tasks; where the task would be. */
export type BehalfAction = 'withdraw' | 'amend';

interface OnBehalfProps {
  readonly visit: Visit;
  readonly dossier: Dossier;
  readonly tried: Tried | undefined;
}

function viewOf(
  { visit, tried }: OnBehalfProps,
  action: BehalfAction,
  labels: Readonly<Record<string, string>>,
  filled: Filled = {},
): FormView {
  const mine = tried?.outcome === action ? tried : undefined;
  const scope = scopeOf(action);
  return formView({
    language: visit.language,
    labels: Object.fromEntries(Object.entries(labels).map(([name, label]) => [`${scope}${name}`, label])),
    value: mine ? mine.values : (name) => filled[name.slice(scope.length)] ?? '',
    problems: mine?.problems ?? [],
  });
}

function amend<K extends Kind>(props: OnBehalfProps, subject: CaseOf<K>): Child {
  const { visit, dossier, tried } = props;
  const { amounts } = deskPages[subject.kind];
  if (!dossier.amends || !amounts?.isOpen(subject)) return null;
  const text = caseText[visit.language];
  const form = viewOf(props, 'amend', amounts.labels(visit.language, subject), amounts.filled(subject));
  return (
    <details class="verdict" open={tried?.outcome === 'amend'}>
      <summary>{text.amend}</summary>
      <form method="post" action={`/console/cases/${subject.id}/amounts`} autocomplete="off">
        <Hidden name="csrf" value={visit.csrf} />
        {tried?.outcome === 'amend' && <ErrorSummary form={form} message={tried.message} />}
        <p class="hint">{text.amendHint}</p>
        {amounts.fields(subject, form, scopeOf('amend'))}
        <Submit text={text.saveAmounts} />
      </form>
    </details>
  );
}

/** Giving amounts, and withdrawing, for an organization that cannot do so itself. */
export function OnBehalf(props: OnBehalfProps) {
  const { visit, dossier, tried } = props;
  const { subject, actsFor } = dossier;
  const text = caseText[visit.language];
  if (!actsFor || !mayWithdraw(subject)) return null;
  const form = viewOf(props, 'withdraw', { reason: decideText[visit.language].reason });
  return (
    <section class="verdicts" aria-labelledby="behalf">
      <h2 id="behalf">{text.behalf}</h2>
      {amend(props, subject)}
      <details class="verdict no" open={tried?.outcome === 'withdraw'}>
        <summary>{text.withdraw}</summary>
        <form method="post" action={`/console/cases/${subject.id}/withdrawal`} autocomplete="off">
          <Hidden name="csrf" value={visit.csrf} />
          {tried?.outcome === 'withdraw' && <ErrorSummary form={form} message={tried.message} />}
          <p class="hint">{text.withdrawHint}</p>
          <TextArea form={form} name="withdraw.reason" rows={2} optional />
          <Submit text={text.withdrawButton} look="danger" />
        </form>
      </details>
    </section>
  );
}
