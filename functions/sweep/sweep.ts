import { DescribeExecutionCommand, ExecutionDoesNotExist, type SFNClient } from '@aws-sdk/client-sfn';
import { assertByWorkflow, noteEvent, writeByWorkflow } from '../../shared/answering/write-by-workflow.ts';
import { type Kind, type PartyId, taskIdFor } from '../../shared/domain/ids.ts';
import { type Instant, instant } from '../../shared/domain/time.ts';
import type { Case } from '../../shared/kinds/case.ts';
import { openCasesSince, readCaseFile } from '../../shared/store/cases.ts';
import { areCovered } from '../../shared/store/cover-days.ts';
import { lastSweep, recordSweep, type SweepRun } from '../../shared/store/health.ts';
import type { Table } from '../../shared/store/table.ts';
import { readTasks } from '../../shared/store/tasks.ts';
import { logFailure, logLine } from '../log/log-line.ts';

export interface Sweep {
  readonly table: Table;
  readonly sfn: SFNClient;
  readonly machines: Readonly<Record<Kind, string>>;
  /** the state machine that works on jobs */
  readonly jobsMachine: string;
}

/** A case whose workflow has not asked anybody after this long, in milliseconds, is lagging. */
const LAG = 15 * 60_000;
/** How far back the sweep looks, in milliseconds: the stream keeps news a day, and a hub may be without power for a week. */
const WINDOW = 8 * 86_400_000;
/** How far before the mark the next sweep begins, in milliseconds: no index and no clock lags that much. */
const OVERLAP = 3_600_000;

/** Whether an execution runs; undefined where there never was one of the name. */
export async function isRunning({ sfn }: Sweep, machine: string, name: string): Promise<boolean | undefined> {
  const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
}

/**
 * Asks once more for what the workflow owes this case: its start, the last answer, or a new run.
 * @returns whether there was anything to ask for
 */
async function nudge(sweep: Sweep, subject: Case): Promise<boolean> {
  assertByWorkflow('nudge-case', subject);
  const running = await isRunning(sweep, sweep.machines[subject.kind], `${subject.id}-${subject.run}`);
  const at = instant(Date.now());
  if (running) {
    const tasks = (await readCaseFile(sweep.table, subject.id))?.tasks ?? [];
    // it waits for the hub to mend something, or has asked since the list was made
    if (tasks.some((task) => task.status === 'open')) return false;
    const answered = tasks.toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1))[0];
    if (!answered) return false;
    const lost = noteEvent(subject, { type: 'nudged', at, run: subject.run, closedTask: answered.id });
    await writeByWorkflow(sweep.table, lost);
  } else {
    const run = running === undefined ? subject.run : subject.run + 1;
    await writeByWorkflow(sweep.table, noteEvent({ ...subject, run }, { type: 'nudged', at, run }));
  }
  logLine('nudged', { caseId: subject.id, stage: subject.stage });
  return true;
}

/** Those of a page that wait for their workflow: nobody was asked about the stage they are in. Cost: one read a case. */
async function lagging(sweep: Sweep, page: readonly Case[]): Promise<Case[]> {
  const asked = new Set(
    (
      await readTasks(
        sweep.table,
        page.map((subject) => taskIdFor(subject)),
      )
    ).map((task) => task.id),
  );
  const unasked = page.filter((subject) => !asked.has(taskIdFor(subject)));
  const lags = await Promise.all(
    // in this stage people are insured and nobody is asked
    unasked.map(async (subject) => subject.stage !== 'active' || !(await areCovered(sweep.table, subject.id))),
  );
  return unasked.filter((_, index) => lags[index]);
}

/**
 * Looks through the cases of a hub that came to a stage within the last days and re-emits what a case still waits for when its
 * workflow lags: news that the stream lost, an execution that ended too early. A case that was seen with its task is not
 * looked at again in that stage: a mark says up to when all are well. One case that fails does not stop it.
 * Cost: a Query of keys a kind, and a read where the mark is not known; two reads for each case that came to its stage
 * since the mark, and a write; for one that lags a Query and a transaction of two items.
 * @param known the mark that the same environment set the last time: another may have moved it on, and then more is read
 * @returns the run as it is remembered
 */
async function sweepHub(sweep: Sweep, hub: PartyId, known?: Instant): Promise<SweepRun> {
  const { table } = sweep;
  const now = Date.now();
  const mark = known ?? (await lastSweep(table, hub))?.upTo ?? instant(0);
  const [earliest, to] = [instant(now - WINDOW), instant(now - LAG)];
  let upTo = to;
  let nudged = 0;
  for await (const page of openCasesSince(table, { hub, from: mark > earliest ? mark : earliest, to })) {
    for (const subject of await lagging(sweep, page)) {
      if (subject.entered.at < upTo) upTo = subject.entered.at;
      try {
        if (await nudge(sweep, subject)) nudged++;
      } catch (error) {
        logFailure('sweep-failed', error, { caseId: subject.id });
      }
    }
  }
  const reached = instant(Date.parse(upTo) - OVERLAP);
  const run = { hub, at: instant(now), nudged, upTo: reached > mark ? reached : mark };
  await recordSweep(table, run);
  return run;
}

/** What the same environment of the sweep remembers: up to when all is well, by hub. */
export type Marks = Map<PartyId, Instant>;

/**
 * Looks through every hub's cases, see {@link sweepHub}. A hub that cannot be looked through keeps no other from it.
 * @param marks what was known, and is from now on
 * @returns how many cases were asked for again
 * @throws the first of what kept a hub from being looked through, when the others are
 */
export async function sweepCases(sweep: Sweep, hubs: readonly PartyId[], marks: Marks = new Map()): Promise<number> {
  const failed: unknown[] = [];
  let nudged = 0;
  for (const hub of hubs) {
    try {
      const run = await sweepHub(sweep, hub, marks.get(hub));
      marks.set(hub, run.upTo);
      nudged += run.nudged;
    } catch (error) {
      failed.push(error);
      logFailure('sweep-failed', error);
    }
  }
  if (failed.length > 0) throw failed[0];
  logLine('sweep-done', { nudged });
  return nudged;
}
