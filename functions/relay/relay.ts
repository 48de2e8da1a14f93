import {
  ExecutionAlreadyExists,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { assertByWorkflow } from '../../shared/answering/write-by-workflow.ts';
import type { CaseEvent } from '../../shared/domain/event.ts';
import type { CaseId, Kind, TaskId } from '../../shared/domain/ids.ts';
import type { JobInput } from '../../shared/domain/jobs/job.ts';
import type { ExecutionInput, Progress } from '../../shared/domain/workflow/contract.ts';
import { beginsAnew } from '../../shared/kinds/lifecycle.ts';
import { progressOf } from '../../shared/kinds/progress.ts';
import { readCase } from '../../shared/store/cases.ts';
import { JobRun } from '../../shared/store/jobs.ts';
import type { Item, Table } from '../../shared/store/table.ts';
import { readTask, readToken } from '../../shared/store/tasks.ts';
import { logLine } from '../log/log-line.ts';
import { eachEvent } from '../stream/each-event.ts';

export interface Relay {
  readonly table: Table;
  readonly sfn: SFNClient;
  /** the state machine of each kind */
  readonly machines: Readonly<Record<Kind, string>>;
  /** the state machine that works on jobs */
  readonly jobsMachine: string;
}

/** Starts an execution. Its name is what it is about: a second start is the first one, and success. */
async function startExecution({ sfn }: Relay, stateMachineArn: string, name: string, input: object): Promise<void> {
  assertByWorkflow('start-workflow');
  try {
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

/** Starts the workflow of a case. */
async function start(
  relay: Relay,
  { caseId, kind, version }: Pick<CaseEvent, 'caseId' | 'kind' | 'version'>,
  run: number,
): Promise<void> {
  const input: ExecutionInput = { caseId, kind, version };
  await startExecution(relay, relay.machines[kind], `${caseId}-${run}`, input);
}

/** Starts a run of a job, as the table has the news of it. */
async function startRun(relay: Relay, item: Item): Promise<void> {
  const { job, run } = JobRun.parse(item);
  const input: JobInput = { job };
  await startExecution(relay, relay.jobsMachine, `${job}-${run}`, input);
}

/** The workflow no longer waits with this token, or was answered before: if it waits with another, that one is answered. */
const gone = new Set(['TaskDoesNotExist', 'TaskTimedOut', 'InvalidToken']);

/**
 * Tells the workflow that waits for this task where the case is now, or that it is over and another carries the case on, see
 * {@link beginsAnew}. While the task is open nobody has answered it: then the event is an old one that came again, and the token is
 * a newer question's.
 */
async function answer(relay: Relay, caseId: CaseId, id: TaskId): Promise<void> {
  const [taskToken, task, subject] = await Promise.all([
    readToken(relay.table, id),
    readTask(relay.table, id),
    readCase(relay.table, caseId),
  ]);
  if (!taskToken || !subject || task?.status === 'open') return;
  assertByWorkflow('continue-workflow', subject);
  const renewed = task !== undefined && beginsAnew(subject.kind, task.stage, subject.stage);
  const progress: Progress = { ...progressOf(subject), ...(renewed && { renewed }) };
  try {
    await relay.sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(progress) }));
  } catch (error) {
    if (!(error instanceof Error && gone.has(error.name))) throw error;
    logLine('token-gone', { task: id });
  }
  if (renewed) await start(relay, { caseId, kind: subject.kind, version: subject.version }, subject.run);
}

/** Carries what was written in the table on to the workflow: a new case starts one, an answered task lets it go on. */
export async function relayEvent(relay: Relay, event: CaseEvent): Promise<void> {
  switch (event.type) {
    case 'submitted':
      return start(relay, event, event.run);
    case 'nudged':
      return event.closedTask ? answer(relay, event.caseId, event.closedTask) : start(relay, event, event.run);
    case 'resumed':
      return answer(relay, event.caseId, event.closedTask);
    case 'stage-changed':
      return event.closedTask ? answer(relay, event.caseId, event.closedTask) : undefined;
    default:
      return undefined;
  }
}

/** Carries on, in order, those events of a batch that the workflow waits for. */
export function relayBatch(relay: Relay, { Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const awaited = Records.filter(({ dynamodb }) => dynamodb?.NewImage?.relay?.S === 'yes');
  return eachEvent({ Records: awaited }, (event) => relayEvent(relay, event), {
    'job-run': (item) => startRun(relay, item),
  });
}
