import { assigneeOf } from '../../../shared/kinds/assignee.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import type { Dossier } from './dossier.ts';

/** Stages in which nobody is asked because the workflow is at work. */
const automatic: ReadonlySet<string> = new Set(['submitted', 'screening']);

/** Whether somebody is about to be asked: the workflow has not yet opened their task. */
export function isHandedOn({ subject, open }: Pick<Dossier, 'subject' | 'open'>): boolean {
  return open.length === 0 && (automatic.has(subject.stage) || assigneeOf(subject) !== undefined);
}

/** How long handing on takes at most when nothing is wrong, in milliseconds. */
const SOON = 30_000;

export function isFresh(subject: Case): boolean {
  return Date.now() - Date.parse(subject.entered.at) < SOON;
}
