import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { CASE_NUMBER, type PartyId, type TaskId } from '../domain/ids.ts';
import type { Role } from '../domain/party.ts';
import type { ClosedTask, OpenTask, Task } from '../domain/task.ts';
import { fromTaskItem, taskItem } from './case-item.ts';
import type { List } from './cases.ts';
import { fromCursor, notACursor, toCursor } from './cursor.ts';
import { firstInOrder } from './in-order.ts';
import { deskOf, indexes, indexKeys, keys } from './keys.ts';
import { batchGet, get, type Item, put, type Table, toItem } from './table.ts';

/** Cost: one consistent read. */
export async function readTask(table: Table, id: TaskId): Promise<Task | undefined> {
  const item = await get(table, keys.task(id));
  return item && fromTaskItem(item);
}

/** Tasks by id, missing ones left out. Cost: one read a task. */
export async function readTasks(table: Table, ids: readonly TaskId[]): Promise<Task[]> {
  return (await batchGet(table, ids.map(keys.task))).map(fromTaskItem);
}

function putWhere(table: Table, task: Task, condition: string): TransactWriteItem {
  return {
    Put: {
      TableName: table.name,
      Item: toItem(taskItem(task)),
      ConditionExpression: condition,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: toItem({ ':open': 'open' }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  };
}

/** Closes a task that is open; the first answer wins. Where this condition fails, the item that was there says who won. */
export function closing(table: Table, closed: ClosedTask): TransactWriteItem {
  return putWhere(table, closed, '#status = :open');
}

/** Opens a task, or puts it anew while it is open (a later due time, another desk); never reopens a closed one. */
export function opening(table: Table, open: OpenTask): TransactWriteItem {
  return putWhere(table, open, 'attribute_not_exists(pk) OR #status = :open');
}

/** Takes the names of people out of a closed task; nothing where none is in it. Cost: one item. */
export function withoutNames(table: Table, task: Task): TransactWriteItem[] {
  if (task.status !== 'closed' || !(task.closedByName ?? task.closedInPlaceOf)) return [];
  const { closedByName: _by, closedInPlaceOf: _for, ...rest } = task;
  return [put(table, taskItem(rest))];
}

/** The item that a failed {@link closing} or {@link opening} found. */
export function taskFrom(item: Item | undefined): Task | undefined {
  return item && item.entity === 'task' ? fromTaskItem(item) : undefined;
}

/** Keeps the token with which the workflow waits for this task's answer, replacing an older one. */
export function keepingToken(table: Table, id: TaskId, token: string): TransactWriteItem {
  return put(table, { ...keys.token(id), entity: 'token', token });
}

/** The token for a task's answer. Only the relay may read it. */
export async function readToken(table: Table, id: TaskId): Promise<string | undefined> {
  const item = await get(table, keys.token(id));
  return item && String(item.token);
}

const PLACE = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT[\\d:.]{12}Z#${CASE_NUMBER}-\\d{1,6}(x\\d{0,3})?$`);

/**
 * The open tasks of a member's desks in a party, soonest due first. Cost: see {@link firstInOrder}, whatever else
 * is in the table.
 * @param limit at most this many, 1–100
 */
export async function inbox(
  table: Table,
  member: { party: PartyId; roles: readonly Role[] },
  cursor?: string,
  limit = 25,
): Promise<List<OpenTask>> {
  const position = fromCursor(cursor);
  if (position && !PLACE.test(position.after ?? '')) throw notACursor();
  const desks = [...new Set(member.roles.map(deskOf))].map((role) => indexKeys.inbox(member.party, role));
  // one more than is shown tells whether there is more
  const found = await firstInOrder(table, indexes.inbox, desks, limit + 1, { after: position?.after });
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1) : undefined;
  const items = shown.map(fromTaskItem).filter((task) => task.status === 'open');
  return { items, nextCursor: last ? toCursor({ after: String(last[indexes.inbox.sk]) }) : null };
}
