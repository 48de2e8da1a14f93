import { parseInput } from '../../domain/problems.ts';
import { newShelter } from '../../kinds/shelter/case.ts';
import { decideShelter } from '../../kinds/shelter/decide.ts';
import { ShelterDecision, ShelterInput, ShelterOnBehalfInput } from '../../kinds/shelter/input.ts';
import type { Handling } from './handling.ts';

/** A request for beds rests on nothing but itself. */
export const shelter: Handling<'shelter'> = {
  async take(_hub, body, { onBehalf, admit, intakeOf }) {
    const input = onBehalf ? parseInput(ShelterOnBehalfInput, body) : parseInput(ShelterInput, body);
    await admit();
    return newShelter(input, await intakeOf(input));
  },
  async answer(_hub, before, body, how) {
    const input = parseInput(ShelterDecision, body);
    return decideShelter(before, input, { ...how, reason: input.reason });
  },
  findings: async () => [],
};
