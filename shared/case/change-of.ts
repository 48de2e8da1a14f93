import { Rejected } from '../domain/errors.ts';
import { newCaseId } from '../domain/ids.ts';
import { parseInput } from '../domain/problems.ts';
import type { OpenTask } from '../domain/task.ts';
import { localDate } from '../domain/time.ts';
import type { Case } from '../kinds/case.ts';
import { type Change, type Decided, moved } from '../kinds/change.ts';
import { decideGrant } from '../kinds/grant/decide.ts';
import { GrantDecision } from '../kinds/grant/decision.ts';
import type { InsuranceCase, RosterRef } from '../kinds/insurance/case.ts';
import { decideInsurance } from '../kinds/insurance/decide.ts';
import { InsuranceDecision } from '../kinds/insurance/decision.ts';
import { endStages } from '../kinds/lifecycle.ts';
import { decideNeed } from '../kinds/need/decide.ts';
import { NeedDecision } from '../kinds/need/decision.ts';
import { isLive } from '../kinds/need/matching.ts';
import { readCase } from '../store/cases.ts';
import type { Hub } from '../store/hub.ts';
import { readOffer } from '../store/offers.ts';
import { readParty } from '../store/parties.ts';
import { readProgramme } from '../store/programmes.ts';
import { withOwner } from './owner.ts';
import { checkAndStage, checkRequest, rosterOf } from './roster.ts';

/** A roster that came with the answer is staged; one that is there already is checked again for other days. */
async function rosterFor(
  hub: Hub,
  before: InsuranceCase,
  input: InsuranceDecision,
  now: string,
): Promise<RosterRef | undefined> {
  const changes = input.outcome === 'resubmitted' ? input.changes : undefined;
  if (!changes) return undefined;
  const days = { coverFrom: changes.coverFrom ?? before.coverFrom, coverTo: changes.coverTo ?? before.coverTo };
  const today = localDate(Date.parse(now));
  if (changes.volunteers) {
    return checkAndStage(hub, { ...days, volunteers: changes.volunteers }, today, '/changes');
  }
  if (changes.coverFrom || changes.coverTo) {
    checkRequest({ ...days, volunteers: await rosterOf(hub, before) }, today, '/changes');
  }
  return undefined;
}

/**
 * What an answer makes of the case, with all that it rests on: programme, donor, offer, roster. A roster that came with it
 * is staged; whoever does not write the change discards it.
 * @throws {@link Rejected} with a problem for every wrong field
 */
export async function changeOf(hub: Hub, before: Case, body: unknown, how: Decided): Promise<Change> {
  return withOwner(hub, await answered(hub, before, body, how));
}

async function answered(hub: Hub, before: Case, body: unknown, how: Decided): Promise<Change> {
  const { table } = hub;
  if (before.kind === 'need') {
    const input = parseInput(NeedDecision, body);
    const offerId =
      input.outcome === 'matched'
        ? input.offer
        : input.outcome === 'approved' && 'donor' in before
          ? before.donor?.offer
          : undefined;
    const offer = offerId && (await readOffer(table, offerId));
    if (input.outcome === 'matched' && offerId && offer?.party !== input.donor) {
      throw new Rejected('invalid', { fields: [{ pointer: '/offer', code: 'not-found' }] });
    }
    // as the page lists them; whoever had it open for long may name one that is used up or over since
    if (input.outcome === 'matched' && offer && !isLive(offer, localDate(Date.parse(how.now)))) {
      throw new Rejected('invalid', { fields: [{ pointer: '/offer', code: 'not-a-choice' }] });
    }
    const into = input.outcome === 'merged' ? await readCase(table, input.into) : undefined;
    const goesOn = into?.kind === 'need' && into.hub === before.hub && !endStages.has(into.stage);
    const party = input.outcome === 'matched' ? await readParty(table, input.donor) : undefined;
    return decideNeed(
      before,
      input,
      { ...how, reason: input.reason },
      {
        childId: newCaseId('need'),
        donor: party?.type === 'funder' ? party : undefined,
        offer: offer || undefined,
        into: goesOn ? into : undefined,
      },
    );
  }
  if (before.kind === 'grant') {
    const input = parseInput(GrantDecision, body);
    const programme = await readProgramme(table, before.programme);
    if (!programme) throw new Rejected('not-found');
    return decideGrant(before, input, { ...how, reason: input.reason }, programme);
  }
  const input = parseInput(InsuranceDecision, body);
  const roster = await rosterFor(hub, before, input, how.now);
  return decideInsurance(before, input, { ...how, reason: input.reason }, roster);
}

/** A stuck workflow goes on: the case stays where it is, and keeps who mended it and how. */
export function resume(before: Case, task: OpenTask, how: Decided): Change {
  const { version: next, decisions } = moved(before, 'resumed', how);
  const after = { ...before, version: next, decisions };
  const { id: caseId, kind, version, hub, stage } = after;
  return {
    before,
    after,
    children: [],
    event: { type: 'resumed', closedTask: task.id, caseId, kind, version, hub, stage, at: how.now, by: how.actor },
  };
}
