import type { Answer } from './engines.ts';

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** An answer without what may differ: the order of attributes, tables and of a set's members. */
export function comparable({ status, body }: Answer): string {
  if (status === 200) return JSON.stringify(sorted(body));
  const { __type, message, Message, ...rest } = isObject(body) ? body : {};
  const code = String(__type).replace(/^.*#/, '');
  // AWS puts a count before errors that are none of constraints in some regions and not in others
  const words = String(message ?? Message).replace(/^1 validation error detected: (?!Value )/, '');
  return `${code}: ${words} ${JSON.stringify(sorted(rest))}`;
}

const listIn = (answer: Answer, name: string): readonly unknown[] => {
  const found = isObject(answer.body) ? answer.body[name] : undefined;
  return Array.isArray(found) ? found : [];
};

/**
 * All pages of a search as one answer. Scans have no order that AWS promises, and global indexes none among equal keys:
 * `ordered` says whether the order counts.
 */
export function wholeSearch(pages: readonly Answer[], ordered: boolean): Answer {
  const refused = pages.find(({ status }) => status !== 200);
  if (refused) return refused;
  const items = pages.flatMap((page) => listIn(page, 'Items')).map((item) => JSON.stringify(sorted(item)));
  const sum = (name: string): number =>
    pages.reduce((total, { body }) => total + Number(isObject(body) ? body[name] : 0), 0);
  const body = {
    Items: ordered ? items : items.toSorted(),
    Count: sum('Count'),
    ScannedCount: sum('ScannedCount'),
    ...(ordered && { pages: pages.length }),
    ...(pages.length === 1 && isObject(pages[0]?.body) && { ConsumedCapacity: pages[0].body.ConsumedCapacity }),
  };
  return { status: 200, body };
}

function sorted(json: unknown): unknown {
  if (Array.isArray(json)) {
    const each = json.map(sorted);
    const isByTable = each.some((one) => isObject(one) && 'TableName' in one);
    return isByTable ? each.toSorted((one, two) => (JSON.stringify(one) < JSON.stringify(two) ? -1 : 1)) : each;
  }
  if (!isObject(json)) return json;
  const entries = Object.entries(json).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, isSet(name, each) ? each.toSorted() : sorted(each)]));
}

const isSet = (name: string, json: unknown): json is readonly string[] =>
  /^[SNB]S$/.test(name) && Array.isArray(json) && json.every((each) => typeof each === 'string');

/** How far two answers are from one another: the first is the gravest. */
export const grades = ['done otherwise', 'done by one', 'refused with another code', 'refused in other words'] as const;

/** A kind of difference: what is particular to a call is left out. */
export interface Difference {
  readonly grade: (typeof grades)[number];
  readonly kind: string;
}

/** What kind of difference there is between two answers. */
export function differenceOf(operation: string, mine: Answer, other: Answer): Difference {
  const [one, two] = [outline(mine), outline(other)];
  const kind = `${operation}\n    ours:   ${one}\n    theirs: ${two}`;
  if (mine.status === 200 && other.status === 200) return { grade: 'done otherwise', kind };
  if (mine.status === 200 || other.status === 200) return { grade: 'done by one', kind };
  const sameCode = one.split(':')[0] === two.split(':')[0];
  return { grade: sameCode ? 'refused in other words' : 'refused with another code', kind };
}

function outline(answer: Answer): string {
  if (answer.status === 200) return 'done';
  return comparable(answer)
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\{.*\}|\[.*\]/g, '…')
    .replace(/[:#]\w+/g, '#…')
    .replace(
      /(path one|lower bound operand|first operand|keyword|near|token|numeric value|for key|attribute name):.*/,
      '$1 …',
    )
    .slice(0, 160);
}
