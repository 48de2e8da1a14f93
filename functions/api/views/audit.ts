import * as z from 'zod';
import type { AuditEntry } from '../../../shared/case/audit.ts';
import { auditDocument } from '../../../shared/case/audit-file.ts';
import { Instant } from '../../../shared/domain/time.ts';

/** Entries of the audit that can be verified without this system. */
export const AuditView = z.object({
  format: z.string(),
  /** how a hash is made */
  verify: z.string(),
  entries: z.array(
    z.object({
      /** `case/…` for changes, `trace/…` for what was seen or done beside */
      chain: z.string(),
      seq: z.int(),
      at: Instant,
      purpose: z.enum(['event', 'trace']),
      /** what the hash is made of */
      bound: z.record(z.string(), z.unknown()),
      hash: z.string(),
      /** the name of who did it: in a decision as it was then, else now, and none of somebody who is no member any more */
      name: z.string().optional(),
      /** the name of the member in whose place they acted */
      inPlaceOf: z.string().optional(),
      /** the name of the member whom it was done to */
      whom: z.string().optional(),
      /** why */
      reason: z.string().optional(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type AuditView = z.infer<typeof AuditView>;

export function viewAudit(entries: readonly AuditEntry[], nextCursor: string | null): AuditView {
  return { ...auditDocument(entries), nextCursor };
}
