import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { assertAddressMay, knock } from '../../shared/case/limits.ts';
import { submitCase } from '../../shared/case/submit.ts';
import { type FieldProblem, Rejected } from '../../shared/domain/errors.ts';
import { Language } from '../../shared/domain/language.ts';
import { localDate } from '../../shared/domain/time.ts';
import { consentText } from '../../shared/i18n/consent.ts';
import { refusalText } from '../../shared/i18n/errors.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { CONSENT } from '../../shared/kinds/draft.ts';
import type { Hub } from '../../shared/store/hub.ts';
import { CHOOSE } from '../incoming/file-choice.tsx';
import { formView } from '../web/form-view.ts';
import { keepLanguage, languageOf } from '../web/language.ts';
import { respond } from '../web/page.tsx';
import type { Form } from '../web/read-form.ts';
import {
  type Answers,
  countRows,
  hasCheckedRows,
  isFolded,
  keptKey,
  readAnswers,
  rowNameIn,
  rowsOf,
  rowsShown,
  sentKey,
  withKey,
  withRows,
} from './answers.ts';
import { type Application, isAskedBy, type PageView, type Received } from './application.ts';
import { isAboutConsent } from './consent.tsx';
import { formText } from './texts/forms.ts';
import { CHECK, type FrameProps, WizardPage } from './wizard-page.tsx';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Empty rows that a list begins with. */
const FIRST_ROWS = 2;

/** What a page of a form is asked to do, in which language. */
export interface WizardVisit {
  readonly c: Context;
  readonly hub: Hub;
  readonly language: Language;
  readonly intro?: Child;
  /** the page around the form */
  readonly Frame: (props: FrameProps) => Child;
  /** for a door where a form is begun by one and sent by another; left out, it is sent by whoever fills it in */
  readonly drafting?: Drafting;
  /** leads to the page where the form's file is chosen, what was typed kept */
  chooseFile(form: Form): Promise<Response>;
  /** where the person is led when the case is there */
  sent(subject: Case): Promise<string>;
}

/** A form that is kept as a draft until it is sent. */
export interface Drafting {
  /** what the form carries beside its answers: names and values */
  readonly carries: readonly (readonly [string, string])[];
  /** keeps the answers for later. @throws {@link Rejected} when they cannot be kept as they are */
  save(answers: Answers): Promise<Response>;
  /** sends the draft. @throws {@link Rejected} as submitting does, and where others changed or sent it */
  send(body: unknown): Promise<Case>;
}

/** The language of a form that was sent: the one just chosen, the one it was shown in, or the reader's. */
export function formLanguage(c: Context, form: Form): Language {
  const chosen = Language.safeParse(/^lang:(.*)$/.exec(form.get('action'))?.[1]).data;
  if (chosen) keepLanguage(c, chosen);
  return chosen ?? Language.safeParse(form.get('lang')).data ?? languageOf(c);
}

interface Shown {
  readonly at: string;
  readonly answers: Answers;
  readonly rows?: number;
  readonly problems?: readonly FieldProblem[];
  readonly checked?: boolean;
  readonly said?: Received['said'];
  readonly message?: string;
  readonly notice?: string | undefined;
  readonly once?: string;
  readonly reviewed?: boolean;
  /** left out: 422 where something is wrong */
  readonly status?: 429;
}

type List = NonNullable<Application['questions']['list']>;

/** The page on which the form asks its list, where rows that are kept beside it are not there any more. */
function withoutRows({ long, steps }: Application, list: List, shown: Shown): Shown {
  const at = steps.find(({ asks }) => asks.includes(list.name))?.id ?? shown.at;
  const answers = withKey(shown.answers, list, '');
  return { ...shown, at, answers, rows: FIRST_ROWS, checked: false, problems: long ? [long.gone] : [] };
}

/** The page that asks a long list has all of its rows and their verdicts; each page has the key to what is kept of them. */
async function withLongList({ hub, c }: WizardVisit, application: Application, given: Shown): Promise<Shown> {
  const { long, questions, steps } = application;
  const { list } = questions;
  if (!long || !list) return given;
  const { at } = given;
  let shown = given;
  const step = steps.find(({ id }) => id === at);
  if (step?.asks.includes(list.name) && isFolded(shown.answers, list)) {
    const key = keptKey(shown.answers, list);
    const rows = await long.rows(key);
    if (!rows) return withoutRows(application, list, shown);
    shown = { ...shown, answers: withKey(withRows(shown.answers, list, rows), list, key) };
  }
  if (step?.asks.includes(list.name) && shown.checked !== true && long.isLong(shown.answers)) {
    const { problems } = await application.draft(shown.answers, true);
    shown = { ...shown, problems: problems.filter((problem) => isAskedBy(step, problem)), checked: true };
  }
  const address = c.get('address');
  const answers = await long.keep(shown.answers, (rows) => countKept(hub, address, rows));
  return answers ? { ...shown, answers } : withoutRows(application, list, shown);
}

/** Rows that are there already are kept; whoever keeps too many is told at the next step, before anything is read. */
async function countKept(hub: Hub, address: string, rows: number): Promise<void> {
  await knock(hub, 'roster-rows/address', address, rows);
}

/** The answers with all rows of a list that is kept beside the form; undefined where they are not there any more. */
async function wholeAnswers({ long, questions }: Application, answers: Answers): Promise<Answers | undefined> {
  const { list } = questions;
  if (!long || !list || !isFolded(answers, list)) return answers;
  const key = keptKey(answers, list);
  const rows = await long.rows(key);
  return rows && withKey(withRows(answers, list, rows), list, key);
}

async function show(visit: WizardVisit, application: Application, given: Shown) {
  const { c, language, intro, Frame } = visit;
  const shown = await withLongList(visit, application, given);
  const { at, answers, problems = [], said = [] } = shown;
  const step = application.steps.find((one) => one.id === at);
  const { list } = application.questions;
  const filled = list ? countRows(answers, list) : 0;
  const form = formView({
    language,
    labels: application.labels,
    value: (name) => answers.get(name) ?? '',
    ...(list && { rowName: (row) => rowNameIn(answers, list.name, row) }),
    problems: step ? problems.filter((problem) => isAskedBy(step, problem)) : problems,
    said: [...said, ...(problems.some(isAboutConsent) ? [{ name: CONSENT, text: consentText[language].missing }] : [])],
  });
  const page: PageView = {
    language,
    form,
    answers,
    rows: shown.rows ?? (filled || FIRST_ROWS),
    today: localDate(Date.now()),
    checked: shown.checked ?? false,
  };
  const wrong = form.errors.length > 0 || shown.message !== undefined;
  return respond(
    c,
    <WizardPage
      Frame={Frame}
      language={language}
      application={application}
      carries={visit.drafting?.carries}
      at={at}
      page={page}
      once={shown.once ?? crypto.randomUUID()}
      reviewed={(shown.reviewed ?? false) || !step}
      message={shown.message}
      notice={shown.notice}
      intro={intro}
    />,
    shown.status ?? (wrong ? 422 : 200),
  );
}

/** The first page of a form, empty or with what was answered so far. */
export function beginApplication(visit: WizardVisit, application: Application, answers = application.defaults) {
  return show(visit, application, { at: application.steps[0].id, answers });
}

/** The page again, with everything that was typed, because of too many requests. */
function waiting({ c, language }: WizardVisit, { code, params }: Rejected) {
  c.header('retry-after', String(params.seconds));
  return { message: refusalText(language, code, params), status: 429 as const };
}

async function send(visit: WizardVisit, application: Application, sent: Answers, once: string) {
  const { c, hub, language } = visit;
  const answers = await wholeAnswers(application, sent);
  if (!answers) return show(visit, application, { at: CHECK, answers: sent, once, reviewed: true });
  const { body, problems } = await application.draft(answers, true);
  if (problems.length > 0) return toProblem(visit, application, answers, problems, once);
  try {
    const admit = () => assertAddressMay(hub, 'submit/address', c.get('address'));
    const key = { scope: 'site', key: once, request: body };
    const subject = visit.drafting
      ? await visit.drafting.send(body)
      : (await submitCase(hub, application.kind, { body, once: key, admit })).subject;
    return c.redirect(await visit.sent(subject), 303);
  } catch (error) {
    if (!(error instanceof Rejected)) throw error;
    if (error.code === 'idempotency-mismatch')
      return show(visit, application, { at: CHECK, answers, message: formText[language].alreadySent });
    if (error.code === 'invalid') return toProblem(visit, application, answers, error.fields, once);
    if (error.code === 'too-many-requests')
      return show(visit, application, { at: CHECK, answers, once, ...waiting(visit, error) });
    if (error.code === 'programme-closed')
      return show(visit, application, {
        at: CHECK,
        answers,
        once,
        message: refusalText(language, error.code, error.params),
      });
    throw error;
  }
}

/** A full roster has thousands of cells without a word, and a draft is one item: a row needs its first cell alone to be one. */
function withoutEmptyCells(answers: Answers, { name, columns }: List): Answers {
  const isCell = (each: string) => each.startsWith(`${name}.`) && !each.endsWith(`.${columns[0]}`);
  return new Map([...answers].filter(([each, value]) => value !== '' || !isCell(each)));
}

/** Keeps a draft; the page again, with everything that was typed, where it is too much. */
async function save(visit: WizardVisit, drafting: Drafting, application: Application, shown: Shown) {
  const { list } = application.questions;
  const answers = await wholeAnswers(application, shown.answers);
  if (!answers) return show(visit, application, shown);
  try {
    return await drafting.save(list ? withoutEmptyCells(withKey(answers, list, ''), list) : answers);
  } catch (error) {
    if (!(error instanceof Rejected) || !['too-large', 'enough-of-these'].includes(error.code)) throw error;
    return show(visit, application, { ...shown, message: refusalText(visit.language, error.code, error.params) });
  }
}

/** To the first page that asks something which is wrong; what no page asks is said on the last. */
function toProblem(
  visit: WizardVisit,
  application: Application,
  answers: Answers,
  problems: readonly FieldProblem[],
  once: string,
) {
  const step = application.steps.find((one) => problems.some((problem) => isAskedBy(one, problem)));
  return show(visit, application, { at: step?.id ?? CHECK, answers, problems, checked: true, once, reviewed: true });
}

/** What was done on the page that was sent, and the page that follows. */
export async function continueApplication(visit: WizardVisit, application: Application, form: Form) {
  const { steps, questions } = application;
  const { list } = questions;
  const once = UUID.test(form.get('once')) ? form.get('once') : crypto.randomUUID();
  const reviewed = form.get('reviewed') === 'yes';
  const current = steps.find((step) => step.id === form.get('step'));
  const atCheck = form.get('step') === CHECK;
  const at = atCheck ? CHECK : (current ?? steps[0]).id;
  const [action = '', target = ''] = (form.get('action') || 'continue').split(':');
  const common = { once, reviewed };
  const key = list ? sentKey(form, list) : '';
  const isKept = key !== '' && list !== undefined && current?.asks.includes(list.name) === true;
  // of rows that are kept the page that asks them sends those that were shown to be mended
  const kept = isKept ? await application.long?.rows(key) : [];
  const sent = readAnswers(form, questions, action === 'remove' ? Number(target) : undefined, kept);
  if (isKept && !kept) {
    const typed = withRows(
      sent,
      list,
      rowsOf(sent, list).filter((row) => application.long?.isWhole(row)),
    );
    return show(visit, application, { ...withoutRows(application, list, { at, answers: typed }), ...common });
  }

  // a form that takes files looks through a whole roster whenever it is asked to go on
  if (application.files && action !== 'back' && action !== 'change') {
    try {
      await assertAddressMay(visit.hub, 'upload/address', visit.c.get('address'));
      await assertAddressMay(visit.hub, 'roster-rows/address', visit.c.get('address'), 0);
    } catch (error) {
      if (!(error instanceof Rejected)) throw error;
      return show(visit, application, { at, answers: sent, rows: shownRows(), ...common, ...waiting(visit, error) });
    }
  }
  if (action === CHOOSE && application.files) return visit.chooseFile(form);
  if (action === 'send') return send(visit, application, sent, once);
  if (action === 'lang')
    return show(visit, application, { at, answers: sent, rows: shownRows(), ...common, ...(await verdicts()) });
  if (action === 'add' || action === 'remove') {
    const filled = list ? countRows(sent, list) : 0;
    const rows = action === 'add' ? shownRows() + 1 : Math.max(1, filled, rowsOnPage() - 1);
    return show(visit, application, { at, answers: sent, rows, ...common, ...(await verdicts()) });
  }
  if (action === 'change' && steps.some((step) => step.id === target)) {
    return show(visit, application, { at: target, answers: sent, ...common });
  }
  const index = steps.findIndex((step) => step.id === at);
  if (action === 'back') {
    const before = atCheck ? steps[steps.length - 1] : steps[index - 1];
    return show(visit, application, { at: (before ?? steps[0]).id, answers: sent, ...common });
  }
  const received = (await application.receive?.(form, sent, action)) ?? { answers: sent };
  const { answers, said, notice, stay } = received;
  if (action === 'save' && visit.drafting && !said)
    return save(visit, visit.drafting, application, { at, answers, rows: shownRows(), ...common });
  const thorough = atCheck || index === steps.length - 1 || stay === true;
  const found = said ? [] : (await application.draft(answers, thorough)).problems;
  const problems = found.filter((problem) => !isAboutConsent(problem));
  const here = problems.filter((problem) => current && isAskedBy(current, problem));
  if (stay || here.length > 0) {
    return show(visit, application, { at, answers, problems: here, checked: !said, said, notice, ...common });
  }
  const next = reviewed || atCheck || index === steps.length - 1 ? undefined : steps[index + 1];
  if (next) return show(visit, application, { at: next.id, answers, ...common });
  if (problems.length > 0) return toProblem(visit, application, answers, problems, once);
  return show(visit, application, { at: CHECK, answers, ...common });

  /** rows that were found good stay so; nothing else is judged before the person goes on */
  async function verdicts(): Promise<Partial<Shown>> {
    const judged = list && current?.asks.includes(list.name) && hasCheckedRows(form, list);
    return judged ? { checked: true, problems: (await application.draft(sent, true)).problems } : {};
  }

  function rowsOnPage(): number {
    return list && current?.asks.includes(list.name) ? rowsShown(form, list) : 0;
  }

  /** as many rows as the form showed, and no fewer than are filled */
  function shownRows(): number {
    return list ? Math.max(rowsOnPage(), countRows(sent, list)) || FIRST_ROWS : 0;
  }
}
