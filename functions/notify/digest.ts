import * as z from 'zod';
import { type Digest, type DigestSort, nextDigest } from '../../shared/domain/digest.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Task } from '../../shared/domain/task.ts';
import { instant } from '../../shared/domain/time.ts';
import { kindText, stageText } from '../../shared/i18n/kind-text.ts';
import { fill, momentText } from '../../shared/i18n/lookup.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { isCritical } from '../../shared/kinds/parts.ts';
import { digestsDue, endDigest, enterDigest } from '../../shared/store/digests.ts';
import { logFailure } from '../log/log-line.ts';
import { type Line, linesOf } from './digest-lines.ts';
import { digestText } from './digest-texts.ts';
import { laidOut } from './laid-out.ts';
import { nameOf } from './name-of.ts';
import type { Recipient } from './recipients.ts';
import { type Notifier, sendOnce, type Written } from './send-once.ts';
import { subjectLine } from './subject-line.ts';
import { unlinked } from './unlinked.ts';

/** Questions that one mail names, each with its link; the inbox has the others. */
const MOST_LINES = 100;

/** What an event means in a digest; undefined for one that somebody is told at once: handed to them by name, stuck, or without anybody who may answer. */
function sortOf({ type }: CaseEvent): DigestSort | undefined {
  if (type === 'task-opened' || type === 'stage-changed') return 'asked';
  return type === 'reminded' || type === 'escalated' ? type : undefined;
}

/** An event with whom it is told to. */
export interface Telling {
  readonly event: CaseEvent;
  readonly subject: Case;
  readonly task: Task | undefined;
  readonly to: Recipient;
}

/** What a digest's mail is known by. */
export function digestName({ party, who, slot }: Digest): string {
  return nameOf('digest', party, who, slot);
}

/**
 * Enters an event into the reader's digest where it can wait for that.
 * @param name what a mail of its own would be known by
 * @returns whether it stands there; else the reader is to be told at once
 */
export async function collected({ table }: Notifier, name: string, told: Telling): Promise<boolean> {
  const { event, subject, task, to } = told;
  const sort = sortOf(event);
  if (to.as !== 'member' || to.pace === 'at-once' || !sort) return false;
  if (task?.assignee.type !== 'party' || task.assignee.nobody || isCritical(subject)) return false;
  const digest = { party: to.party, who: to.who, slot: nextDigest(to.pace, Date.now()) };
  const entry = { caseId: event.caseId, task: task.id, sort, desk: task.assignee.party };
  await enterDigest(table, name, entry, { ...digest, name: digestName(digest) });
  return true;
}

function lineText(language: Language, { task }: Line): string {
  return fill(digestText[language].line, {
    organization: unlinked(task.organization),
    kind: kindText(language, task.kind),
    id: task.caseId,
    stage: stageText(language, task.kind, task.stage),
    due: momentText(task.dueAt),
  });
}

/**
 * Writes a digest as things are now; undefined where nothing in it waits for an answer any more, or its reader is no longer a member. Cost: a
 * Query, two reads, and a read a question.
 */
export async function digestMail(notifier: Notifier, digest: Digest): Promise<(() => Promise<Written>) | undefined> {
  const { member, lines, answered } = (await linesOf(notifier.table, digest)) ?? { lines: [], answered: 0 };
  if (!member || lines.length === 0) return undefined;
  const { language, email } = member;
  const texts = digestText[language];
  const [late, soon] = [lines.filter(({ isLate }) => isLate), lines.filter(({ isLate }) => !isLate)];
  const named = [...late, ...soon].slice(0, MOST_LINES);
  const list = (head: string, some: readonly Line[]) => {
    const items = some
      .filter((line) => named.includes(line))
      .map((line) => ({
        text: lineText(language, line),
        link: `${notifier.publicUrl}/console/cases/${line.task.caseId}`,
      }));
    return items.length > 0 ? [{ head: fill(head, { count: some.length }), items }] : [];
  };
  const more = lines.length - named.length;
  const content = {
    paragraphs: [
      texts.hello,
      ...list(texts.late, late),
      ...list(texts.new, soon),
      ...(more > 0 ? [fill(texts.more, { count: more })] : []),
      ...(answered > 0 ? [fill(texts.answered, { count: answered })] : []),
    ],
    link: `${notifier.publicUrl}/console`,
    open: texts.open,
    footer: texts.footer,
  };
  const words = { count: String(lines.length), late: String(late.length), new: String(soon.length) };
  const mail = {
    to: email,
    subject: subjectLine(texts.subject, z.object({}), {}, words),
    ...laidOut(language, content),
    cause: { type: 'duty' } as const,
  };
  return async () => mail;
}

/**
 * Sends the digests whose hour has come, until `until`. One whose mail the server does not take waits like other mails; one that cannot be written
 * stops no other. Cost: a Query; for each digest what writing it costs, and two writes.
 * @param until by `performance.now()`
 * @returns whether all were looked at
 */
export async function sendDigests(notifier: Notifier, until: number): Promise<boolean> {
  for await (const { name, ...digest } of digestsDue(notifier.table, instant(Date.now()))) {
    if (performance.now() > until) return false;
    try {
      const write = await digestMail(notifier, digest);
      if (write) await sendOnce(notifier, { name, at: digest.slot, mail: { type: 'digest', ...digest } }, write);
      await endDigest(notifier.table, { name, ...digest });
    } catch (error) {
      // the next run comes to it again
      logFailure('unexpected', error);
    }
  }
  return true;
}
