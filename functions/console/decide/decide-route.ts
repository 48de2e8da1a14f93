import { assertMay } from '../../../shared/answering/acting.ts';
import { actBeside } from '../../../shared/case/act-beside.ts';
import { amendNeed, withdrawCase } from '../../../shared/case/applicant-actions.ts';
import { decideTask } from '../../../shared/case/decide.ts';
import { Rejected, rejectionCodes } from '../../../shared/domain/errors.ts';
import { caseOfTask, type Kind, TaskId } from '../../../shared/domain/ids.ts';
import type { Action } from '../../../shared/domain/permissions.ts';
import { refusalText } from '../../../shared/i18n/errors.ts';
import type { Case, CaseOf } from '../../../shared/kinds/case.ts';
import { decisionInputs } from '../../../shared/kinds/decision.ts';
import { programmeOf } from '../../../shared/kinds/parts.ts';
import { readCase } from '../../../shared/store/cases.ts';
import { requestHash } from '../../../shared/store/done-once.ts';
import { readProgramme } from '../../../shared/store/programmes.ts';
import { assertReadable, formProblems, type ReadForm, readerOf, scopeOf } from '../../forms/desk-values.ts';
import { deskPages } from '../../kinds/index.ts';
import { casePage } from '../case/case-page.tsx';
import type { ConsoleContext, Door } from '../door.ts';
import { caseIn } from '../path.ts';
import { messageAbove } from '../refusal-message.ts';
import { readDecision } from './read-decision.ts';

/** What was refused is told on the page of the case: beside the fields, or above the case as it is now. */
function refused(c: ConsoleContext, door: Door, error: unknown, at: { task: string; outcome: string; read: ReadForm }) {
  if (!(error instanceof Rejected) || error.code === 'not-found') throw error;
  const form = c.get('form');
  const { task, outcome, read } = at;
  const { language } = c.get('visit');
  // where a field can be mended the form comes again; elsewhere nothing that is typed would help
  if (rejectionCodes[error.code].status === 422 || error.code === 'budget-exceeded') {
    const problems = formProblems(read, error.fields, scopeOf(outcome));
    const message = messageAbove(language, error, problems);
    return casePage(c, door, { tried: { task, outcome, values: form.get, problems, message } });
  }
  const message = refusalText(language, error.code, error.params);
  return casePage(c, door, { refusal: { error, message, reason: form.get(`${scopeOf(outcome)}reason`) } });
}

/** The case of the request's address. @throws {@link Rejected} `not-found`, or `forbidden` where it may be seen only */
async function caseFor(c: ConsoleContext, door: Door, action: Action): Promise<Case> {
  const subject = await readCase(door.hub.table, caseIn(c));
  if (!subject) throw new Rejected('not-found');
  assertMay(c.get('visit').acting, action, subject);
  return subject;
}

/** An answer to a task, from the case's page. */
export async function answerTask(c: ConsoleContext, door: Door) {
  // an answer that may no longer be given is told on the page of the case
  const subject = await caseFor(c, door, 'read-case');
  const form = c.get('form');
  const { acting, member } = c.get('visit');
  const task = TaskId.safeParse(form.get('task')).data;
  if (!task || caseOfTask(task) !== subject.id) throw new Rejected('not-found');
  const outcome = form.get('outcome');
  const values = (name: string) => form.get(`${scopeOf(outcome)}${name}`);
  // of changes the programme knows the questions
  const asks = outcome === 'resubmitted' ? programmeOf(subject) : undefined;
  const programme = asks && (await readProgramme(door.hub.table, asks));
  const read = readDecision(subject, outcome, values, programme);
  if (form.get('more') !== '') {
    return casePage(c, door, { tried: { task, outcome, values: form.get, problems: [], message: '', more: true } });
  }
  try {
    assertReadable(read, decisionInputs[subject.kind]);
    const { body } = read;
    // the same answer sent twice is one answer: the second click sees what the first one did
    const once = { scope: member.id, key: `console ${task} ${requestHash(body)}`, request: body };
    await decideTask(door.hub, task, body, acting, once);
  } catch (error) {
    return refused(c, door, error, { task, outcome, read });
  }
  return c.redirect(`/console/cases/${subject.id}`, 303);
}

/** What the funder does beside the question of the stage, from the case's page. */
export async function actBesideForm(c: ConsoleContext, door: Door) {
  const subject = await caseFor(c, door, 'act-beside');
  const form = c.get('form');
  const { acting, member } = c.get('visit');
  const outcome = form.get('outcome');
  const read = readDecision(subject, outcome, (name) => form.get(`${scopeOf(outcome)}${name}`));
  try {
    assertReadable(read, decisionInputs[subject.kind]);
    const key = `console ${subject.id} ${subject.version} ${requestHash(read.body)}`;
    await actBeside(door.hub, subject.id, read.body, acting, { scope: member.id, key, request: read.body });
  } catch (error) {
    return refused(c, door, error, { task: '', outcome, read });
  }
  return c.redirect(`/console/cases/${subject.id}`, 303);
}

function readAmounts<K extends Kind>(subject: CaseOf<K>, values: (name: string) => string): ReadForm {
  const reader = readerOf((name) => values(`amend.${name}`));
  const body = deskPages[subject.kind].amounts?.read(subject, reader) ?? {};
  return { body, problems: reader.problems, rows: reader.rows };
}

type BehalfAction = 'withdraw' | 'amend';

function readBehalf(c: ConsoleContext, subject: Case, action: BehalfAction): ReadForm {
  const form = c.get('form');
  if (action === 'amend') return readAmounts(subject, form.get);
  const reason = form.get('withdraw.reason').trim();
  return { body: { ...(reason && { reason }) }, problems: [], rows: new Map() };
}

/** What a coordinator does for an applicant who cannot be reached by mail, or an organization's member for their own. */
async function actForApplicant(c: ConsoleContext, door: Door, action: BehalfAction) {
  const { acting } = c.get('visit');
  const subject = await caseFor(c, door, action === 'amend' ? 'amend-case' : 'withdraw-case');
  const read = readBehalf(c, subject, action);
  try {
    if (read.problems.length > 0) throw new Rejected('invalid');
    if (action === 'amend') await amendNeed(door.hub, subject.id, read.body, acting);
    else await withdrawCase(door.hub, subject.id, read.body, acting);
  } catch (error) {
    return refused(c, door, error, { task: '', outcome: action, read });
  }
  return c.redirect(`/console/cases/${subject.id}`, 303);
}

export function withdrawOnBehalf(c: ConsoleContext, door: Door) {
  return actForApplicant(c, door, 'withdraw');
}

export function amendOnBehalf(c: ConsoleContext, door: Door) {
  return actForApplicant(c, door, 'amend');
}

export function backToCase(c: ConsoleContext) {
  return c.redirect(`/console/cases/${caseIn(c)}`);
}
