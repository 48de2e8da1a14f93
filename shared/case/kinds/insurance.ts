import { parseInput } from '../../domain/problems.ts';
import { localDate } from '../../domain/time.ts';
import type { InsuranceCase, RosterRef } from '../../kinds/insurance/case.ts';
import { decideInsurance } from '../../kinds/insurance/decide.ts';
import { InsuranceDecision } from '../../kinds/insurance/decision.ts';
import { InsuranceInput, InsuranceOnBehalfInput } from '../../kinds/insurance/input.ts';
import { screenInsurance } from '../../kinds/insurance/screen.ts';
import { newInsurance } from '../../kinds/intake.ts';
import type { Hub } from '../../store/hub.ts';
import { countCovered } from '../covered-volunteers.ts';
import { checkAndStage, checkRequest, rosterOf } from '../roster.ts';
import type { Handling } from './handling.ts';

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

/** The volunteers of an insurance request are staged as rows; whoever does not write the case discards them. */
export const insurance: Handling<'insurance'> = {
  async take(hub, body, { onBehalf, admit, intakeOf }) {
    const input = onBehalf ? parseInput(InsuranceOnBehalfInput, body) : parseInput(InsuranceInput, body);
    await admit();
    const intake = await intakeOf(input);
    const roster = await checkAndStage(hub, input, localDate(Date.parse(intake.now)));
    return newInsurance(input, { ...intake, insurer: hub.insurer }, roster);
  },

  async answer(hub, before, body, how) {
    const input = parseInput(InsuranceDecision, body);
    const roster = await rosterFor(hub, before, input, how.now);
    return decideInsurance(before, input, { ...how, reason: input.reason }, roster);
  },

  async findings(table, macKeyId, subject) {
    return screenInsurance(subject, await countCovered(table, macKeyId, subject));
  },
};
