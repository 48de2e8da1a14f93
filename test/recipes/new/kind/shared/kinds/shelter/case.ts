import * as z from 'zod';
import { caseFields } from '../../domain/case-base.ts';
import { classed } from '../../domain/privacy/classes.ts';
import { line } from '../../domain/text.ts';
import { Instant } from '../../domain/time.ts';
import { begun, type Intake } from '../intake.ts';
import { type ShelterInput, type ShelterOnBehalfInput, shelterAsked } from './input.ts';

const request = z.object({ kind: z.literal('shelter'), ...caseFields, ...shelterAsked });
const arranged = request.extend(classed('party', { house: line(200) }));
const ended = classed('public', { closedAt: Instant });

/** A request for beds, stage by stage. */
export const ShelterCase = z.discriminatedUnion('stage', [
  request.extend({ stage: z.enum(['submitted', 'screening', 'arranging']) }),
  request.extend({ stage: z.literal('changes-requested'), returnTo: z.enum(['arranging']) }),
  arranged.extend({ stage: z.literal('staying') }),
  arranged.extend({ stage: z.literal('closed'), ...ended }),
  request.extend({ stage: z.enum(['rejected', 'withdrawn']), ...ended }),
]);
export type ShelterCase = z.infer<typeof ShelterCase>;
/** What is asked is kept: a field of the input that the case lacks is an error here. */
export type ShelterAsked = Pick<ShelterCase, keyof ShelterInput>;
export type ShelterStage = ShelterCase['stage'];

/** A new case of what was asked. */
export function newShelter({ consent, ...input }: ShelterInput | ShelterOnBehalfInput, intake: Intake): ShelterCase {
  const asked: Omit<ShelterAsked, 'consent'> = input;
  return { kind: 'shelter', ...begun(intake, consent), ...asked };
}
