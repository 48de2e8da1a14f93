import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { FieldProblem } from '../domain/errors.ts';
import { classed } from '../domain/privacy/classes.ts';
import { secretHash } from '../secrets/secret-hash.ts';
import { expiresAfter } from './expiry.ts';
import { type Key, keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchPut, get, type Item, queryAll, type Table } from './table.ts';

/** Bytes of rows that are one item, sealed together: some hundreds of them. What is typed of one is far below an item's 400 KB. */
const BYTES_AN_ITEM = 60_000;
/** For how many days the rows of a form stay that nobody sends. */
export const FORM_DAYS = 1;

const Row = z.record(z.string(), z.string());
const Problem = z.object({
  pointer: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** What a page says of a roster without all of its rows. */
export const FormRoster = z.strictObject({
  ...classed('party', {
    /** the people in it, without those who were left out */
    count: z.int().min(0),
    /** rows that its review found something wrong with */
    bad: z.int().min(0),
    /** what the review was made of: rows, days and today; none where there was none */
    reviewed: z.string(),
  }),
  ...classed('personal', {
    /** says of rows that they are these */
    hash: z.string(),
    /** the first people */
    first: z.array(Row),
    leftOut: z.array(z.object({ row: z.string(), name: z.string().optional(), reason: z.string() })),
  }),
});
export type FormRoster = z.infer<typeof FormRoster>;

export const FormRosterRows = z.strictObject({
  ...classed('personal', { rows: z.array(Row), problems: z.array(Problem) }),
});

/** Rows as they were typed, and what the review found. */
export interface FormRows {
  readonly rows: readonly Readonly<Record<string, string>>[];
  readonly problems: readonly FieldProblem[];
}

function isThere(item: Item): boolean {
  return Number(item.expires) > Date.now() / 1000;
}

function rowIn({ pointer }: FieldProblem): number {
  return Number(/^\/[^/]+\/(\d+)\//.exec(pointer)?.[1] ?? 0);
}

/** Rows with what was found wrong with them, in parts that fit into items. */
function partsOf({ rows, problems }: FormRows): FormRows[] {
  const found = Map.groupBy(problems, rowIn);
  const parts: { rows: FormRows['rows'][number][]; problems: FieldProblem[] }[] = [];
  let left = 0;
  for (const [index, row] of rows.entries()) {
    const mine = found.get(index) ?? [];
    const size = Buffer.byteLength(JSON.stringify([row, mine]));
    if (size > left) {
      parts.push({ rows: [], problems: [] });
      left = BYTES_AN_ITEM;
    }
    left -= size;
    parts.at(-1)?.rows.push(row);
    parts.at(-1)?.problems.push(...mine);
  }
  return parts;
}

/**
 * Keeps the rows of a form for a day under a new key, which nobody can guess and only its page has. Nothing changes them: a form that
 * changes its roster keeps another one, so that an older page goes on from what it shows. Cost: one write a kilobyte, for 1,700 rows
 * some 160.
 */
export async function keepFormRoster(table: Table, roster: FormRoster, rows: FormRows): Promise<string> {
  const key = randomBytes(24).toString('base64url');
  const name = secretHash(key);
  const expires = expiresAfter(Date.now(), FORM_DAYS);
  // the rows first: whoever finds the roster finds all of it
  await batchPut(
    table,
    partsOf(rows).map((part, index) => ({
      ...keys.formRosterRows(name, index + 1),
      entity: 'form-roster-rows',
      expires,
      ...dataOf(FormRosterRows, FormRosterRows.parse(part)),
    })),
  );
  await batchPut(table, [
    { ...keys.formRoster(name), entity: 'form-roster', expires, ...dataOf(FormRoster, FormRoster.parse(roster)) },
  ]);
  return key;
}

/** What a page says of the roster that is kept under a key; undefined after its day. Cost: one read. */
export async function readFormRoster(table: Table, key: string): Promise<FormRoster | undefined> {
  const item = await get(table, keys.formRoster(secretHash(key)));
  return item && isThere(item) ? wholeOf(FormRoster, item) : undefined;
}

/** All rows of the roster that is kept under a key, in order; undefined after its day. Cost: one Query a megabyte. */
export async function readFormRows(table: Table, key: string): Promise<FormRows | undefined> {
  const name: Key = keys.formRoster(secretHash(key));
  const items = await queryAll(table, name.pk);
  const head = items.find(({ sk }) => sk === name.sk);
  if (!head || !isThere(head)) return undefined;
  const parts = items.filter((item) => item !== head).map((item) => wholeOf(FormRosterRows, item));
  return { rows: parts.flatMap(({ rows }) => rows), problems: parts.flatMap(({ problems }) => problems) };
}
