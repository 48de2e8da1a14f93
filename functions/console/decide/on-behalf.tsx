import { mayWithdraw } from '../../../shared/kinds/withdraw.ts';
import { kindWords } from '../../../shared/kinds/words.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { type FormView, formView } from '../../web/form-view.ts';
import { Hidden, TextArea, TextInput } from '../../web/inputs.tsx';
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

function viewOf({ visit, dossier, tried }: OnBehalfProps, action: BehalfAction): FormView {
  const { language } = visit;
  const { subject } = dossier;
  const mine = tried?.outcome === action ? tried : undefined;
  const lines = subject.kind === 'need' ? subject.lines : [];
  const initial = new Map(lines.map((line) => [`amend.lines.${line.id}.quantity`, String(line.quantity ?? '')]));
  return formView({
    language,
    labels: {
      'withdraw.reason': decideText[language].reason,
      'amend.lines': kindWords[language].need.fields.lines.label,
      ...Object.fromEntries(lines.map((line) => [`amend.lines.${line.id}.quantity`, line.item])),
    },
    value: mine ? mine.values : (name) => initial.get(name) ?? '',
    problems: mine?.problems ?? [],
  });
}

function Amend(props: OnBehalfProps) {
  const { visit, dossier, tried } = props;
  const { subject, amends } = dossier;
  if (!amends || subject.kind !== 'need' || (subject.stage !== 'verifying' && subject.stage !== 'matching'))
    return null;
  const text = caseText[visit.language];
  const form = viewOf(props, 'amend');
  return (
    <details class="verdict" open={tried?.outcome === 'amend'}>
      <summary>{text.amend}</summary>
      <form method="post" action={`/console/cases/${subject.id}/amounts`} autocomplete="off">
        <Hidden name="csrf" value={visit.csrf} />
        {tried?.outcome === 'amend' && <ErrorSummary form={form} message={tried.message} />}
        <p class="hint">{text.amendHint}</p>
        <table class="give">
          <tbody>
            {subject.lines.map((line) => (
              <tr>
                <td>{line.item}</td>
                <td>
                  <TextInput form={form} name={`amend.lines.${line.id}.quantity`} quiet inputmode="numeric" />
                  <label class="tick">
                    <input
                      type="checkbox"
                      name={`amend.lines.${line.id}.enough`}
                      value="yes"
                      checked={line.enough === true || form.value(`amend.lines.${line.id}.enough`) !== ''}
                    />{' '}
                    {text.enough}
                  </label>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
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
  const form = viewOf(props, 'withdraw');
  return (
    <section class="verdicts" aria-labelledby="behalf">
      <h2 id="behalf">{text.behalf}</h2>
      <Amend {...props} />
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
