import type { Role } from '../../domain/party.ts';
import type { ProgrammeInput } from './programme.ts';

/** Whom a programme needs, each another person than those it must not be. */
export const seats = ['reviewer', 'approver', 'second-approver', 'finance'] as const;
export type Seat = (typeof seats)[number];

/** Somebody of the funder, by all of their accounts. */
export interface Person {
  readonly roles: readonly Role[];
}

interface Sought {
  readonly seat: Seat;
  readonly role: Role;
  /** who sits there is none of these: nobody approves what they reviewed, nor pays what they approved */
  readonly not: readonly Seat[];
}

const everySeat: readonly Sought[] = [
  { seat: 'reviewer', role: 'reviewer', not: [] },
  { seat: 'approver', role: 'approver', not: ['reviewer'] },
  { seat: 'second-approver', role: 'approver', not: ['reviewer', 'approver'] },
  { seat: 'finance', role: 'finance', not: ['approver', 'second-approver'] },
];

/** As many of those who can do the same as there are seats are enough to look at. */
function needed(people: readonly Person[]): Person[] {
  const alike = Map.groupBy(people, ({ roles }) => roles.toSorted().join());
  return [...alike.values()].flatMap((group) => group.slice(0, everySeat.length));
}

/** The seats that stay empty however the people are seated; the fewest possible. Who leads the funder takes any of them. */
function emptySeats(sought: readonly Sought[], people: readonly Person[], taken: ReadonlyMap<Seat, Person>): Seat[] {
  const [next, ...rest] = sought;
  if (!next) return [];
  let best: Seat[] | undefined;
  for (const person of people) {
    const fits = person.roles.includes(next.role) || person.roles.includes('programme-manager');
    if (!fits || next.not.some((seat) => taken.get(seat) === person)) continue;
    const found = emptySeats(rest, people, new Map([...taken, [next.seat, person]]));
    if (!best || found.length < best.length) best = found;
    if (best.length === 0) return best;
  }
  // better empty itself than two others for it
  const without = [next.seat, ...emptySeats(rest, people, taken)];
  if (!best || without.length < best.length) return without;
  return best;
}

/**
 * Whom a funder lacks for its programme: until somebody has come, a grant waits at that seat.
 * @param programme two approvers are needed where it grants more than one may approve alone; left out, they are
 */
export function lackedBy(
  people: readonly Person[],
  programme?: Pick<ProgrammeInput, 'ceiling' | 'secondApprovalAbove'>,
): readonly Seat[] {
  const isSecond = !programme || programme.ceiling > programme.secondApprovalAbove;
  const sought = everySeat.filter(({ seat }) => isSecond || seat !== 'second-approver');
  return emptySeats(sought, needed(people), new Map());
}
