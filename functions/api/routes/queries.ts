import * as z from 'zod';
import { Kind, PartyId } from '../../../shared/domain/ids.ts';
import { LocalDate } from '../../../shared/domain/time.ts';
import { stagesOf } from '../../../shared/kinds/lifecycle.ts';

const stages = [...new Set([...stagesOf('need'), ...stagesOf('grant'), ...stagesOf('insurance')])];

/** How much of a list is asked for, and where it goes on. */
export const Paging = z.object({
  cursor: z.string().max(4000).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .default(25),
});

/** A page of referrals is always of twenty-five. */
export const ReferralsQuery = z.object({ cursor: z.string().max(4000).optional() });

/** A filter that is left empty filters nothing. */
function filter<S extends z.ZodType>(schema: S) {
  return z.union([z.literal('').transform(() => undefined), schema]).optional();
}

export const CasesQuery = Paging.extend({ kind: filter(Kind), stage: filter(z.enum(stages)), hub: filter(PartyId) });

const format = { format: z.enum(['json', 'csv']).default('json') };

export const CaseAuditQuery = z.object(format);

/** Days at the hub, both included; a page of up to a thousand entries. */
export const AuditQuery = z.object({
  from: LocalDate,
  to: LocalDate,
  cursor: z.string().max(4000).optional(),
  limit: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(1000))
    .default(500),
  ...format,
});

export const ProgrammesQuery = z.object({ all: z.enum(['true', 'false']).default('false') });

export const PartiesQuery = z.object({ type: z.literal('funder').default('funder') });
