import { invalid } from '../engine-error.ts';
import type { Projection } from '../expressions/index.ts';
import type { Table, TableIndex } from '../storage/table.ts';
import type { Input } from './operation.ts';

/** What a query or scan shows of what it finds. */
export interface Shown {
  /** Only how many there are. */
  readonly counts: boolean;
  /** Whether the whole item is fetched from the table, since the index has less of it. */
  readonly fetches: boolean;
}

const wrong = (what: string) => invalid(`One or more parameter values were invalid: ${what}`);

/** What `Select` and a projection come to. Throws in AWS's words when they do not fit, or the index has too little. */
export function shownParts(
  { Select }: Input,
  projection: Projection | undefined,
  index: TableIndex | undefined,
  filtered: readonly string[],
): Shown {
  const counts = Select === 'COUNT';
  if (projection && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES') {
    const what = counts ? 'only the Count' : String(Select);
    throw invalid(`Cannot specify the ProjectionExpression when choosing to get ${what}`);
  }
  if (Select === 'SPECIFIC_ATTRIBUTES' && projection === undefined) {
    throw invalid('Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES');
  }
  if (index === undefined) {
    if (Select === 'ALL_PROJECTED_ATTRIBUTES') {
      throw invalid('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
    }
    return { counts, fetches: false };
  }
  const { projected, name, isLocal } = index;
  if (projected === undefined) return { counts, fetches: false };
  if (Select === 'ALL_ATTRIBUTES' && !isLocal) {
    throw wrong(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${name} because its projection type is not ALL`,
    );
  }
  const asked = [...(projection?.paths.map(([first]) => String(first)) ?? []), ...filtered];
  const lacking = asked.filter((each) => !projected.has(each));
  if (lacking.length > 0 && !isLocal) {
    throw wrong(`Global secondary index ${name} does not project [${[...new Set(lacking)].join(', ')}]`);
  }
  return { counts, fetches: Select === 'ALL_ATTRIBUTES' || lacking.length > 0 };
}

/** The names of the attributes that are the key of what is searched. */
export function keyNames(table: Table, index: TableIndex | undefined): readonly string[] {
  const { pk, sk } = index?.key ?? table.key;
  return sk === undefined ? [pk.name] : [pk.name, sk.name];
}
