import * as z from 'zod';
import type { Item } from '../../../shared/store/table.ts';

const Told = z.union([
  z.looseObject({
    type: z.literal('interest-declared'),
    caseId: z.string(),
    at: z.string(),
    standing: z.boolean(),
    organization: z.string().optional(),
    by: z.looseObject({ member: z.string() }),
  }),
  z.looseObject({
    type: z.literal('interest-retracted'),
    caseId: z.string(),
    at: z.string(),
    whose: z.string().optional(),
    organization: z.string().optional(),
  }),
]);

/** What an event says of an interest. */
export interface InterestTold {
  /** whose it is; undefined where an older event does not say whose was taken back */
  readonly member: string | undefined;
  readonly caseId: string;
  /** the keys of the organization whose case it is: by its name, and by its account where the event says so */
  readonly organization: readonly string[];
  readonly at: string;
  readonly declared: boolean;
  readonly standing: boolean;
}

/** What the events of a case say of interests in it. */
export function interestsTold(entries: readonly Item[], name: string): InterestTold[] {
  return entries.flatMap(({ data }): InterestTold[] => {
    const told = Told.safeParse(data).data;
    if (!told) return [];
    const { caseId, at } = told;
    const organization = [name, ...(told.organization ? [`PARTY#${told.organization}`] : [])];
    return told.type === 'interest-declared'
      ? [{ member: told.by.member, caseId, organization, at, declared: true, standing: told.standing }]
      : [{ member: told.whose, caseId, organization, at, declared: false, standing: false }];
  });
}

/** Of one person by sort key: whether an interest is in force, or `unsure` where an event does not say whose it took back. */
export type Expected = ReadonlyMap<string, boolean | 'unsure'>;

/**
 * Which interests of a person must be in force after all that was told: what was taken back on a case ends the one that was
 * declared on it, and the one for all cases of its organization, by whatever it is known, see `retracting` in
 * `shared/store/interests.ts`.
 */
export function expectedOf(told: readonly InterestTold[], member: string, keyOf: (caseId: string) => string): Expected {
  const state = new Map<string, boolean | 'unsure'>();
  const standing: (readonly string[])[] = [];
  for (const one of told.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    const { organization } = one;
    if (one.member === member && one.declared) {
      state.set(keyOf(one.caseId), true);
      if (one.standing) standing.push(organization);
      if (one.standing) for (const place of organization) state.set(place, true);
    }
    if (one.declared) continue;
    const ended = standing.filter((each) => each.some((place) => organization.includes(place))).flat();
    const places = [keyOf(one.caseId), ...organization, ...ended];
    const after = one.member === member ? false : one.member === undefined ? ('unsure' as const) : undefined;
    if (after !== undefined) for (const place of places) if (state.has(place)) state.set(place, after);
  }
  return state;
}
