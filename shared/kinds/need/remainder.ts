import type { CaseId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import { earlierIn } from '../eligibility.ts';
import { type NeedCase, OpenNeed } from './case.ts';
import type { NeedLine } from './line.ts';

/**
 * What is still needed of a line after `given` pieces: the rest of a known amount; all of an unknown one, which stays
 * open until the applicant gives a number or says it is enough. Nothing when it is covered.
 */
export function remainderOf(line: NeedLine, given: number): NeedLine | undefined {
  if (line.enough) return undefined;
  const { approved: _approved, dispatched: _dispatched, received: _received, ...asked } = line;
  if (line.quantity === null) return asked;
  const rest = line.quantity - given;
  return rest > 0 ? { ...asked, quantity: rest } : undefined;
}

/**
 * The linked need that goes on matching with `lines`. Whatever else was asked goes along; what is of a case's own way begins anew.
 * @param parent with the decision that it comes of
 */
export function continuation(parent: NeedCase, id: CaseId, lines: readonly NeedLine[], now: Instant): NeedCase {
  return OpenNeed.parse({
    ...parent,
    stage: 'matching',
    id,
    version: 1,
    submittedAt: now,
    entered: { at: now, version: 1, stages: 1 },
    chain: undefined,
    salt: undefined,
    linkVersion: 1,
    run: 1,
    earlier: earlierIn(parent),
    bars: undefined,
    erasedAt: undefined,
    screening: [],
    decisions: [],
    parent: parent.id,
    children: [],
    importKey: undefined,
    lines,
  });
}
