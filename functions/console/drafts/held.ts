import * as z from 'zod';
import type { HeldDraft } from '../../../shared/case/drafts.ts';
import { Rejected } from '../../../shared/domain/errors.ts';
import { Kind, ProgrammeId, type Slug } from '../../../shared/domain/ids.ts';
import type { Form } from '../../web/read-form.ts';

/** The draft that a page shows, as its form carries it from page to page. */
export interface ShownDraft extends HeldDraft {
  carries(csrf: string): readonly (readonly [string, string])[];
  with(changes: Partial<HeldDraft>): ShownDraft;
}

export function held(draft: HeldDraft): ShownDraft {
  const { id, version, kind, programme } = draft;
  return {
    id,
    version,
    kind,
    programme,
    carries: (csrf) => [
      ['csrf', csrf],
      ['version', String(version)],
      ['kind', kind],
      ...(programme ? [['programme', programme] as const] : []),
    ],
    with: (changes) => held({ ...draft, ...changes }),
  };
}

const Carried = z.object({
  version: z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number),
  kind: Kind,
  programme: z.union([z.literal('').transform(() => undefined), ProgrammeId]),
});

/** @throws {@link Rejected} `not-found` for what no page of ours carries */
export function heldBy(id: Slug, form: Form): ShownDraft {
  const { get } = form;
  const read = Carried.safeParse({ version: get('version'), kind: get('kind'), programme: get('programme') });
  if (!read.success) throw new Rejected('not-found');
  return held({ id, ...read.data });
}

export function pathOf({ id }: HeldDraft): string {
  return `/console/drafts/${id}`;
}
