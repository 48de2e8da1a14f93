import './begin.ts';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { CaseId } from '../../shared/domain/ids.ts';
import { retryAll } from '../../shared/jobs/start.ts';
import { readCase } from '../../shared/store/cases.ts';
import { openTable } from '../../shared/store/table.ts';
import { askAsOwner } from './owner.ts';
import { fail } from './settings.ts';
import { tableNamedIn, useRunningStack } from './stack-environment.ts';

// on AWS the environment names them; here the running stack does
const isLocal = !process.env.TABLE_NAME;
const environment = isLocal ? useRunningStack() : process.env;
const { MACHINE_ARNS } = environment;
const named = tableNamedIn(environment);
if (!named || !MACHINE_ARNS) {
  fail(
    'Usage: TABLE_NAME=… INDEX_SHARDS=… MACHINE_ARNS=…,… npm run redrive   (on AWS: outputs of the stack, the machines with commas between)',
  );
}

const Redriven = z.object({ given: z.number(), left: z.number(), why: z.string().optional() });
const table = openTable(named);
const sfn = new SFNClient({});

/** Whether an execution is the last one of its case: an earlier one was replaced by a run that the sweep asked for. */
async function isLastRun(name: string): Promise<boolean> {
  const [, id, run] = /^(\w{10})-(\d+)$/.exec(name) ?? [];
  const { data } = CaseId.safeParse(id);
  return data !== undefined && (await readCase(table, data))?.run === Number(run);
}

async function redriveExecutions(stateMachineArn: string): Promise<number> {
  let redriven = 0;
  for (const statusFilter of ['FAILED', 'TIMED_OUT', 'ABORTED'] as const) {
    let nextToken: string | undefined;
    do {
      const page = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter, nextToken }));
      nextToken = page.nextToken;
      for (const { executionArn, name } of page.executions ?? []) {
        if (!(await isLastRun(name ?? ''))) continue;
        const { redriveStatus } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
        if (redriveStatus !== 'REDRIVABLE') continue;
        await sfn.send(new RedriveExecutionCommand({ executionArn }));
        console.log(`Taken up again: ${name}`);
        redriven++;
      }
    } while (nextToken);
  }
  return redriven;
}

if (isLocal) {
  const { given, left, why } = Redriven.parse(await askAsOwner('redrive'));
  console.log(
    `Records given to their function again: ${given}.${left > 0 ? ` Left: ${left}, the first since: ${why}` : ''}`,
  );
} else {
  console.log('Queues of failures on AWS: see "When a queue of failures has messages" in cdk/README.md.');
}
console.log(`Jobs whose failed rows are tried again: ${await retryAll(table)}.`);
let executions = 0;
for (const arn of MACHINE_ARNS.split(',')) executions += await redriveExecutions(arn);
console.log(`Executions taken up again: ${executions}.`);
