import { type OnDesk, ownDesk, tasksOf } from '../../../shared/answering/own-desk.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { fold } from '../../../shared/domain/same/fold.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import { localDate } from '../../../shared/domain/time.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { type List, readCases } from '../../../shared/store/cases.ts';
import { toCursor } from '../../../shared/store/cursor.ts';
import type { Hub } from '../../../shared/store/hub.ts';

const SHOWN = 25;
/** Tasks that are read at a time: enough to count what a desk can still take in. */
const READ = 100;
/** Tasks that one page looks through at most for what its filter asks for. */
const MOST_LOOKED_THROUGH = 1_000;

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
  /** how many tasks were looked through, which were not only the member's */
  readonly looked: number;
  /** how many of those are the member's, and whether there may be more */
  readonly counts: { readonly open: number; readonly overdue: number; readonly today: number; readonly more: boolean };
}

function isWanted({ kind, stage, text = '' }: InboxFilter): (task: OpenTask) => boolean {
  const wanted = fold(text);
  return (task) =>
    (!kind || task.kind === kind) &&
    (!stage || task.stage === stage) &&
    (fold(task.organization).includes(wanted) || fold(task.caseId).includes(wanted));
}

/**
 * A page of a member's open tasks, soonest due first, with their cases: their own, and those of colleagues for whom they
 * stand in; none in which they have an interest, or are the applicant by their mail address. Reads on until the page is full, through
 * {@link MOST_LOOKED_THROUGH} tasks at most, and goes on from there. Cost: see {@link ownDesk}; for each {@link READ} tasks a Query a desk; and one
 * read a case shown.
 */
export async function readInbox(hub: Hub, member: Member, filter: InboxFilter): Promise<InboxPage> {
  const { table } = hub;
  const desk = await ownDesk(hub, member);
  const held = new Map<OpenTask, OnDesk>();
  const matching: OpenTask[] = [];
  let looked = 0;
  let cursor: string | null | undefined = filter.cursor;
  do {
    const page: List<OpenTask> = await tasksOf(table, member, desk, cursor, READ);
    const here = await desk.held(page.items);
    for (const [task, onDesk] of here) held.set(task, onDesk);
    matching.push(...[...here.keys()].filter(isWanted(filter)));
    looked += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && matching.length < SHOWN && looked < MOST_LOOKED_THROUGH);
  const mine = [...held.keys()];
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
    nextCursor: cut ? toCursor({ after: `${last.dueAt}#${last.id}` }) : cursor,
    looked,
    counts: {
      open: mine.length,
      overdue: mine.filter((task) => Date.parse(task.dueAt) < now).length,
      today: mine.filter((task) => localDate(Date.parse(task.dueAt)) === localDate(now)).length,
      more: cursor !== null,
    },
  };
}
