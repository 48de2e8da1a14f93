import * as z from 'zod';
import { Role } from '../../../shared/domain/party.ts';
import { LocalDate } from '../../../shared/domain/time.ts';

/** Who stands in for whom in the caller's party, today and later, and whom they could name. */
export const StandInBoardView = z.object({
  standIns: z.array(
    z.object({
      id: z.string(),
      /** who is away */
      member: z.string(),
      standIn: z.string(),
      from: LocalDate,
      to: LocalDate,
      inForce: z.boolean(),
      /** whether the caller may revoke it */
      revocable: z.boolean(),
    }),
  ),
  colleagues: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(Role) })),
});
