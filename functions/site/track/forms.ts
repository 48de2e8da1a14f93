import { amendNeed, withdrawCase } from '../../../shared/case/applicant-actions.ts';
import { decideTask } from '../../../shared/case/decide.ts';
import { assertCaseMay } from '../../../shared/case/limits.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { TaskId } from '../../../shared/domain/ids.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { takenBackBy } from '../../../shared/kinds/withdraw.ts';
import { sitePages } from '../../kinds/index.ts';
import { type Form, readForm } from '../../web/read-form.ts';
import { trackText } from '../texts/track.ts';
import { applicantOf, onceOf } from './acting.ts';
import { readAmounts, readAnswer } from './answer.ts';
import { casePage } from './case-page.tsx';
import { type Opened, openRequest } from './opened.ts';
import { withdrawPage } from './withdraw-page.tsx';

/** Refusals that say: somebody was quicker. The case is shown as it is now, with who did what and when. */
const overtaken: ReadonlySet<string> = new Set([
  'already-decided',
  'stage-changed',
  'idempotency-mismatch',
  'unknown-outcome',
]);

/** Says when to try again, in the answer's header and in words. */
function waiting({ c, language }: Opened, { code, params }: Rejected): string {
  c.header('retry-after', String(params.seconds));
  return refusalText(language, code, params);
}

async function refusedPage(opened: Opened, error: unknown, form: Form) {
  if (!(error instanceof Rejected)) throw error;
  const { c, hub, language } = opened;
  if (error.code === 'too-many-requests') {
    return casePage(opened, { typed: form.get, message: waiting(opened, error), status: 429 });
  }
  if (overtaken.has(error.code)) {
    const code = error.code === 'idempotency-mismatch' ? 'stage-changed' : error.code;
    return casePage(await openRequest(c, hub), { meanwhile: refusalText(language, code, error.params), status: 409 });
  }
  if (error.code !== 'invalid') throw error;
  return casePage(opened, { typed: form.get, problems: error.fields, status: 422 });
}

/** The applicant answers the question that the case waits for. */
export async function answerForm(opened: Opened) {
  const form = await readForm(opened.c);
  const { c, hub, file, secret } = opened;
  const { subject } = file;
  const task = TaskId.safeParse(c.req.param('task'));
  if (!task.success) throw new Rejected('not-found');
  const { body, problems } = readAnswer(subject, form);
  if (problems.length > 0 && opened.mine?.id === task.data) {
    return casePage(opened, { typed: form.get, problems, status: 422 });
  }
  try {
    await assertCaseMay(hub, 'act/case', subject.id);
    await decideTask(hub, task.data, body, applicantOf(subject), onceOf(subject, form, body));
  } catch (error) {
    return refusedPage(opened, error, form);
  }
  return c.redirect(`/track/${secret}?done=${encodeURIComponent(form.get('outcome'))}`, 303);
}

/** Amounts that became known, or that it is enough. */
export async function amendForm(opened: Opened) {
  const form = await readForm(opened.c);
  const { c, hub, file, secret, language } = opened;
  const { subject } = file;
  const read = readAmounts(subject, form);
  if (!read) throw new Rejected('not-found');
  const { body, problems } = read;
  if (problems.length > 0) return casePage(opened, { typed: form.get, problems, status: 422 });
  try {
    await assertCaseMay(hub, 'act/case', subject.id);
    const after = await amendNeed(hub, subject.id, body, applicantOf(subject), onceOf(subject, form, body));
    return c.redirect(`/track/${secret}?done=${after.stage === 'closed' ? 'enough' : 'amended'}`, 303);
  } catch (error) {
    if (error instanceof Rejected && error.code === 'invalid') {
      return casePage(opened, {
        typed: form.get,
        message: sitePages[subject.kind].amounts?.nothing(language) ?? '',
        status: 422,
      });
    }
    return refusedPage(opened, error, form);
  }
}

export async function withdrawForm(opened: Opened) {
  const form = await readForm(opened.c);
  const { c, hub, file, secret, language } = opened;
  const { subject } = file;
  const body = { reason: form.get('reason') };
  try {
    await assertCaseMay(hub, 'act/case', subject.id);
    await withdrawCase(hub, subject.id, body, applicantOf(subject), onceOf(subject, form, body));
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    if (error.code === 'invalid') return withdrawPage(opened, body.reason, error.fields);
    if (error.code === 'too-many-requests') return withdrawPage(opened, body.reason, [], waiting(opened, error));
    if (error.code !== 'stage-changed') return refusedPage(opened, error, form);
    return casePage(await openRequest(c, hub), { meanwhile: trackText[language].withdrawLate, status: 409 });
  }
  return c.redirect(`/track/${secret}?done=${takenBackBy(subject) ?? 'withdrawn'}`, 303);
}
