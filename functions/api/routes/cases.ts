import * as z from 'zod';
import { recordView } from '../../../shared/audit/record.ts';
import { type Acting, actorOf, isCoordinator, may } from '../../../shared/cases/acting.ts';
import { Amounts, amendNeed, Withdrawal, withdrawCase } from '../../../shared/cases/applicant-actions.ts';
import { rosterOf } from '../../../shared/cases/roster.ts';
import type { Case } from '../../../shared/domain/case.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { CaseId, Kind, kinds } from '../../../shared/domain/ids.ts';
import { stagesOf } from '../../../shared/domain/lifecycle/index.ts';
import { suggestOffers } from '../../../shared/domain/matching.ts';
import type { Member } from '../../../shared/domain/party.ts';
import { parseInput } from '../../../shared/domain/problems.ts';
import { localDate } from '../../../shared/domain/time.ts';
import { type CaseFile, listCases, readCase, readCaseFile } from '../../../shared/store/cases.ts';
import { fromCursor, toCursor } from '../../../shared/store/cursor.ts';
import { listOffers } from '../../../shared/store/offers.ts';
import { readJson } from '../body.ts';
import { type Answer, type Call, memberFor, onlyMember } from '../call.ts';
import { once } from '../idempotency.ts';
import { type CaseView, viewCase } from '../views/case.ts';
import { viewCaseFile } from '../views/case-file.ts';
import { viewSuggestion } from '../views/catalogue.ts';
import { viewRoster } from '../views/roster.ts';
import { viewerOf } from '../views/viewer.ts';
import { named } from './path.ts';
import { CasesQuery } from './queries.ts';

const Position = z.object({ kind: Kind, after: z.string().optional() });

function notACursor(): Rejected {
  return new Rejected('invalid', { fields: [{ pointer: '/cursor', code: 'not-a-cursor' }] });
}

function positionOf(cursor: string | undefined): z.infer<typeof Position> | undefined {
  const found = fromCursor(cursor);
  if (!found) return undefined;
  const position = Position.safeParse(found);
  if (!position.success) throw notACursor();
  return position.data;
}

type Wanted = z.output<typeof CasesQuery>;

/** The kinds that can have what is asked for. */
function kindsFor({ kind, stage }: Wanted): readonly Kind[] {
  const asked = kind ? [kind] : kinds;
  const found = stage ? asked.filter((one) => stagesOf(one).includes(stage)) : asked;
  if (found.length === 0) throw new Rejected('invalid', { fields: [{ pointer: '/stage', code: 'not-a-choice' }] });
  return found;
}

/** One page of one kind. A cursor that the table does not know was none that a list gave. */
async function pageOf(
  call: Call,
  member: Member,
  wanted: Wanted,
  kind: Kind,
  after: string | undefined,
  limit: number,
) {
  try {
    return await listCases(call.hub.table, {
      as: member.partyType === 'hub' ? 'hub' : 'partner',
      party: member.party,
      kind,
      stage: wanted.stage,
      cursor: after,
      limit,
    });
  } catch (error) {
    if (after !== undefined && error instanceof Error && error.name === 'ValidationException') throw notACursor();
    throw error;
  }
}

/** The kinds one after another: the cursor says in which of them the list goes on, and where. */
async function list(call: Call): Promise<Answer> {
  const wanted = parseInput(CasesQuery, call.query);
  const member = memberFor(call);
  const asked = kindsFor(wanted);
  const position = positionOf(wanted.cursor);
  const items: CaseView[] = [];
  let after = position?.after;
  for (const kind of position ? asked.slice(Math.max(0, asked.indexOf(position.kind))) : asked) {
    const room = wanted.limit - items.length;
    if (room === 0) return { body: { items, nextCursor: toCursor({ kind }) } };
    const page = await pageOf(call, member, wanted, kind, after, room);
    after = undefined;
    for (const subject of page.items)
      items.push(viewCase(subject, viewerOf({ type: 'member', member }, subject), call.language));
    if (page.nextCursor) return { body: { items, nextCursor: toCursor({ kind, after: page.nextCursor }) } };
  }
  return { body: { items, nextCursor: null } };
}

/** The membership in which the caller may read the case. What they may not see is not there. */
function readerOf(call: Call, subject: Case | undefined): Acting {
  memberFor(call);
  const member = subject && call.memberships.find((one) => may({ type: 'member', member: one }, 'read-case', subject));
  if (!member) throw new Rejected('not-found');
  return { type: 'member', member };
}

async function fileFor(call: Call): Promise<{ file: CaseFile; acting: Acting }> {
  const file = await readCaseFile(call.hub.table, named(call, 'id', CaseId));
  const acting = readerOf(call, file?.subject);
  if (!file) throw new Rejected('not-found');
  return { file, acting };
}

async function get(call: Call): Promise<Answer> {
  const { file, acting } = await fileFor(call);
  return { body: await viewCaseFile(call.hub.table, file, acting, call.language) };
}

/** What a coordinator does for an applicant who has no e-mail. */
async function act(call: Call, schema: z.ZodType, does: typeof withdrawCase | typeof amendNeed): Promise<Answer> {
  memberFor(call);
  const id = named(call, 'id', CaseId);
  const body = await readJson(call.request, schema === Withdrawal);
  parseInput(schema, body);
  const subject = await readCase(call.hub.table, id);
  const acting = readerOf(call, subject);
  const changed = await once(
    call,
    body,
    (key) => does(call.hub, id, body, acting, key),
    async () => (await readCase(call.hub.table, id)) ?? Promise.reject(new Rejected('not-found')),
  );
  return { body: viewCase(changed, viewerOf(acting, changed), call.language) };
}

async function suggest(call: Call): Promise<Answer> {
  const member = onlyMember(call, isCoordinator);
  const subject = await readCase(call.hub.table, named(call, 'id', CaseId));
  if (subject?.kind !== 'need' || subject.hub !== member.party) throw new Rejected('not-found');
  const found = suggestOffers(subject, await listOffers(call.hub.table), localDate(Date.now()));
  return { body: { items: found.map(viewSuggestion), nextCursor: null } };
}

async function roster(call: Call): Promise<Answer> {
  const subject = await readCase(call.hub.table, named(call, 'id', CaseId));
  const acting = readerOf(call, subject);
  if (subject?.kind !== 'insurance' || acting.type !== 'member') throw new Rejected('not-found');
  const { member } = acting;
  const full = member.party === subject.insurer && member.roles.includes('insurer');
  if (!full && !isCoordinator(member)) throw new Rejected('forbidden');
  const shown = [full ? ('identity' as const) : ('roster' as const)];
  await recordView(call.hub.table, { cases: [subject.id], shown, by: actorOf(acting), door: 'api' });
  return { body: viewRoster(subject, await rosterOf(call.hub, subject), full) };
}

export const cases = {
  listCases: list,
  getCase: get,
  withdrawCase: (call: Call) => act(call, Withdrawal, withdrawCase),
  giveAmounts: (call: Call) => act(call, Amounts, amendNeed),
  suggestOffers: suggest,
  getRoster: roster,
};
