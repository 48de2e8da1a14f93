import { paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import type { RunningStack } from '../../cdk/cli/stack.ts';
import { digestName } from '../../functions/notify/digest.ts';
import { mailName } from '../../functions/notify/notify.ts';
import { recipientsOf } from '../../functions/notify/recipients.ts';
import { Digest } from '../../shared/domain/digest.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import { isStuckTask } from '../../shared/domain/ids.ts';
import type { Task } from '../../shared/domain/task.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { endStages } from '../../shared/kinds/lifecycle.ts';
import { fromCaseItem, fromEventItem, fromTaskItem, marksOf } from '../../shared/store/case-item.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { contentsOf } from '../engine/contents.ts';
import { BUDGET, OFFER_AMOUNT, PROGRAMME } from './journeys.ts';
import type { Travelled } from './load.ts';
import { allMail, type Posted } from './mailbox.ts';

const HOUR = 3_600_000;

/** A moment at which something was killed: from when to when, by the stack's clock. */
export interface Kill {
  readonly from: number;
  readonly to: number;
}

export interface Verdict {
  /** what is not as it would be without faults; empty when all is well */
  readonly wrong: readonly string[];
  readonly cases: number;
  readonly events: number;
  readonly mails: number;
  /** mails that came more than once */
  readonly repeats: number;
  /** questions that a step asked once more when they were answered already */
  readonly nudges: number;
  /** rosters that no case names: left by a submission that was killed and sent again, for a day */
  readonly orphanRosters: number;
}

interface Everything {
  readonly items: readonly Item[];
  readonly cases: ReadonlyMap<string, Case>;
  readonly events: ReadonlyMap<string, readonly CaseEvent[]>;
  readonly tasks: ReadonlyMap<string, readonly Task[]>;
}

function grouped<T extends { readonly caseId: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(each.caseId, [...(groups.get(each.caseId) ?? []), each]);
  return groups;
}

async function everythingIn(table: Table): Promise<Everything> {
  const items = await contentsOf(table);
  const of = (entity: string) => items.filter((item) => item.entity === entity);
  const cases = of('case').map(fromCaseItem);
  return {
    items,
    cases: new Map(cases.map((subject) => [subject.id, subject])),
    events: grouped(of('event').map(fromEventItem)),
    tasks: grouped(of('task').map(fromTaskItem)),
  };
}

/** Each accepted submission is one case, and there are no others but the rests of needs. */
function* wrongCases({ cases }: Everything, accepted: readonly Travelled[]): Generator<string> {
  const roots = [...cases.values()].filter((subject) => subject.parent === undefined);
  if (roots.length !== accepted.length) yield `${accepted.length} were accepted, ${roots.length} are there`;
  for (const { id, number } of accepted) {
    const same = roots.filter((subject) => subject.contact?.email === `applicant-${number}@example.org`);
    if (same.length !== 1 || same[0]?.id !== id) yield `submission ${number} is there as ${same.map((one) => one.id)}`;
  }
  for (const { id, children, parent } of cases.values()) {
    for (const child of children) if (cases.get(child)?.parent !== id) yield `${id} went on as ${child}, which is not`;
    if (parent !== undefined && !cases.get(parent)?.children.includes(id)) yield `${id} is no rest of ${parent}`;
  }
}

/** The case is where it should be, and asks whom it should, once. */
function* wrongPlace(all: Everything, subject: Case, ends: string, waitsFor: string | undefined): Generator<string> {
  const { id, stage } = subject;
  if (stage !== ends) yield `${id} is in ${stage}, not ${ends}`;
  const tasks = all.tasks.get(id) ?? [];
  const open = tasks.filter((task) => task.status === 'open');
  const asked = open.map(({ assignee }) => (assignee.type === 'party' ? assignee.party : assignee.type));
  if (asked.join() !== (waitsFor ?? '')) yield `${id} in ${stage} waits for ${asked}, not ${waitsFor}`;
  if (open.some((task) => task.stage !== stage)) yield `${id} in ${stage} asks about ${open.map((task) => task.stage)}`;
  if (tasks.some((task) => isStuckTask(task.id))) yield `${id} was stuck`;
}

/**
 * Every version of the case is one event, and the people's answers are those that were given, each once.
 * @param rested when people had given all of them; what is asked for again later was lost and found by the sweep
 */
function* wrongHistory(all: Everything, subject: Case, given: readonly string[], rested: number): Generator<string> {
  const events = (all.events.get(subject.id) ?? []).toSorted((a, b) => a.version - b.version);
  const versions = events.map((event) => event.version).join();
  const expected = Array.from({ length: subject.version }, (_, index) => index + 1).join();
  if (versions !== expected) yield `${subject.id} has the events ${versions} in version ${subject.version}`;
  const answers = events.flatMap((event) =>
    event.type === 'stage-changed' && event.by.type !== 'workflow' ? [event.on] : [],
  );
  if (answers.join() !== given.join()) yield `${subject.id} was answered ${answers}, not ${given}`;
  for (const event of events) {
    if (event.type === 'stuck' || event.type === 'resumed') yield `${subject.id} was ${event.type}`;
    if (event.type === 'nudged' && Date.parse(event.at) > rested) yield `${subject.id} was mended by the sweep`;
  }
}

/** One execution a case and run: running while the case goes on, well ended when it has. */
async function wrongExecutions({ cloud }: RunningStack, { cases }: Everything): Promise<string[]> {
  const wrong: string[] = [];
  const client = new SFNClient({
    endpoint: cloud.endpointUrl,
    region: cloud.region,
    credentials: cloud.credentialsFor('administrator'),
  });
  const seen = new Map<string, string>();
  for (const kind of ['Need', 'Grant', 'Insurance']) {
    const stateMachineArn = cloud.outputs[`${kind}MachineArn`];
    for await (const page of paginateListExecutions({ client, pageSize: 1000 }, { stateMachineArn })) {
      for (const { name = '', status = '' } of page.executions ?? []) {
        if (seen.has(name)) wrong.push(`the execution ${name} is there twice`);
        seen.set(name, status);
      }
    }
  }
  client.destroy();
  for (const { id, run, stage } of cases.values()) {
    for (let each = 1; each <= run; each += 1) {
      const status = seen.get(`${id}-${each}`);
      const expected = each < run || endStages.has(stage) ? 'SUCCEEDED' : 'RUNNING';
      if (status !== expected) wrong.push(`the execution ${id}-${each} is ${status}, not ${expected}`);
      seen.delete(`${id}-${each}`);
    }
  }
  wrong.push(...[...seen.keys()].map((name) => `the execution ${name} belongs to no case`));
  return wrong;
}

/** What programme and offer have left is what was not given, or was given back. */
function* wrongSums({ cases, items }: Everything, offer: string): Generator<string> {
  const left = (entity: string, id: string) =>
    Number(items.find((item) => item.entity === entity && String(item.sk).endsWith(`#${id}`))?.available);
  let awarded = 0;
  let given = 0;
  for (const subject of cases.values()) {
    if (subject.kind === 'grant' && 'award' in subject && subject.award) awarded += subject.award.amount;
    if (subject.kind === 'grant' && 'owed' in subject && subject.owed) awarded -= subject.owed.amount;
    if (subject.kind === 'need' && 'donor' in subject && subject.donor?.offer === offer) {
      given += subject.lines.reduce((sum, line) => sum + (line.approved ?? 0), 0);
    }
  }
  if (left('programme', PROGRAMME) !== BUDGET - awarded)
    yield `${awarded} fen are awarded, ${left('programme', PROGRAMME)} left`;
  if (left('offer', offer) !== OFFER_AMOUNT - given) yield `${given} pieces are given, ${left('offer', offer)} left`;
}

/** A mail that comes again comes because of a kill between the two. */
function* wrongRepeats(name: string, copies: readonly Posted[], kills: readonly Kill[]): Generator<string> {
  for (const [index, copy] of copies.slice(1).entries()) {
    const before = copies[index];
    if (!before) continue;
    if (before.to.join() !== copy.to.join()) yield `${name} went to ${before.to} and to ${copy.to}`;
    if (!kills.some((kill) => kill.to >= before.at && kill.from <= copy.at)) {
      yield `${name} came again after ${copy.at - before.at} ms without a kill`;
    }
  }
}

/** The digest in which something is told, by what a mail of its own would be known by. */
function digestsOf({ items }: Everything): Map<string, Digest[]> {
  const entries = items.flatMap(({ entity, pk, sk }) => {
    if (entity !== 'digest-entry') return [];
    const [, party, who] = String(pk).split('#');
    const [slot, name = ''] = String(sk).split('#');
    return [{ name, digest: Digest.parse({ party, who, slot }) }];
  });
  const byName = Map.groupBy(entries, ({ name }) => name);
  return new Map([...byName].map(([name, all]) => [name, all.map(({ digest }) => digest)]));
}

/** Everybody has the mails about everything that concerns them, each thing in one of them, and nobody has others. */
async function wrongMails(
  all: Everything,
  { table, cloud }: RunningStack,
  mails: Map<string, Posted[]>,
): Promise<string[]> {
  const wrong: string[] = [];
  const possible = new Set<string>();
  const digests = digestsOf(all);
  // the notifier comes to a digest within the hour
  const out = instant(cloud.clock.now() - HOUR);
  for (const [name, some] of digests) if (some.length > 1) wrong.push(`${name} stands in ${some.length} digests`);
  for (const event of [...all.events.values()].flat()) {
    const subject = all.cases.get(event.caseId);
    if (!subject || marksOf(event).notify !== 'yes') continue;
    const tasks = all.tasks.get(event.caseId) ?? [];
    const id = 'openedTask' in event ? event.openedTask : 'task' in event ? event.task : undefined;
    const task = tasks.find((one) => one.id === id);
    const certain = await recipientsOf(table, event, subject, task);
    // who was asked had to be told only while it was open
    const asOpen = task?.status === 'closed' ? { ...task, status: 'open' as const } : task;
    for (const to of await recipientsOf(table, event, subject, asOpen)) {
      const name = mailName(event, to);
      const [digest] = digests.get(name) ?? [];
      const messageId = `<${digest ? digestName(digest) : name}@localhost>`;
      possible.add(messageId);
      if (digest && digest.slot > out) continue;
      const copies = mails.get(messageId) ?? [];
      const must = certain.some((one) => one.email === to.email && one.as === to.as);
      if (must && copies.length === 0)
        wrong.push(`${to.email} was not told of ${event.type} ${event.caseId}-${event.version}`);
      if (copies.some((copy) => copy.to.join() !== to.email)) wrong.push(`${messageId} went to somebody else`);
    }
  }
  for (const name of mails.keys()) if (!possible.has(name)) wrong.push(`the mail ${name} is about nothing`);
  return wrong;
}

async function wrongQueues(url: string): Promise<string[]> {
  const overview = await (await fetch(`${url}/_aws`)).text();
  const queues = [...new Set([...overview.matchAll(/href="(\/_aws\/queues\/[^"]+)"/g)].map((match) => match[1]))];
  const contents = await Promise.all(queues.map(async (path) => [path, await (await fetch(`${url}${path}`)).text()]));
  const full = contents
    .filter(([, page]) => !page?.includes('Nothing lies here'))
    .map(([path]) => `${path} is not empty`);
  return queues.length < 2 ? ['the failure queues are not shown', ...full] : full;
}

/** What a stack has been through. */
export interface Ordeal {
  readonly accepted: readonly Travelled[];
  /** the offer that needs were matched with */
  readonly offer: string;
  /** when all had come to rest, before the clock was moved */
  readonly rested: number;
  /** when something was killed; left out where mails may come again at any time, since services failed */
  readonly kills?: readonly Kill[];
}

/** Looks at everything that a stack holds when its load has ended and all has settled. */
export async function verdictOn(stack: RunningStack, { accepted, offer, rested, kills }: Ordeal): Promise<Verdict> {
  const { cloud, table } = stack;
  const all = await everythingIn(table);
  const mails = await allMail(cloud.url);
  const wrong = [...wrongCases(all, accepted), ...wrongSums(all, offer)];
  const byId = new Map(accepted.map((each) => [each.id, each]));
  for (const subject of all.cases.values()) {
    const { journey } = byId.get(subject.id) ?? {};
    wrong.push(
      ...wrongPlace(all, subject, journey?.ends ?? 'matching', journey ? journey.waitsFor : 'hub'),
      ...wrongHistory(
        all,
        subject,
        [...(journey?.steps.map((step) => step.answer().outcome) ?? []), ...(journey?.withdrawn ? ['withdrawn'] : [])],
        rested,
      ),
    );
  }
  wrong.push(...(await wrongExecutions(stack, all)), ...(await wrongMails(all, stack, mails)));
  wrong.push(...(await wrongQueues(cloud.url)));
  if (kills) for (const [name, copies] of mails) wrong.push(...wrongRepeats(name, copies, kills));
  const counts = [...mails.values()].map((copies) => copies.length);
  const rosters = new Set(all.items.filter((item) => item.entity === 'roster-rows').map((item) => String(item.pk)));
  for (const subject of all.cases.values())
    if (subject.kind === 'insurance') rosters.delete(`ROSTER#${subject.roster.id}`);
  for (const { pk, expires } of all.items)
    if (rosters.has(String(pk)) && expires === undefined) wrong.push(`${pk} is no case's and stays`);
  return {
    wrong,
    cases: all.cases.size,
    events: [...all.events.values()].flat().length,
    mails: counts.length,
    repeats: counts.filter((count) => count > 1).length,
    nudges: [...all.events.values()].flat().filter((event) => event.type === 'nudged').length,
    orphanRosters: rosters.size,
  };
}
