import type { Digest } from '../../shared/domain/digest.ts';
import type { CaseId } from '../../shared/domain/ids.ts';
import type { OpenTask } from '../../shared/domain/task.ts';
import { instant } from '../../shared/domain/time.ts';
import { digestEntries } from '../../shared/store/digests.ts';
import { interestsOf } from '../../shared/store/interests.ts';
import { readMember } from '../../shared/store/parties.ts';
import type { Table } from '../../shared/store/table.ts';
import { readTasks } from '../../shared/store/tasks.ts';

/** A question that waits, in a digest. */
export interface Line {
  readonly task: OpenTask;
  /** whether its due time has passed, once or again */
  readonly isLate: boolean;
}

/** What a digest has to say now, most urgent first; undefined where its reader is no longer a member. Cost: three Queries or reads, and a read a question. */
export async function linesOf(table: Table, digest: Digest) {
  const [entries, member] = await Promise.all([
    digestEntries(table, digest),
    readMember(table, digest.party, digest.who),
  ]);
  if (!member) return undefined;
  const asked = Map.groupBy(entries, ({ task }) => task);
  const [tasks, interests] = await Promise.all([readTasks(table, [...asked.keys()]), interestsOf(table, member.id)]);
  const now = instant(Date.now());
  const lines = tasks.flatMap((task): Line[] => {
    if (task.status !== 'open' || interests.concern(task)) return [];
    const told = asked.get(task.id) ?? [];
    const sorts = told.map(({ sort }) => sort);
    // what went to another desk since is theirs; who leads goes on following what is overdue
    const { assignee } = task;
    const isTheirs = assignee.type === 'party' && told.some(({ desk }) => desk === assignee.party);
    if (!isTheirs && !sorts.includes('escalated')) return [];
    return [{ task, isLate: task.round > 0 || task.dueAt <= now }];
  });
  lines.sort((a, b) => Number(b.isLate) - Number(a.isLate) || a.task.dueAt.localeCompare(b.task.dueAt));
  return { member, lines, answered: asked.size - lines.length };
}

/** The case that a digest names first: who is not reached by it is not reached about this one. */
export async function firstCaseOf(table: Table, digest: Digest): Promise<CaseId | undefined> {
  return (await linesOf(table, digest))?.lines[0]?.task.caseId;
}
