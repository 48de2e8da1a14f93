import * as z from 'zod';
import { isStuckTask } from '../../../shared/domain/ids.ts';
import { Role } from '../../../shared/domain/party.ts';
import { type Assignee, Assignee as AssigneeSchema, type Task } from '../../../shared/domain/task.ts';
import { assigneeOf } from '../../../shared/kinds/assignee.ts';
import type { Case } from '../../../shared/kinds/case.ts';
import { isSameAssignee } from '../../../shared/kinds/eligibility.ts';
import { caseItem, fromCaseItem, fromTaskItem, isKeyOfName, taskItem } from '../../../shared/store/case-item.ts';
import type { RawChain } from '../../../shared/store/chains.ts';
import { keys } from '../../../shared/store/keys.ts';
import { type Item, queryAll, type Table } from '../../../shared/store/table.ts';
import type { Fault } from './faults.ts';

const HandedTo = z.object({
  party: z.string(),
  role: Role,
  back: z.boolean().optional(),
  nobody: z.boolean().optional(),
});
/** An event, as far as it says of a question whose it is. */
const Event = z.looseObject({
  type: z.string(),
  version: z.int(),
  openedTask: z.string().optional(),
  closedTask: z.string().optional(),
  task: z.string().optional(),
  handedTo: HandedTo.optional(),
});
type Event = z.infer<typeof Event>;

/** What an item is found by: computed from its content, and bound by no hash. */
const caseKeys = ['version', 'hubPk', 'stageSk', 'partnerPk', 'organizationSk', 'ownerPk'] as const;
const taskKeys = ['status', 'inboxPk', 'inboxSk'] as const;

function isFiledAs(item: Item, wanted: Item, names: readonly string[]): boolean {
  return names.every((name) => item[name] === wanted[name]);
}

/** The case as the domain has it; undefined without its key, or where it is none any more, which is found anyway. */
function read<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** To whom the question is put when everybody who is asked may answer; several where its contact was changed since. */
function askedOf(subject: Case, task: Task, events: readonly Event[], isRead: boolean): Assignee[] {
  const hub: Assignee = { type: 'party', party: subject.hub, roles: ['coordinator', 'lead'] };
  if (isStuckTask(task.id)) return [hub];
  const own = assigneeOf(subject);
  if (own === undefined) return [];
  const isApplicants = own.type === 'applicant' || own.onBehalf === true;
  if (!isApplicants) return [own];
  const onBehalf: Assignee = { ...hub, onBehalf: true };
  if (events.some(({ type, task: about }) => type === 'escalated' && about === task.id)) return [onBehalf];
  const isChanged = events.some(({ type, version }) => type === 'amended' && version > subject.entered.version);
  return isChanged || !isRead ? [{ type: 'applicant' }, onBehalf] : [own];
}

/** Whose the open question is by the events: whoever it was handed to last, else who is asked. */
function mayBe(subject: Case, task: Task, events: readonly Event[], isRead: boolean): Assignee[] {
  const asked = askedOf(subject, task, events, isRead);
  const last = events.findLast(
    ({ openedTask, task: about, handedTo }) => handedTo && (openedTask === task.id || about === task.id),
  )?.handedTo;
  if (!last || last.back) return asked;
  const { party, role, nobody } = last;
  return asked.map((one) => {
    const onBehalf = one.type === 'party' && one.onBehalf;
    const wanted = { type: 'party', party, roles: [role], handedOver: true, nobody, onBehalf: onBehalf || undefined };
    return AssigneeSchema.parse(wanted);
  });
}

function isTheirs(assignee: Assignee, wanted: Assignee): boolean {
  const handedOver = (one: Assignee) => one.type === 'party' && one.handedOver === true;
  return isSameAssignee(assignee, wanted) && handedOver(assignee) === handedOver(wanted);
}

function isAsTold(subject: Case, task: Task, events: readonly Event[], isRead: boolean): boolean {
  if (!events.some(({ openedTask }) => openedTask === task.id)) return false;
  if (task.status === 'closed') return true;
  if (events.some(({ closedTask }) => closedTask === task.id)) return false;
  const { organizationParty: party } = task;
  const isOwn = party === undefined || party === subject.organizationParty;
  const isStuck = task.outcomes.includes('resumed');
  if (!isOwn || isStuck !== isStuckTask(task.id) || (!isStuck && task.stage !== subject.stage)) return false;
  return mayBe(subject, task, events, isRead).some((wanted) => isTheirs(task.assignee, wanted));
}

/**
 * Holds what no hash binds of a case against it and its events: where its item stands in indexes, and of each question where it
 * stands and to whom it is put. Cost: one Query.
 */
export async function verifyPlace(table: Table, chain: string, { head, entries }: RawChain): Promise<Fault[]> {
  const subject = head && read(() => fromCaseItem(head));
  if (!head || !subject) return [];
  const fault = (what: Fault['what'], { pk, sk }: Item): Fault => ({ what, chain, where: `${pk} ${sk}` });
  const events = entries.flatMap(({ data }) => Event.safeParse(data).data ?? []);
  // by whose address a case may be found, and whether its applicant has one, is personal
  const isRead = head.personal !== undefined || subject.erasedAt !== undefined;
  const known = caseKeys.filter((name) => isRead || name !== 'ownerPk');
  const isFiled =
    isFiledAs(head, caseItem(subject), known) && isKeyOfName(String(head.organizationPk), subject.organization);
  const tasks = await queryAll(table, keys.case(subject.id).pk, 'TASK#');
  return [
    ...(isFiled ? [] : [fault('index-altered', head)]),
    ...tasks.flatMap((item) => {
      const task = read(() => fromTaskItem(item));
      if (!task || keys.task(task.id).sk !== item.sk || !isAsTold(subject, task, events, isRead))
        return [fault('task-altered', item)];
      return isFiledAs(item, taskItem(task), taskKeys) ? [] : [fault('index-altered', item)];
    }),
  ];
}
