import type { Finding } from '../../domain/case-base.ts';
import { fold } from '../../domain/same/fold.ts';
import type { Case } from '../case.ts';
import { endStages } from '../lifecycle.ts';
import type { NeedCase } from './case.ts';

/**
 * Likely doubles: the same organization has another open need for the same item. A coordinator decides; nothing is
 * merged by itself.
 * @param others cases of the same organization, of any kind and stage
 */
export function screenNeed(subject: NeedCase, others: readonly Case[]): Finding[] {
  const items = new Set(subject.lines.map((line) => fold(line.item)));
  return others.flatMap((other): Finding[] => {
    if (other.kind !== 'need' || other.id === subject.id || endStages.has(other.stage)) return [];
    if (other.id === subject.parent || other.parent === subject.id) return [];
    const shared = other.lines.filter((line) => items.has(fold(line.item)));
    if (shared.length === 0) return [];
    return [{ code: 'likely-double', severity: 'notice', cases: [other.id], params: { lines: shared.length } }];
  });
}
