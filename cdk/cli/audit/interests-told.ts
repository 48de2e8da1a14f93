import * as z from 'zod';
import type { Item } from '../../../shared/store/table.ts';

const Told = z.union([
  z.looseObject({
    type: z.literal('interest-declared'),
    caseId: z.string(),
    at: z.string(),
    standing: z.boolean(),
    by: z.looseObject({ member: z.string() }),
  }),
  z.looseObject({
    type: z.literal('interest-retracted'),
    caseId: z.string(),
    at: z.string(),
    whose: z.string().optional(),
  }),
]);

/** What an event says of an interest. */
export interface InterestTold {
  /** whose it is; undefined where an older event does not say whose was taken back */
  readonly member: string | undefined;
  readonly caseId: string;
  /** the key of the organization whose case it is */
  readonly organization: string;
  readonly at: string;
  readonly declared: boolean;
  readonly standing: boolean;
}

/** What the events of a case say of interests in it. */
export function interestsTold(entries: readonly Item[], organization: string): InterestTold[] {
  return entries.flatMap(({ data }): InterestTold[] => {
    const told = Told.safeParse(data).data;
    if (!told) return [];
    const { caseId, at } = told;
    return told.type === 'interest-declared'
      ? [{ member: told.by.member, caseId, organization, at, declared: true, standing: told.standing }]
      : [{ member: told.whose, caseId, organization, at, declared: false, standing: false }];
  });
}

/** Of one person by sort key: whether an interest is in force, or `unsure` where an event does not say whose it took back. */
export type Expected = ReadonlyMap<string, boolean | 'unsure'>;

/**
 * Which interests of a person must be in force after all that was told: what was taken back on a case ends the one that was
 * declared on it, and the one for all cases of its organization, see `retracting` in `shared/store/interests.ts`.
 */
export function expectedOf(told: readonly InterestTold[], member: string, keyOf: (caseId: string) => string): Expected {
  const state = new Map<string, boolean | 'unsure'>();
  for (const one of told.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const places = [keyOf(one.caseId), one.organization];
    if (one.member === member && one.declared)
      for (const place of one.standing ? places : places.slice(0, 1)) state.set(place, true);
    if (one.declared) continue;
    const after = one.member === member ? false : one.member === undefined ? ('unsure' as const) : undefined;
    if (after !== undefined) for (const place of places) if (state.has(place)) state.set(place, after);
  }
  return state;
}
