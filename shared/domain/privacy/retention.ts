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
