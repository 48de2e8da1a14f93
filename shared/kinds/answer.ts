import * as z from 'zod';
import { optionalProse, prose } from '../domain/text.ts';

/** An outcome that needs no reason: one may be given. */
export function plain<O extends string, F extends z.ZodRawShape>(outcome: O, fields: F) {
  return z.strictObject({ outcome: z.literal(outcome), reason: optionalProse(2000), ...fields });
}

/** An outcome that somebody will ask "why?" about: the reason is required. */
export function reasoned<O extends string, F extends z.ZodRawShape>(outcome: O, fields: F) {
  return z.strictObject({ outcome: z.literal(outcome), reason: prose(2000), ...fields });
}

export const changesRequested = reasoned('changes-requested', {});
export const rejected = reasoned('rejected', {});
/** The answer to a stuck workflow: whatever stood in the way is gone. */
export const resumed = plain('resumed', {});
