import { Retryable } from '../domain/errors.ts';
import type { Item } from './table.ts';

/** The attribute that says in which version an item is stored; readers never see it. */
export const VERSION_ATTRIBUTE = 'schema';

/** Brings an item from one version to the next. Doing it again changes nothing: an item updated in place has no version. */
export type Upgrade = (item: Item) => Item;
/** The steps of all versions after the first, each by entity. */
export type Upgrades = readonly Readonly<Record<string, Upgrade>>[];

/**
 * What each version after the first changed, by entity: `upgrades[n]` brings an item from version n + 1 to n + 2. Items of
 * 0.1.0 have no version, which is the first. Whoever changes a stored shape so that older items no longer parse adds a step
 * here; a new field that may be missing needs none. What the audit's chains bind (case, event, trace) is never changed by a
 * step: their schemas go on reading what they once wrote.
 */
export const upgrades: Upgrades = [];

/** The version in which items are written whose steps these are. */
export const schemaVersion = (steps: Upgrades = upgrades): number => steps.length + 1;

/**
 * An item as this version has it, whichever wrote it, step by step.
 * @param version what the item says of itself; left out, the first
 * @throws {@link Retryable} for one of a later version: during a deployment whoever tries again meets a function that knows it
 */
export function upgraded(item: Item, version = 1, steps = upgrades): Item {
  if (version > schemaVersion(steps)) {
    throw new Retryable(`${item.pk} ${item.sk} was written by a later version of Jieli: go back to that one`);
  }
  return steps.slice(version - 1).reduce((before, step) => {
    const change = step[String(before.entity)];
    return change ? change(before) : before;
  }, item);
}
