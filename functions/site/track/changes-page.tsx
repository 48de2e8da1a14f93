import { programmeOr404 } from '../../../shared/case/catalogue.ts';
import { decideTask } from '../../../shared/case/decide.ts';
import { assertCaseMay, knock } from '../../../shared/case/limits.ts';
import type { FieldProblem } from '../../../shared/domain/errors.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import { programmeOf } from '../../../shared/kinds/parts.ts';
import {
  type Answers,
  countRows,
  hasCheckedRows,
  hiddenFields,
  readAnswers,
  rowsOf,
  rowsShown,
  sentKey,
  withKey,
  withRows,
} from '../../forms/answers.ts';
import type { PageView, Received } from '../../forms/application.ts';
import { formLanguage } from '../../forms/wizard.tsx';
import { CHOOSE } from '../../incoming/file-choice.tsx';
import { comeWithFile, type FileWay, leadToFile } from '../../incoming/typed-file.ts';
import { describeForm, ownForm } from '../../kinds/forms.ts';
import { ErrorSummary } from '../../web/error-summary.tsx';
import { formView } from '../../web/form-view.ts';
import { Hidden, TextArea } from '../../web/inputs.tsx';
import { Notice } from '../../web/notice.tsx';
import { respond } from '../../web/page.tsx';
import { type Form, readForm } from '../../web/read-form.ts';
import { Submit } from '../../web/submit.tsx';
import type { Site } from '../app.tsx';
import { SitePage } from '../layout.tsx';
import { chooseFilePage } from '../pages/choose-file.tsx';
import { trackText } from '../texts/track.ts';
import { applicantOf, onceOf } from './acting.ts';
import { casePage } from './case-page.tsx';
import { asked, type Changes, changesOf } from './changes.tsx';
import type { Opened } from './opened.ts';

const FORM = 'changes';

interface Shown {
  readonly answers: Answers;
  readonly rows?: number;
  readonly problems?: readonly FieldProblem[];
  readonly said?: Received['said'];
  readonly notice?: string | undefined;
  readonly checked?: boolean;
  readonly once?: string;
  /** why nothing could be done now; the answers are kept */
  readonly wait?: string;
}

/** A long list has its verdicts, and is kept beside the page, which has the key to it; of one that is gone that is said. */
async function withLongList({ c, hub }: Opened, changes: Changes, given: Shown): Promise<Shown> {
  const { long, questions } = changes;
  const { list } = questions;
  if (!long || !list) return given;
  const isUnchecked = given.checked !== true && long.isLong(given.answers);
  const shown = isUnchecked ? { ...given, ...(await changes.draft(given.answers)), checked: true } : given;
  const answers = await long.keep(shown.answers, async (rows) => {
    await knock(hub, 'roster-rows/address', c.get('address'), rows);
  });
  if (answers) return { ...shown, answers };
  return { ...shown, answers: withKey(shown.answers, list, ''), problems: [long.gone], checked: false };
}

async function show(opened: Opened, changes: Changes, given: Shown) {
  const { c, language, file, secret } = opened;
  const text = trackText[language];
  const shown = await withLongList(opened, changes, given);
  const { answers, problems = [], said = [] } = shown;
  const { list } = changes.questions;
  const filled = list ? countRows(answers, list) : 0;
  const value = (name: string) => answers.get(name) ?? '';
  const form = formView({
    language,
    labels: { ...changes.labels, reason: text.wordToCheckers },
    value,
    problems,
    said,
  });
  const rows = shown.rows ?? (filled || 1);
  const page: PageView = {
    language,
    form,
    answers,
    rows,
    today: localDate(Date.now()),
    checked: shown.checked ?? false,
  };
  const request = file.subject.decisions.findLast((decision) => decision.outcome === 'changes-requested');
  const shows = (name: string) => changes.shows?.(page, name) ?? true;
  return respond(
    c,
    <SitePage c={c} language={language} title={text.changesTitle} keeps={FORM}>
      <ErrorSummary form={form} message={shown.wait} />
      {shown.notice && <Notice tone="info">{shown.notice}</Notice>}
      <p class="steps">{file.subject.id}</p>
      <h1>{text.changesTitle}</h1>
      {request?.reason && (
        <Notice tone="warning" title={text.changesReason}>
          <p class="prose-typed">{request.reason}</p>
        </Notice>
      )}
      <form
        id={FORM}
        method="post"
        action={`/track/${secret}/changes`}
        novalidate
        {...(changes.files && { enctype: 'multipart/form-data' })}
      >
        <Hidden name="once" value={shown.once ?? crypto.randomUUID()} />
        <Hidden name="lang" value={language} />
        {hiddenFields(answers, changes.questions, shows).map(([name, hidden]) => (
          <Hidden name={name} value={hidden} />
        ))}
        {changes.view(page)}
        <TextArea form={form} name="reason" rows={3} optional />
        <div class="actions">
          <Submit text={text.changesAction} name="action" value="send" />
          <a href={`/track/${secret}`}>{text.changesBack}</a>
        </div>
      </form>
    </SitePage>,
    shown.wait !== undefined ? 429 : form.errors.length > 0 ? 422 : 200,
  );
}

async function changesFor({ hub, language, file }: Opened): Promise<Changes> {
  const { subject } = file;
  const today = localDate(Date.now());
  const of = programmeOf(subject);
  const programme = of && (await programmeOr404(hub, of));
  const form = ownForm(subject.kind, { hub, language, today, programme }, subject);
  return changesOf(describeForm(language, subject.kind, 'changes'), subject, today, form);
}

/** Nobody waits for changes any more: the case as it is now says why. */
function tooLate(opened: Opened) {
  return casePage(opened, { meanwhile: refusalText(opened.language, 'stage-changed'), status: 409 });
}

/** The form with what was sent before, to be changed. */
export async function changesPage(opened: Opened) {
  if (opened.file.subject.stage !== 'changes-requested' || !opened.mine) return tooLate(opened);
  const changes = await changesFor(opened);
  return show(opened, changes, { answers: changes.sent });
}

async function resubmit(opened: Opened, changes: Changes, answers: Answers, form: Form) {
  const { c, hub, file, secret, mine } = opened;
  const once = onceOf(file.subject, form, undefined);
  const { body, problems } = await changes.draft(answers);
  if (problems.length > 0) return show(opened, changes, { answers, problems, checked: true });
  if (!mine) return tooLate(opened);
  try {
    await decideTask(hub, mine.id, body, applicantOf(file.subject), { ...once, request: body });
  } catch (error) {
    if (!(error instanceof Rejected) || error.code !== 'invalid') throw error;
    return show(opened, changes, { answers, problems: error.fields.map(asked), checked: true });
  }
  return c.redirect(`/track/${secret}?done=resubmitted`, 303);
}

/** What was done with the form: a row more or less, a file, the other language, or sent. */
export async function takeChanges(opened: Opened, site: Site) {
  return goOn(opened, site, await readForm(opened.c));
}

/** The form with its file, or the page where that is chosen. */
export async function changesWithFile(opened: Opened, site: Site) {
  const come = await comeWithFile(wayOf(opened, site));
  if ('choice' in come) return chooseFilePage(opened.c, opened.language, come.choice);
  const page = await goOn(opened, site, come.form);
  await come.done();
  return page;
}

function wayOf({ c, hub, secret }: Opened, { incoming, publicUrl }: Site): FileWay {
  return { c, hub, incoming, publicUrl, path: `/track/${secret}/changes` };
}

async function goOn(before: Opened, site: Site, form: Form) {
  const opened = { ...before, language: formLanguage(before.c, form) };
  if (opened.file.subject.stage !== 'changes-requested' || !opened.mine) return tooLate(opened);
  const changes = await changesFor(opened);
  const { list } = changes.questions;
  const [action = '', target = ''] = (form.get('action') || 'send').split(':');
  const once = form.get('once');
  const key = list ? sentKey(form, list) : '';
  const kept = key === '' ? [] : await changes.long?.rows(key);
  const sent = readAnswers(form, changes.questions, action === 'remove' ? Number(target) : undefined, kept);
  if (!kept && list) {
    const typed = rowsOf(sent, list).filter((row) => changes.long?.isWhole(row));
    const problems = changes.long ? [changes.long.gone] : [];
    return show(opened, changes, { answers: withRows(sent, list, typed), problems, once });
  }
  try {
    await assertCaseMay(opened.hub, 'act/case', opened.file.subject.id);
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    opened.c.header('retry-after', String(error.params.seconds));
    const wait = refusalText(opened.language, error.code, error.params);
    return show(opened, changes, { answers: sent, once, wait });
  }
  if (action === CHOOSE && changes.files) return leadToFile(wayOf(opened, site), form);
  if (action === 'add' || action === 'remove' || action === 'lang') {
    const filled = list ? countRows(sent, list) : 0;
    const onPage = list ? rowsShown(form, list) : 0;
    const rows =
      action === 'add' ? Math.max(onPage, filled) + 1 : Math.max(1, filled, action === 'remove' ? onPage - 1 : onPage);
    const judged = list && hasCheckedRows(form, list);
    const verdicts = judged ? { checked: true, problems: (await changes.draft(sent)).problems } : {};
    return show(opened, changes, { answers: sent, rows, once, ...verdicts });
  }
  const { answers, said, notice, stay } = (await changes.receive?.(
    form,
    sent,
    action === 'send' ? 'continue' : action,
  )) ?? {
    answers: sent,
  };
  if (stay || action === 'leave-out') {
    const { problems } = said ? { problems: [] } : await changes.draft(answers);
    return show(opened, changes, { answers, problems, said, notice, checked: !said, once });
  }
  return resubmit(opened, changes, answers, form);
}
