import { may } from '../../../shared/answering/acting.ts';
import { coveredElsewhere } from '../../../shared/case/covered-volunteers.ts';
import { rosterOf } from '../../../shared/case/roster.ts';
import { volunteersSeen } from '../../../shared/case/sight.ts';
import type { InsuranceCase } from '../../../shared/kinds/insurance/case.ts';
import type { Days } from '../../../shared/kinds/insurance/days.ts';
import type { Volunteer } from '../../../shared/kinds/insurance/input.ts';
import type { DeskLook } from '../pages.ts';

/** The roster of a request as one member sees it. */
export interface ShownRoster {
  readonly isShown: boolean;
  /** identity numbers masked, but for the one that was asked for */
  readonly roster: readonly Volunteer[];
  /** whom others insure, on which days of the period, by their places from 0; for those who decide */
  readonly covered: ReadonlyMap<number, readonly Days[]>;
  /** whether the member may ask for a number in full */
  readonly mayShowNumber: boolean;
}

/** Reads the roster for a desk's page, see {@link ShownRoster}. */
export async function readShownRoster(
  subject: InsuranceCase,
  { hub, acting, sight, row }: DeskLook,
): Promise<ShownRoster> {
  const roster = sight.roster ? await rosterOf(hub, subject) : [];
  // while it is decided: other requests may have been approved since the screening
  const looks = sight.screening && !('policy' in subject);
  const covered = looks ? await coveredElsewhere(hub, subject, roster) : new Map<number, readonly Days[]>();
  // who may have all numbers gets them as a file: a page shows one, when it is asked for
  const shown = volunteersSeen(roster, sight).map((seen, index) =>
    index + 1 === row ? { ...seen, identityNumber: roster[index]?.identityNumber ?? seen.identityNumber } : seen,
  );
  return {
    isShown: sight.roster,
    roster: shown,
    covered,
    mayShowNumber: roster.length > 0 && may(acting, 'show-identity-number', subject),
  };
}
