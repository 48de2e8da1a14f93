import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { CaseId, MemberId, PartyId, Slug } from '../domain/ids.ts';
import { classed } from '../domain/privacy/classes.ts';
import { expiresAfter } from './expiry.ts';
import { keys } from './keys.ts';
import { dataOf, wholeOf } from './personal-item.ts';
import { batchPut, get, put, query, queryAll, type Table, toItem, transact } from './table.ts';

const Remark = z.object({
  ...classed('party', {
    line: z.int(),
    column: z.string().optional(),
    code: z.string(),
    maximum: z.number().optional(),
  }),
  ...classed('personal', {
    /** a sheet may be called after a person */
    sheet: z.string().optional(),
    /** what stood in the cell */
    value: z.string().optional(),
  }),
});
export type ImportRemark = z.infer<typeof Remark>;

/** The remarks of one item. */
export const RemarkList = z.object({ remarks: z.array(Remark) });

export const NeedPlan = z.object({
  ...classed('party', {
    importKey: z.string(),
    contentKey: z.string(),
    organization: z.string(),
    district: z.string(),
    lines: z.int(),
    unknownLines: z.int(),
    pieces: z.int(),
  }),
  /** the row that each line of the need was made from */
  sources: z
    .array(
      z.object({ ...classed('party', { line: z.int() }), ...classed('personal', { sheet: z.string().optional() }) }),
    )
    .default([]),
  /** the need as it will be submitted */
  ...classed('personal', { body: z.unknown() }),
});
export type ImportedNeed = z.infer<typeof NeedPlan>;

/** How one sheet of the file is read: every column of it, what is taken from it, and what stands in it. */
const SheetRead = z.object({
  ...classed('personal', { name: z.string() }),
  ...classed('public', {
    use: z.enum(['read', 'columns-missing', 'left-out']),
    /** the row of the headings; 0 without */
    headings: z.int(),
    rows: z.int(),
    missing: z.array(z.string()),
  }),
  columns: z.array(
    z.object({
      ...classed('public', { column: z.string(), field: z.string().optional(), guessed: z.boolean().optional() }),
      ...classed('personal', { header: z.string(), sample: z.string().optional() }),
    }),
  ),
});
export type SheetRead = z.infer<typeof SheetRead>;

/** A part of the file as it was sent: it is read again when somebody says how. */
export const FilePart = z.object(classed('personal', { base64: z.string() }));

/** A coordinator's sheet as it was read: what running it will make. The needs are items of their own. */
export const ImportPlan = z.object({
  ...classed('public', { id: Slug, party: PartyId, plannedAt: z.string() }),
  ...classed('party', { member: MemberId }),
  columns: z.array(
    z.object({ ...classed('public', { field: z.string() }), ...classed('personal', { header: z.string() }) }),
  ),
  // what was taken for a heading may be a row of people
  ...classed('personal', {
    ignored: z.array(z.string()),
    /** hidden sheets of the workbook that have cells: nothing of them is imported */
    hidden: z.array(z.string()).default([]),
    /** what a person said of the file */
    choices: z.unknown().optional(),
  }),
  sheets: z.array(SheetRead).default([]),
  /** notices that are too many to be kept one by one */
  ...classed('public', { moreNotices: z.int().default(0) }),
  /** how a file of text was read */
  encoding: z.object(classed('public', { name: z.string(), guessed: z.boolean() })).optional(),
  /** the import with which the file was sent, and in how many parts it lies there */
  file: z.object(classed('public', { import: Slug, parts: z.int() })).optional(),
  totals: z.object(
    classed('public', {
      rows: z.int(),
      needs: z.int(),
      lines: z.int(),
      unknownLines: z.int(),
      pieces: z.int(),
      rejected: z.int(),
    }),
  ),
});
export type ImportPlan = z.infer<typeof ImportPlan>;

/** An unfinished import is forgotten after a week. */
const KEPT_DAYS = 7;
/** Of an upload. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Remarks go into items of this many, far below an item's 400 KB. */
const REMARKS_AN_ITEM = 500;

export interface Remarks {
  readonly rejected: readonly ImportRemark[];
  readonly notices: readonly ImportRemark[];
}

function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / REMARKS_AN_ITEM) }, (_, index) =>
    list.slice(index * REMARKS_AN_ITEM, (index + 1) * REMARKS_AN_ITEM),
  );
}

/** Bytes of a part of a file: sealed and as base64 twice, far below an item's 400 KB. */
const PART = 150_000;

/** Keeps a file beside the import with which it was sent, as long as that. Cost: a write for each part. */
export async function saveImportFile(
  table: Table,
  id: Slug,
  bytes: Uint8Array,
): Promise<{ import: Slug; parts: number }> {
  const packed = deflateRawSync(bytes);
  const parts = Array.from({ length: Math.ceil(packed.length / PART) }, (_, index) =>
    packed.subarray(index * PART, (index + 1) * PART),
  );
  const expires = expiresAfter(Date.now(), KEPT_DAYS);
  await batchPut(
    table,
    parts.map((part, index) => ({
      ...keys.importFile(id, index),
      entity: 'import-file',
      expires,
      ...dataOf(FilePart, { base64: part.toString('base64') }),
    })),
  );
  return { import: id, parts: parts.length };
}

/** A file that was sent with an import; undefined once it is no longer kept. Cost: one Query a megabyte. */
export async function readImportFile(
  table: Table,
  { import: id, parts }: { import: Slug; parts: number },
): Promise<Uint8Array | undefined> {
  const items = await queryAll(table, keys.importPlan(id).pk, 'FILE#');
  if (items.length < parts) return undefined;
  const packed = items.map((item) => Buffer.from(wholeOf(FilePart, item).base64, 'base64'));
  return inflateRawSync(Buffer.concat(packed), { maxOutputLength: MOST_BYTES });
}

/** Stages a plan; it counts from when its head is written, which is last. */
export async function saveImport(
  table: Table,
  plan: ImportPlan,
  needs: readonly ImportedNeed[],
  remarks: Remarks,
): Promise<void> {
  const expires = expiresAfter(Date.now(), KEPT_DAYS);
  const items = [
    ...needs.map((need, index) => ({
      ...keys.importNeed(plan.id, index + 1),
      entity: 'import-need',
      expires,
      ...dataOf(NeedPlan, need),
    })),
    ...chunks(remarks.rejected).map((list, index) => ({
      ...keys.importRemarks(plan.id, 'REJECTED', index),
      entity: 'import-remarks',
      expires,
      ...dataOf(RemarkList, { remarks: list }),
    })),
    ...chunks(remarks.notices).map((list, index) => ({
      ...keys.importRemarks(plan.id, 'NOTICE', index),
      entity: 'import-remarks',
      expires,
      ...dataOf(RemarkList, { remarks: list }),
    })),
  ];
  await batchPut(table, items);
  await transact(table, [
    put(table, { ...keys.importPlan(plan.id), entity: 'import', expires, ...dataOf(ImportPlan, plan) }),
  ]);
}

/** Cost: one read. */
export async function readImportPlan(table: Table, id: Slug): Promise<ImportPlan | undefined> {
  const item = await get(table, keys.importPlan(id));
  return item && wholeOf(ImportPlan, item);
}

export async function readImportRemarks(table: Table, id: Slug): Promise<Remarks> {
  const read = async (sort: 'REJECTED' | 'NOTICE') =>
    (await queryAll(table, keys.importPlan(id).pk, `${sort}#`)).flatMap((item) => wholeOf(RemarkList, item).remarks);
  return { rejected: await read('REJECTED'), notices: await read('NOTICE') };
}

/** The planned needs from the `from`th on (counted from 1), at most `limit`. Cost: one Query a megabyte. */
export async function readImportNeeds(table: Table, id: Slug, from: number, limit: number): Promise<ImportedNeed[]> {
  const needs: ImportedNeed[] = [];
  let first = keys.importNeed(id, from).sk;
  for (;;) {
    const page = await query(table, {
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: toItem({
        ':pk': keys.importPlan(id).pk,
        ':from': first,
        ':to': keys.importNeed(id, from + limit - 1).sk,
      }),
      ConsistentRead: true,
    });
    needs.push(...page.items.map((item) => wholeOf(NeedPlan, item)));
    if (!page.last) return needs;
    first = keys.importNeed(id, from + needs.length).sk;
  }
}

export const Imported = z.object(
  classed('public', {
    /** the need that was made last */
    caseId: CaseId,
    /** the content keys of all that were ever made: the same sheet makes nothing again, however old it is */
    contents: z.array(z.string()),
  }),
);
export type Imported = z.infer<typeof Imported>;

/** What was imported for an organization and place. Cost: one consistent read. */
export async function readImported(table: Table, party: PartyId, importKey: string): Promise<Imported | undefined> {
  const item = await get(table, keys.imported(party, importKey));
  return item && Imported.parse(item.data);
}

/** Remembers, in the transaction that makes it, a need from an import; fails when another import was quicker. */
export function rememberingImported(
  table: Table,
  party: PartyId,
  importKey: string,
  before: Imported | undefined,
  after: Imported,
): TransactWriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: toItem({ ...keys.imported(party, importKey), entity: 'imported', caseId: after.caseId, data: after }),
      ...(before
        ? { ConditionExpression: 'caseId = :before', ExpressionAttributeValues: toItem({ ':before': before.caseId }) }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}
