import type { CaseEvent } from '../../shared/domain/event.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Party, Role } from '../../shared/domain/party.ts';
import { cut, waysOut } from '../../shared/domain/privacy/cut.ts';
import type { Task } from '../../shared/domain/task.ts';
import { domainText } from '../../shared/i18n/domain.ts';
import { hubContactText } from '../../shared/i18n/hub-contact.ts';
import {
  findingText,
  kindText,
  newsText,
  nextText,
  outcomeText,
  remarksText,
  stageText,
} from '../../shared/i18n/kind-text.ts';
import { fill, momentText, textOf } from '../../shared/i18n/lookup.ts';
import { Case } from '../../shared/kinds/case.ts';
import type { OutcomeWords } from '../../shared/kinds/define.ts';
import { detailsOf } from '../../shared/kinds/details.ts';
import { stageOf } from '../../shared/kinds/lifecycle.ts';
import { findingsTold } from '../../shared/kinds/parts.ts';
import { laidOut } from './laid-out.ts';
import type { Mail } from './mailer.ts';
import { mailText } from './messages.ts';
import type { Recipient } from './recipients.ts';
import { subjectLine } from './subject-line.ts';
import { unlinked } from './unlinked.ts';

/** What a change of stage means to the applicant: for the subject, and in full. */
function newsOf(event: CaseEvent, to: Recipient, subject: Case): OutcomeWords['news'] {
  if (event.type !== 'stage-changed' || to.as !== 'applicant') return undefined;
  if (event.on === 'screened' && findingsTold(subject).length > 0) {
    const [what = '', body = ''] = mailText[to.language].screened;
    return [what, body];
  }
  return newsText(to.language, event.kind, event.on, event.stage);
}

/** Whether the texts have all that this one names: an event that comes late finds a case that has changed since. */
function isComplete(text: string, params: Readonly<Record<string, string | number>>): boolean {
  return !/\{\w+\}/.test(fill(text, params));
}

/** What the checks found that the applicant is told; nothing where they found nothing. */
function findingsIn(language: Language, subject: Case): Readonly<Record<string, string>> {
  const found = findingsTold(subject).map((finding) => `– ${findingText(language, subject.kind, finding)}`);
  return found.length > 0 ? { findings: found.join('\n') } : {};
}

function rolesText(language: Language, roles: readonly Role[]): string {
  return roles.map((role) => domainText[language].roles[role]).join(' / ');
}

/** Which roles may answer the question, by its stage: where nobody may, somebody with one of them is lacking. */
function deskText(language: Language, { kind }: Case, task: Task | undefined): string {
  return rolesText(language, (task && stageOf(kind, task.stage)?.asks?.roles) ?? []);
}

/** What an applicant reads of how it goes on without them: all steps once it was sent, then the stage that it came to. */
function nextFor(event: CaseEvent, to: Recipient): string | undefined {
  const texts = mailText[to.language];
  const { kind, type, stage } = event;
  if (to.as !== 'applicant') return undefined;
  if (type === 'submitted' && !event.parent)
    return [texts.steps, ...nextText(to.language, kind).map((step, index) => `${index + 1}. ${step}`)].join('\n');
  const asks = stageOf(kind, stage)?.asks;
  if (type !== 'stage-changed' || asks === undefined || asks.by === 'applicant') return undefined;
  const desk = rolesText(to.language, asks.roles);
  return fill(texts.next, { stage: stageText(to.language, kind, stage), desk });
}

/** Whether the mail is about a question that nobody may answer, for who has to find somebody. */
function isForNobody(task: Task | undefined, to: Recipient): boolean {
  if (to.as !== 'member' || task?.status !== 'open') return false;
  return task.assignee.type === 'party' && task.assignee.nobody === true;
}

function bodyOf(
  event: CaseEvent,
  to: Recipient,
  subject: Case,
  params: Readonly<Record<string, string | number>>,
): string {
  const texts = mailText[to.language];
  const news = newsOf(event, to, subject)?.[1];
  if (news !== undefined && isComplete(news, params)) return news;
  switch (event.type) {
    case 'submitted':
      return event.parent ? texts.continued : texts.submitted;
    case 'reminded':
      return texts.reminded;
    case 'escalated':
      // an applicant whose task went to the hub may still answer it
      return to.as === 'applicant' ? texts.reminded : texts.escalated;
    case 'stuck':
      return texts.stuck;
    case 'ending-soon':
      return texts.endingSoon;
    case 'interest-declared':
    case 'interest-retracted':
    case 'handed-over':
      return texts.handedOver;
    case 'mail-undelivered':
      return event.why === 'given-up' ? texts.givenUp : texts.undelivered;
    case 'member-unreached':
      return texts.unreached;
    case 'mail-resumed':
      return texts.resumed;
    case 'link-revoked':
      return texts.linkRevoked;
    case 'barred':
      return texts.barred;
    case 'stage-changed':
      return to.as === 'applicant' || !params.due ? texts.stageChanged : texts.task;
    default:
      return texts.task;
  }
}

function whatOf(event: CaseEvent, to: Recipient, subject: Case): string {
  const { what } = mailText[to.language];
  if (event.type === 'submitted') return event.parent ? what.continued : what.submitted;
  if (event.type === 'stage-changed') {
    return to.as === 'applicant'
      ? (newsOf(event, to, subject)?.[0] ?? outcomeText(to.language, event.kind, event.on))
      : what['task-opened'];
  }
  if (event.type === 'escalated' && to.as === 'applicant') return what.reminded;
  if (event.type === 'interest-declared' || event.type === 'interest-retracted') return what['handed-over'];
  return textOf(what, event.type);
}

/**
 * One mail about one event for one reader, in the reader's language: subject and body are cut by the classes of the case's
 * fields. Of what is personal the reason of a decision alone is told, and to the applicant only.
 * @param link where the reader can act
 * @param hub the case's hub, which an applicant can ask
 */
export function compose(
  event: CaseEvent,
  subject: Case,
  task: Task | undefined,
  to: Recipient,
  link: string,
  hub?: Party,
): Omit<Mail, 'messageId' | 'name'> {
  const texts = mailText[to.language];
  const decision = subject.decisions.find((record) => record.version === event.version);
  // what is personal is in no text, however a text may name it
  const told = Case.parse(cut(Case, subject, waysOut.mailBody));
  const nobody = isForNobody(task, to);
  const words = {
    kind: kindText(to.language, event.kind),
    what: nobody ? texts.what.nobody : whatOf(event, to, subject),
  };
  const params = {
    ...words,
    id: event.caseId,
    organization: unlinked(told.organization),
    stage: stageText(to.language, event.kind, event.stage),
    outcome: event.type === 'stage-changed' ? outcomeText(to.language, event.kind, event.on) : '',
    due: task ? momentText(task.dueAt) : '',
    desk: deskText(to.language, subject, task),
    ...findingsIn(to.language, told),
    ...detailsOf(told, Date.now()),
    reason: decision?.reason ?? '',
  };
  // what the case lacks is not told
  const besides = [newsOf(event, to, subject)?.[2], ...remarksText(to.language, event.kind)].filter(
    (text) => text !== undefined && isComplete(text, params),
  );
  const next = nextFor(event, to);
  const contact = to.as === 'applicant' ? hubContactText(to.language, hub) : undefined;
  const paragraphs = [
    texts.hello,
    fill(nobody ? texts.nobody : bodyOf(event, to, subject, params), params),
    ...besides.map((text) => fill(text ?? '', params)),
    ...(to.as === 'applicant' && decision?.reason ? [fill(texts.reason, params)] : []),
    ...(next === undefined ? [] : [next]),
    ...(contact ? [contact] : []),
  ];
  const footer = to.as === 'applicant' ? texts.footer : texts.footerMember;
  return {
    to: to.email,
    subject: subjectLine(texts.subject, Case, subject, words),
    ...laidOut(to.language, { paragraphs, link, open: texts.open, footer }),
  };
}
