import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { takenBackBy } from '../../../shared/kinds/withdraw.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextArea } from '../../web/inputs.tsx';
import { respond } from '../../web/page.tsx';
import { Submit } from '../../web/submit.tsx';
import { SitePage } from '../layout.tsx';
import { giveUpText, trackText } from '../texts/track.ts';
import { casePage } from './case-page.tsx';
import type { Opened } from './opened.ts';

/** Asks once more before a case is withdrawn; where it is too late, says so. */
export function withdrawPage(opened: Opened, reason = '', problems: readonly FieldProblem[] = [], wait?: string) {
  const { c, language, file, secret } = opened;
  const by = takenBackBy(file.subject);
  const text = { ...trackText[language], ...(by === 'given-up' && giveUpText[language]) };
  if (!by) return casePage(opened, { meanwhile: text.withdrawLate, status: 409 });
  const form = formView({
    language,
    labels: { reason: text.withdrawReason },
    value: () => reason,
    problems,
  });
  return respond(
    c,
    <SitePage c={c} language={language} title={text.withdrawTitle}>
      <ErrorSummary form={form} message={wait} />
      <p class="steps">{file.subject.id}</p>
      <h1>{text.withdrawTitle}</h1>
      <p class="lead">{text.withdrawText}</p>
      <form method="post" action={`/track/${secret}/withdraw`} novalidate>
        <Hidden name="once" value={crypto.randomUUID()} />
        <TextArea form={form} name="reason" rows={3} optional />
        <div class="actions">
          <Submit text={text.withdrawAction} look="danger" />
          <a href={`/track/${secret}`}>{text.withdrawBack}</a>
        </div>
      </form>
    </SitePage>,
    wait !== undefined ? 429 : problems.length > 0 ? 422 : 200,
  );
}
