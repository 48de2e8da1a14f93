import { partyNames } from '../../../shared/case/party-names.ts';
import type { Actor } from '../../../shared/domain/case-base.ts';
import type { PartyId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Task } from '../../../shared/domain/task.ts';
import type { CaseFile } from '../../../shared/store/cases.ts';
import type { Table } from '../../../shared/store/table.ts';

/** What parties are called, by id. */
export type PartyNames = ReadonlyMap<PartyId, string>;

function partiesIn(actors: readonly Actor[], tasks: readonly Task[]): PartyId[] {
  const acted = actors.flatMap((actor) => (actor.type === 'member' ? [actor.party] : []));
  const asked = tasks.flatMap(({ assignee }) => (assignee.type === 'party' ? [assignee.party] : []));
  return [...acted, ...asked];
}

/** The names of all who had part in a case, in the caller's language. Cost: one read a party; a case has three or four. */
export function namesFor(
  table: Table,
  file: Pick<CaseFile, 'events' | 'tasks'>,
  language: Language,
): Promise<PartyNames> {
  const ids = partiesIn(
    [
      ...file.events.map((event) => event.by),
      ...file.tasks.flatMap((task) => ('closedBy' in task ? [task.closedBy] : [])),
    ],
    file.tasks,
  );
  return partyNames(table, ids, language);
}
