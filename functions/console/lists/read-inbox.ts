import { ownDesk, tasksOf } from '../../../shared/answering/own-desk.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { fold } from '../../../shared/domain/same/fold.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { localDate } from '../../../shared/domain/time.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { readCases } from '../../../shared/store/cases.ts';
import { toCursor } from '../../../shared/store/cursor.ts';
import type { Hub } from '../../../shared/store/hub.ts';

const SHOWN = 25;
/** Tasks read for one page: enough to filter and to count what a desk can still take in. */
const READ = 100;

export interface InboxFilter {
  readonly kind?: string | undefined;
  readonly stage?: string | undefined;
  /** part of an organization's name or of a case number */
  readonly text?: string | undefined;
  readonly cursor?: string | undefined;
}

export interface InboxPage {
  readonly rows: readonly {
    readonly task: OpenTask;
    readonly subject: Case | undefined;
    /** the colleague in whose place the member would answer it */
    readonly inPlaceOf: Member | undefined;
  }[];
  readonly nextCursor: string | null;
  /** of the first page without a filter: how many there are, up to {@link READ} */
  readonly counts: { readonly open: number; readonly overdue: number; readonly today: number; readonly more: boolean };
}

/**
 * A page of a member's open tasks, soonest due first, with their cases: their own, and those of colleagues for whom they
 * stand in; none in which they have an interest, or are the applicant by their mail address. A filter looks through {@link READ} tasks at a
 * time and goes on from there. Cost: see {@link ownDesk}, one Query a desk and one
 * read a case shown.
 */
export async function readInbox(hub: Hub, member: Member, filter: InboxFilter): Promise<InboxPage> {
  const { table } = hub;
  const desk = await ownDesk(hub, member);
  const page = await tasksOf(table, member, desk, filter.cursor, READ);
  const held = await desk.held(page.items);
  const mine = [...held.keys()];
  const wanted = fold(filter.text ?? '');
  const matching = mine.filter(
    (task) =>
      (!filter.kind || task.kind === filter.kind) &&
      (!filter.stage || task.stage === filter.stage) &&
      (fold(task.organization).includes(wanted) || fold(task.caseId).includes(wanted)),
  );
  const shown = matching.slice(0, SHOWN);
  const last = shown.at(-1);
  const cut = matching.length > SHOWN && last;
  const ids: CaseId[] = shown.map((task) => task.caseId);
  const cases = new Map((await readCases(table, [...new Set(ids)])).map((subject) => [subject.id, subject]));
  const now = Date.now();
  return {
    rows: shown.map((task) => ({
      task,
      subject: cases.get(task.caseId),
      inPlaceOf: held.get(task)?.inPlaceOf,
    })),
    nextCursor: cut ? toCursor({ after: `${last.dueAt}#${last.id}` }) : page.nextCursor,
    counts: {
      open: mine.length,
      overdue: mine.filter((task) => Date.parse(task.dueAt) < now).length,
      today: mine.filter((task) => localDate(Date.parse(task.dueAt)) === localDate(now)).length,
      more: page.nextCursor !== null,
    },
  };
}
