import { Rejected } from '../../domain/errors.ts';
import { parseInput } from '../../domain/problems.ts';
import { localDate } from '../../domain/time.ts';
import type { Case } from '../../kinds/case.ts';
import { type InsuranceCase, newInsurance, type RosterRef } from '../../kinds/insurance/case.ts';
import { decideInsurance } from '../../kinds/insurance/decide.ts';
import { InsuranceDecision } from '../../kinds/insurance/decision.ts';
import { InsuranceInput, InsuranceOnBehalfInput } from '../../kinds/insurance/input.ts';
import { screenInsurance } from '../../kinds/insurance/screen.ts';
import type { Hub } from '../../store/hub.ts';
import { countCovered, holdsDays, holdVolunteers } from '../covered-volunteers.ts';
import { checkAndStage, checkRequest, rosterOf } from '../roster.ts';
import type { Handling } from './handling.ts';

/** With how many rows were left out of it: mails say the number, and only the page who they are. */
function counted(roster: RosterRef, leftOut: readonly unknown[] = []): RosterRef {
  return leftOut.length > 0 ? { ...roster, leftOut: leftOut.length } : roster;
}

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
    const staged = await checkAndStage(hub, { ...days, volunteers: changes.volunteers }, today, '/changes');
    return counted(staged, changes.leftOut);
  }
  if (changes.coverFrom || changes.coverTo) {
    checkRequest({ ...days, volunteers: await rosterOf(hub, before) }, today, '/changes');
  }
  return undefined;
}

/**
 * Holds the volunteers' days before the answer is written by which they are insured, so that no other request has them too: when it is
 * approved, and when it is bound for other days. What the insurer's file said stays where the days do. Where the answer is not
 * written the days are free again after minutes, and those for which the request was approved stay held.
 * @throws {@link Rejected} `invalid` when others insure all volunteers on all days
 */
async function holdFor(hub: Hub, before: InsuranceCase, after: Case): Promise<void> {
  if (after.kind !== 'insurance' || (after.stage !== 'binding' && after.stage !== 'active')) return;
  const roster = await rosterOf(hub, after);
  const isAsHeld = after.stage === 'active' && after.askedFor === undefined && (await holdsDays(hub, before, roster));
  if (!isAsHeld && !(await holdVolunteers(hub, after, roster)))
    throw new Rejected('invalid', { fields: [{ pointer: '/outcome', code: 'all-covered' }] });
}

/** The volunteers of an insurance request are staged as rows; whoever does not write the case discards them. */
export const insurance: Handling<'insurance'> = {
  async take(hub, body, { onBehalf, admit, intakeOf }) {
    const input = onBehalf ? parseInput(InsuranceOnBehalfInput, body) : parseInput(InsuranceInput, body);
    await admit();
    const intake = await intakeOf(input);
    const roster = await checkAndStage(hub, input, localDate(Date.parse(intake.now)));
    return newInsurance(input, { ...intake, insurer: hub.insurer }, counted(roster, input.leftOut));
  },

  async answer(hub, before, body, how) {
    const input = parseInput(InsuranceDecision, body);
    const roster = await rosterFor(hub, before, input, how.now);
    const change = decideInsurance(before, input, { ...how, reason: input.reason }, roster);
    await holdFor(hub, before, change.after);
    return change;
  },

  async findings(table, macKeyId, subject) {
    return screenInsurance(subject, await countCovered({ table, macKeyId }, subject), Date.now());
  },
};
