import * as z from 'zod';
import { Kind, ProgrammeId, Slug } from '../../../shared/domain/ids.ts';
import { Instant } from '../../../shared/domain/time.ts';
import type { Draft } from '../../../shared/kinds/draft.ts';

/** A draft as a list shows it: what it is for and who saved it last. */
export const DraftOutlineView = z.object({
  id: Slug,
  kind: Kind,
  programme: ProgrammeId.optional(),
  /** to be named by whoever saves, sends or removes it */
  version: z.int().min(1),
  /** by name */
  savedBy: z.string(),
  savedAt: Instant,
});

/** A draft with what was typed, by the names of the form's fields. */
export const DraftView = DraftOutlineView.extend({ answers: z.record(z.string(), z.string()) });

export function viewDraftOutline(draft: Draft): z.infer<typeof DraftOutlineView> {
  return DraftOutlineView.parse({ ...draft, savedBy: draft.savedByName });
}

export function viewDraft(draft: Draft): z.infer<typeof DraftView> {
  return DraftView.parse({ ...draft, savedBy: draft.savedByName });
}
