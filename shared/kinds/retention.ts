import * as z from 'zod';
import { byKind, type Kind, kinds } from '../domain/ids.ts';
import { reasonDays } from '../domain/privacy/retention.ts';
import { kindsOfCase } from './index.ts';

/**
 * For how many days after its end a case keeps what is personal in it, and why so long. Then the sweep erases it:
 * amounts, goods, places, dates and stages stay for statistics. Each kind says how long, and why, in its `kind.ts`.
 *
 * What is personal and in no case: a draft goes 30 days after it was last saved, an invitation 30 days after its end, an
 * address that nobody confirmed 30 days after its link is void, a referral's person when it ends or 180 days after anybody did
 * something about it, a roster that no case names a day after it was sent, and one that another took the place of at once; members, and addresses that are confirmed, stay while
 * they are in use. Letters hold nothing personal. Reasons in the trail of a case go with the case;
 * see {@link reasonDays} for those in other trails.
 *
 * An installation under other law gives other numbers: the context `keptDays`.
 */
export const keptDays: Readonly<Record<Kind, number>> = byKind((kind) => kindsOfCase[kind].keptDays);

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
