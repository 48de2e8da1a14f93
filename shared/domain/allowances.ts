/**
 * How often somebody may knock at a public door. `burst` times within `seconds`, `day` times within a day. Numbers are for
 * a whole hospital, or a town behind one address of its telephone company; whoever needs more is no person.
 */
export interface Allowance {
  readonly burst: number;
  /** a divisor of a day, at least 300 */
  readonly seconds: number;
  readonly day: number;
  /** what happens when nobody can count: a stumble of the table must not close a form, but may close what others suffer from */
  readonly whenUnknown: 'allow' | 'refuse';
}

const TEN_MINUTES = 600;
const HOUR = 3600;

/** Every counted door, by whom it is counted: an address, a case, a mail box, or everybody together. */
export const allowances = {
  /** new cases, by address: what is not counted is written anyway, or fails with the same table */
  'submit/address': { burst: 1200, seconds: TEN_MINUTES, day: 10_000, whenUnknown: 'allow' },
  /** files and rosters that are looked through, by address: each costs up to a second of a processor */
  'upload/address': { burst: 400, seconds: TEN_MINUTES, day: 4000, whenUnknown: 'allow' },
  /** rows of rosters that are looked through or kept for a form, by address: thirty full rosters in ten minutes, at each of two steps */
  'roster-rows/address': { burst: 100_000, seconds: TEN_MINUTES, day: 1_000_000, whenUnknown: 'allow' },
  /** looking for a case, by address */
  'find/address': { burst: 300, seconds: TEN_MINUTES, day: 3000, whenUnknown: 'allow' },
  /** what a private link does to its case, by case: people press twice, nobody presses sixty times */
  'act/case': { burst: 60, seconds: TEN_MINUTES, day: 300, whenUnknown: 'allow' },
  /** links that open nothing, by address. Only these are counted: neighbours with a right link are never shut out */
  'wrong-link/address': { burst: 60, seconds: TEN_MINUTES, day: 600, whenUnknown: 'allow' },
  /** tokens that are none, by address; the right ones of others behind it go on working */
  'wrong-token/address': { burst: 120, seconds: TEN_MINUTES, day: 2000, whenUnknown: 'allow' },
  /** signing in begun or come back from, by address: a hub's whole office has one */
  'sign-in/address': { burst: 300, seconds: TEN_MINUTES, day: 3000, whenUnknown: 'allow' },
  /** asking for a link again, by address; all four refuse when nobody can count, because others get the mail */
  'send-link/address': { burst: 20, seconds: TEN_MINUTES, day: 100, whenUnknown: 'refuse' },
  'send-link/case': { burst: 2, seconds: HOUR, day: 5, whenUnknown: 'refuse' },
  'send-link/mailbox': { burst: 5, seconds: HOUR, day: 10, whenUnknown: 'refuse' },
  /** mail that somebody who proved nothing causes to a mail box that confirmed nothing: receipts, links, letters together */
  'mail/mailbox': { burst: 15, seconds: HOUR, day: 30, whenUnknown: 'allow' },
  /** what a hub, a funder or the workflow has to say to such a mail box; what is more waits */
  'news/mailbox': { burst: 60, seconds: HOUR, day: 120, whenUnknown: 'allow' },
  /** invitations, addresses to confirm and links again that members of all parties send to a mail box; what is more waits */
  'letter/mailbox': { burst: 15, seconds: HOUR, day: 30, whenUnknown: 'allow' },
  /** the same, by the party that sends them: strangers use up none of it */
  'letter/party': { burst: 100, seconds: HOUR, day: 400, whenUnknown: 'allow' },
  /** what tells a mail box of referrals; what is more waits, the referrals stand in the console */
  'referral/mailbox': { burst: 60, seconds: HOUR, day: 240, whenUnknown: 'allow' },
  /** referrals that a party makes: each is mailed to everybody of the other party who may answer it */
  'referral/party': { burst: 100, seconds: HOUR, day: 400, whenUnknown: 'allow' },
  'send-link/everybody': { burst: 500, seconds: HOUR, day: 2000, whenUnknown: 'refuse' },
} as const satisfies Record<string, Allowance>;
export type LimitedAction = keyof typeof allowances;
