import type { Finding } from '../../domain/case-base.ts';
import { type ItemGroup, itemGroup } from '../../domain/item-group.ts';
import { fold } from '../../domain/same/fold.ts';
import type { Case } from '../case.ts';
import { endStages } from '../lifecycle.ts';
import type { NeedCase } from './case.ts';

/** Groups whose items do for one another: two of equipment or of medicines are two things. */
const ALIKE: ReadonlySet<ItemGroup> = new Set([
  'respirators',
  'masks',
  'protective-clothing',
  'eye-face-protection',
  'gloves',
  'caps-shoe-covers',
]);

/** What items are compared by: those of one group that do for one another are one, others by their names. */
function thingOf(item: string): string {
  const group = itemGroup(item);
  return ALIKE.has(group) ? group : fold(item);
}

/**
 * Likely doubles: the same organization has another open need for the same item, or one of its group ("N95口罩", "医用防护口罩"). A coordinator decides; nothing is
 * merged by itself.
 * @param others cases of the same organization, of any kind and stage
 */
export function screenNeed(subject: NeedCase, others: readonly Case[]): Finding[] {
  const items = new Set(subject.lines.map((line) => thingOf(line.item)));
  return others.flatMap((other): Finding[] => {
    if (other.kind !== 'need' || other.id === subject.id || endStages.has(other.stage)) return [];
    if (other.id === subject.parent || other.parent === subject.id) return [];
    const shared = other.lines.filter((line) => items.has(thingOf(line.item)));
    if (shared.length === 0) return [];
    return [{ code: 'likely-double', severity: 'notice', cases: [other.id], params: { lines: shared.length } }];
  });
}
