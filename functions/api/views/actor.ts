import * as z from 'zod';
import type { Sight } from '../../../shared/case/sight.ts';
import type { Actor } from '../../../shared/domain/case-base.ts';
import type { PartyNames } from './party-names.ts';

/** Who did something: a party, by its name; the applicant; or the workflow by itself. */
export const ActorView = z.object({
  type: z.enum(['party', 'applicant', 'workflow']),
  party: z.string().optional(),
  name: z.string().optional(),
  /** they stood in for a colleague; by name where people are named */
  standIn: z.boolean().optional(),
  inPlaceOf: z.string().optional(),
  onBehalf: z.boolean().optional(),
});
export type ActorView = z.infer<typeof ActorView>;

/** Parties see one another's people by name, applicants see parties; nobody sees the ids that people sign in with. */
export function viewActor(
  actor: Actor,
  sight: Pick<Sight, 'people'>,
  names: PartyNames,
  person?: string,
  inPlaceOf?: string,
): ActorView {
  if (actor.type !== 'member') return { type: actor.type };
  return {
    type: 'party',
    party: names.get(actor.party) ?? actor.party,
    ...(sight.people && person !== undefined && { name: person }),
    ...(actor.standInFor && { standIn: true }),
    ...(sight.people && inPlaceOf !== undefined && { inPlaceOf }),
    ...(actor.onBehalf && { onBehalf: true }),
  };
}
