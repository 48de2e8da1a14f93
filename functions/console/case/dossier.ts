import { type Acting, actorOf, assertMay, may } from '../../../shared/answering/acting.ts';
import { type Answerable, answerable } from '../../../shared/answering/answerable.ts';
import { type Declared, declaredInterests } from '../../../shared/answering/interests.ts';
import { recordView } from '../../../shared/audit/record.ts';
import { besidesFor } from '../../../shared/case/act-beside.ts';
import { barsSeen, type SeenBar } from '../../../shared/case/lift-bar.ts';
import { partyNames } from '../../../shared/case/party-names.ts';
import { caseSeen, fileSeen, glance, type Sight, shownTo, sightOf, sightWith } from '../../../shared/case/sight.ts';
import { secretOf } from '../../../shared/case/track.ts';
import { type Unreached, unreachedIn } from '../../../shared/case/undelivered.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import type { CaseId, Kind, PartyId, TaskId } from '../../../shared/domain/ids.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Member } from '../../../shared/domain/party.ts';
import type { OpenTask } from '../../../shared/domain/task.ts';
import type { Case, CaseOf } from '../../../shared/kinds/case.ts';
import { endStages } from '../../../shared/kinds/lifecycle.ts';
import { rosterRefOf } from '../../../shared/kinds/parts.ts';
import { casesAlike } from '../../../shared/store/alike-cases.ts';
import { type CaseFile, readCaseFile, readCases } from '../../../shared/store/cases.ts';
import type { Table } from '../../../shared/store/table.ts';
import { deskPages } from '../../kinds/index.ts';
import type { DeskLook, DeskView } from '../../kinds/pages.ts';
import { partiesIn } from '../../web/history.tsx';
import type { Door, Visit } from '../door.ts';
import type { NumberAsked } from './number-asked.ts';

/** Everything that one page about a case shows to one member: nothing that they may not see is in it. */
export interface Dossier extends CaseFile {
  readonly sight: Sight;
  /** the open tasks, and of those what this member may answer, with the answers that they may give */
  readonly open: readonly OpenTask[];
  readonly mine: readonly OpenTask[];
  /** why an answer to what is put to the member is kept from them */
  readonly kept: Answerable['kept'];
  /** in whose place the member would answer a task, where it is a colleague's */
  readonly inPlaceOf: ReadonlyMap<TaskId, Member>;
  /** whether the member has an interest in the case; what was declared, as far as it is for them to see */
  readonly interested: boolean;
  readonly interests: readonly Declared[];
  readonly mayDeclare: boolean;
  /** whom what the applicant typed keeps from the case, as far as it is for the member to see */
  readonly bars: readonly SeenBar[];
  /** whether the member may act for the applicant: withdraw, and give amounts */
  readonly actsFor: boolean;
  readonly amends: boolean;
  /** what the member may do beside the question, by outcome */
  readonly besides: readonly string[];
  readonly mayConsent: boolean;
  readonly mayRevokeLink: boolean;
  /** those who work on the case whom mail does not reach, where people are named */
  readonly unreached: readonly Unreached[];
  readonly parties: ReadonlyMap<PartyId, string>;
  /** cases that findings and links name, by number, of those the member may open */
  readonly linked: ReadonlyMap<CaseId, Case>;
  readonly others: readonly Case[];
  /** what the page shows of the case as its kind has it */
  readonly view: DeskView;
  /** the secret of the applicant's private link, for who acts for them */
  readonly secret: string | undefined;
}

function namesOf(
  door: Door,
  file: CaseFile,
  open: readonly OpenTask[],
  language: Language,
): Promise<Map<PartyId, string>> {
  const { subject } = file;
  const ids = [
    subject.hub,
    ...partiesIn(file.events),
    ...open.flatMap(({ assignee }) => (assignee.type === 'party' ? [assignee.party] : [])),
    ...('insurer' in subject ? [subject.insurer] : []),
    ...('donor' in subject && subject.donor ? [subject.donor.party] : []),
    ...(subject.onBehalf ? [subject.onBehalf.party] : []),
  ];
  return partyNames(door.hub.table, ids, language);
}

function linkedIds(subject: Case): CaseId[] {
  const merged = subject.stage === 'merged' ? [subject.mergedInto] : [];
  const found = subject.screening.flatMap((finding) => finding.cases ?? []);
  return [...new Set([...(subject.parent ? [subject.parent] : []), ...subject.children, ...merged, ...found])];
}

function openAtDesk<K extends Kind>(subject: CaseOf<K>, look: DeskLook): Promise<DeskView> {
  return deskPages[subject.kind].open(subject, look);
}

/**
 * Records that a number was asked for, before it is shown.
 * @throws Rejected where the member may not, and `not-found` where there is no such number
 */
async function recordShownNumber(
  table: Table,
  acting: Acting,
  subject: Case,
  { row, reason }: NumberAsked,
): Promise<void> {
  assertMay(acting, 'show-identity-number', subject);
  const rows = subject.erasedAt ? 0 : (rosterRefOf(subject)?.count ?? 0);
  if (row > rows) throw new Rejected('not-found');
  const by = actorOf(acting);
  await recordView(table, { cases: [subject.id], shown: ['identity'], by, door: 'console', reason });
}

/**
 * Reads what the page about a case shows to this member; undefined when there is no such case or it is not for them to
 * see, which nobody can tell apart. That they
 * looked is recorded. Cost: one Query of the case, a view's trace, and a few reads by what the member may see.
 */
export async function readDossier(
  door: Door,
  { acting, language, csrf }: Pick<Visit, 'acting' | 'language' | 'csrf'>,
  id: CaseId,
  asked?: NumberAsked,
): Promise<Dossier | undefined> {
  const { table } = door.hub;
  const file = await readCaseFile(table, id);
  if (!file || !may(acting, 'read-case', file.subject)) return undefined;
  const { subject } = file;
  const { tasks, interested, roles, ...offered } = await answerable(table, file, acting);
  const sight = sightWith(acting, roles, subject);
  if (asked) await recordShownNumber(table, acting, subject, asked);
  const seen = fileSeen(file, sight);
  const open = seen.tasks.filter((task) => task.status === 'open');
  const mine = open.flatMap((task) => {
    const { outcomes } = tasks.get(task.id) ?? {};
    return outcomes ? [{ ...task, outcomes: [...outcomes] }] : [];
  });
  const actsFor = offered.actsFor('withdraw-case');
  const seesLink = actsFor && may(acting, 'see-private-link', subject);
  const look: DeskLook = { hub: door.hub, acting, language, csrf, sight, mine, row: asked?.row };
  const [parties, linked, others, view, interests, bars, unreached] = await Promise.all([
    namesOf(door, seen, open, language),
    readCases(table, linkedIds(subject)),
    sight.others ? casesAlike(door.hub, subject) : [],
    openAtDesk(seen.subject, look),
    may(acting, 'see-interests', subject) ? declaredInterests(table, subject, acting) : [],
    may(acting, 'see-interests', subject) ? barsSeen(table, subject, acting) : [],
    sight.people ? unreachedIn(door.hub, file.events) : [],
    // a page whose view cannot be recorded is not shown
    recordView(table, {
      cases: [id],
      shown: [...shownTo(sight, subject), ...(seesLink ? (['link'] as const) : [])],
      by: actorOf(acting),
      door: 'console',
    }),
  ]);
  const inList = (other: Case) => caseSeen(other, glance(sightOf(acting, other)));
  return {
    ...seen,
    sight,
    open,
    mine,
    kept: offered.kept,
    inPlaceOf: new Map(
      [...tasks].flatMap(([task, { as }]) => (as.inPlaceOf ? [[task, as.inPlaceOf.member] as const] : [])),
    ),
    interested,
    interests,
    bars,
    unreached,
    mayDeclare: !interested && !endStages.has(subject.stage) && may(acting, 'declare-interest', subject),
    actsFor,
    amends: offered.actsFor('amend-case'),
    besides: interested ? [] : await besidesFor(table, subject, acting),
    mayConsent: !interested && may(acting, 'give-consent', subject),
    mayRevokeLink: !interested && may(acting, 'revoke-link', subject),
    parties,
    linked: new Map(
      linked.filter((other) => may(acting, 'read-case', other)).map((other) => [other.id, inList(other)]),
    ),
    others: others.filter((other) => other.id !== subject.id && other.hub === subject.hub).map(inList),
    view,
    secret: seesLink ? await secretOf(door.hub, subject) : undefined,
  };
}
