import * as z from 'zod';
import { byKind, type Kind, kinds } from '../ids.ts';

/**
 * For how many days after its end a case keeps what is personal in it, and why so long. Then the sweep erases it:
 * amounts, goods, places, dates and stages stay for statistics.
 *
 * | kind      | days  | why                                                                                              |
 * | --------- | ----- | ------------------------------------------------------------------------------------------------ |
 * | need      | 90    | a lot of masks or medicine is recalled, a delivery disputed, within a season; then nobody asks     |
 * | grant     | 1,825 | who gave money to whom, and what they reported, is audited for five years                          |
 * | insurance | 730   | a claim under accident cover can be made for two years (Insurance Law of the PRC, article 26)      |
 *
 * What is personal and in no case: a draft goes 30 days after it was last saved, an invitation 30 days after its end, an
 * address that nobody confirmed 30 days after its link is void, a referral's person when it ends or 180 days after anybody did
 * something about it, a roster that no case names a day after it was sent, and one that another took the place of at once; members, and addresses that are confirmed, stay while
 * they are in use. Letters hold nothing personal. Reasons in the trail of a case go with the case;
 * see {@link reasonDays} for those in other trails.
 *
 * An installation under other law gives other numbers: the context `keptDays`.
 */
export const keptDays: Readonly<Record<Kind, number>> = { need: 90, grant: 1825, insurance: 730 };

/**
 * For how many days after it was given a reason in a trail outside cases is kept, and why so long. That something was done,
 * by whom and when stays, and the chain goes on binding it.
 *
 * | trail    | days  | what is in it                                    | why                                                        |
 * | -------- | ----- | ------------------------------------------------ | ---------------------------------------------------------- |
 * | people   | 730   | why a member was removed                         | who was removed may ask, or complain, for two years         |
 * | requests | 1,095 | how a person showed that it is they; why somebody | a claim about personal data can be made for three years     |
 * |          |       | took away a file; referrals that were erased     | (Civil Code of the PRC, article 188)                        |
 */
export const reasonDays = { people: 730, requests: 1095 } as const;
export type ReasonTrail = keyof typeof reasonDays;

/** The trail that a chain outside cases is of. */
export function reasonTrailOf(chain: string): ReasonTrail {
  return chain.endsWith('/people') ? 'people' : 'requests';
}

const Days = z.coerce.number().int().min(1).max(36_500);

/** The days by kind as context and environment have them: `need=30,grant=3650`; kinds left out keep theirs. */
export const KeptDays = z
  .string()
  .regex(
    new RegExp(`^((${kinds.join('|')}|people|requests)=\\d+(,|$))*$`),
    `as in ${kinds.map((kind) => `${kind}=${keptDays[kind]}`).join(',')}`,
  )
  .transform((text) => Object.fromEntries(text.split(',').flatMap((part) => (part ? [part.split('=')] : []))))
  .pipe(
    z.object({
      ...byKind((kind) => Days.default(keptDays[kind])),
      people: Days.default(reasonDays.people),
      requests: Days.default(reasonDays.requests),
    }),
  );
