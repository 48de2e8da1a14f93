import type { PartyId } from './ids.ts';

/**
 * How a party, or the holder of a private link, stands to a case or to something else that belongs to a party.
 *
 * | relation | the case is … |
 * |---|---|
 * | `own` | the link's, or the organization's with an account; a thing: the party's own |
 * | `hub` | the hub's |
 * | `below` | that of a hub below the hub: what its children see, a parent sees |
 * | `behalf` | the hub's, and its applicant cannot be reached by mail: coordinators act for them |
 * | `partner` | what the party funds, gives to or insures |
 * | `giving` | a need whose goods the party has promised: it must know where they go |
 * | `any` | whatever it is; also where there is no case |
 */
export const relations = ['own', 'hub', 'below', 'behalf', 'partner', 'giving', 'any'] as const;
export type Relation = (typeof relations)[number];

/** A party as it looks at things. */
export interface Viewpoint {
  readonly party: PartyId;
  /** the hubs below it, children's children included; none for whoever is no hub with children */
  readonly below: ReadonlySet<PartyId>;
}
