import * as z from 'zod';
import { CaseId, Kind, PartyId } from '../../../shared/domain/ids.ts';
import { Instant } from '../../../shared/domain/time.ts';
import type { Erased, KeptAboutPerson } from '../../../shared/persons/person-request.ts';

const Elsewhere = z.enum(['draft', 'referral', 'member', 'invitation', 'address']);

/** Where something is kept about a person, and whether it can be erased now; `ref` names it when it is to be erased. */
export const PersonHeldView = z.object({
  cases: z.array(
    z.object({
      ref: CaseId,
      kind: Kind,
      stage: z.string(),
      organization: z.string(),
      as: z.array(z.enum(['contact', 'recipient', 'volunteer'])),
      submittedAt: Instant,
      erasable: z.boolean(),
    }),
  ),
  elsewhere: z.array(
    z.object({
      ref: z.string(),
      type: Elsewhere,
      party: PartyId,
      at: Instant.optional(),
      erasable: z.boolean(),
      /** what somebody must do first, where it is not */
      kept: z.enum(['acting-member', 'confirmed-address']).optional(),
    }),
  ),
});

/** Everything that is kept about a person, as it is kept: what they are given when they ask to see it. */
export const PersonFileView = z.object({
  madeAt: Instant,
  held: z.array(z.looseObject({ as: z.array(z.string()), case: CaseId })),
  elsewhere: z.array(z.object({ type: Elsewhere, party: PartyId, at: Instant.optional(), data: z.unknown() })),
});

/** What became of a wish to be erased: proof of what was, and what is kept because its case goes on. */
export const PersonErasedView = z.object({
  cases: z.array(
    z.object({
      ref: CaseId,
      erasedAt: Instant.optional(),
      version: z.int(),
      kept: z.enum(['goes-on', 'not-chosen']).optional(),
    }),
  ),
  elsewhere: z.array(z.object({ ref: z.string(), erased: z.boolean() })),
  /** a document for the person, which can be checked */
  proof: z.string(),
});

/** A document for the person, which can be checked. */
export const PersonProofView = z.object({ proof: z.string() });

/** What is to be said of such a document. */
export const ProofVerdictView = z.object({ verdict: z.enum(['genuine', 'altered', 'unknown', 'none']) });

export function viewHeld({ cases, elsewhere }: KeptAboutPerson): z.infer<typeof PersonHeldView> {
  return PersonHeldView.parse({
    cases: cases.map(({ subject, as, erasable }) => ({ ...subject, ref: subject.id, as, erasable })),
    elsewhere: elsewhere.map((one) => ({ ...one, erasable: one.erase !== undefined })),
  });
}

export function viewErased({ cases, elsewhere }: Erased, proof: string): z.infer<typeof PersonErasedView> {
  return PersonErasedView.parse({
    cases: cases.map(({ caseId, ...became }) => ({ ref: caseId, ...became })),
    elsewhere: elsewhere.map(({ held, isErased }) => ({ ref: held.ref, erased: isErased })),
    proof,
  });
}
