import * as z from 'zod';
import { type Acting, actorOf, may, mayAnswer } from '../../../shared/answering/acting.ts';
import { answerable } from '../../../shared/answering/answerable.ts';
import { recordView } from '../../../shared/audit/record.ts';
import { besidesFor } from '../../../shared/case/act-beside.ts';
import { takesAmounts } from '../../../shared/case/applicant-actions.ts';
import { fileSeen, shownTo, sightOf, sightWith } from '../../../shared/case/sight.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { mayWithdraw } from '../../../shared/kinds/withdraw.ts';
import type { CaseFile } from '../../../shared/store/cases.ts';
import type { Table } from '../../../shared/store/table.ts';
import { ofEachKind } from '../../kinds/api.ts';
import { viewCase } from './case.ts';
import { HistoryEntry, viewHistory } from './history.ts';
import { namesFor } from './party-names.ts';
import { TaskView, viewTask } from './task.ts';

const file = {
  history: z.array(HistoryEntry),
  tasks: z.array(TaskView),
  /** the task that the case waits for, or null when it waits for none */
  openTask: TaskView.nullable(),
  /** what the caller can do now */
  can: z.object({
    answer: z.array(z.string()),
    /** beside the open question, see `POST /cases/{id}/actions` */
    actions: z.array(z.string()),
    withdraw: z.boolean(),
    giveAmounts: z.boolean(),
  }),
};

/** A case with its history, its tasks, and what the caller can do. */
export const CaseFileView = z.discriminatedUnion(
  'kind',
  ofEachKind((_kind, { view }) => view.extend(file)),
);

/**
 * The whole of a case, as whoever acts may see it, also as a stand-in. Outcomes are listed where they are the caller's to
 * choose. That it is seen is recorded before anything is given.
 */
export async function viewCaseFile(table: Table, found: CaseFile, acting: Acting, language: Language) {
  const { subject } = found;
  const member = acting.type === 'member' ? await answerable(table, found, acting) : undefined;
  const sight =
    member && acting.type === 'member' ? sightWith(acting, member.roles, subject) : sightOf(acting, subject);
  if (acting.type === 'member') {
    const shown = shownTo(sight, subject);
    await recordView(table, { cases: [subject.id], shown, by: actorOf(acting), door: 'api' });
  }
  const seen = fileSeen(found, sight);
  const names = await namesFor(table, seen, language);
  const tasks = seen.tasks.map((task) => {
    const view = viewTask(task, sight, names);
    const asked = mayAnswer(acting, subject, task) ? view.outcomes : [];
    return { ...view, outcomes: member ? (member.tasks.get(task.id)?.outcomes ?? []) : asked };
  });
  const open = tasks.filter((task) => task.status === 'open');
  const openTask = open.find((task) => task.outcomes.length > 0) ?? open[0] ?? null;
  const actsFor = member?.actsFor ?? ((action: 'withdraw-case' | 'amend-case') => may(acting, action, subject));
  return {
    ...viewCase(subject, sight, language),
    history: viewHistory(seen, sight, names),
    tasks,
    openTask,
    can: {
      answer: openTask?.outcomes ?? [],
      actions: acting.type === 'member' && !member?.interested ? [...(await besidesFor(table, subject, acting))] : [],
      withdraw: actsFor('withdraw-case') && mayWithdraw(subject),
      giveAmounts: actsFor('amend-case') && takesAmounts(subject),
    },
  };
}
