import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { JobsEnv } from '../../functions/jobs/env.ts';
import { jobsWorkflow } from '../../workflows/jobs.ts';
import { BundledFunction } from './bundled-function.ts';
import type { Installation } from './installation.ts';
import { LoggedStateMachine } from './logged-state-machine.ts';

/** Work on many: the function that does a slice of it, and the state machine that goes on until nothing is left. */
export class Jobs extends Construct {
  readonly function: BundledFunction;
  readonly machine: LoggedStateMachine;

  constructor(scope: Construct, id: string, installation: Installation) {
    super(scope, id);
    const { table, macKey, dataKey, anchors, options } = installation;
    this.function = new BundledFunction(this, 'Work', installation, {
      name: 'jobs',
      description: 'Works on many rows or cases, a slice at a time',
      memory: 1024,
      // a slice is two minutes, and a part more
      timeout: Duration.minutes(5),
      environment: {
        ...table.environment,
        MAC_KEY_ID: macKey.keyId,
        DATA_KEY_ID: dataKey.keyId,
        ANCHOR_BUCKET: anchors.bucketName,
        HUB_ID: options.hubId,
        INSURER_ID: options.insurerId,
        ...(options.keptDays !== undefined && { KEPT_DAYS: options.keptDays }),
      } satisfies z.input<typeof JobsEnv>,
    });
    table.allow(this.function, {
      // UpdateItem keeps a row's result; what is personal in old cases is taken away; people of a new case are found by their hashes
      actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
      indexes: ['hubCases', 'ownerCases', 'organizationCases', 'traces'],
    });
    // the hashes are keyed
    macKey.allow(this.function);
    dataKey.allow(this.function);
    anchors.allow(this.function);
    this.machine = new LoggedStateMachine(this, 'Jobs', {
      name: 'jobs',
      called: [this.function],
      states: (states) => jobsWorkflow(states, this.function),
    });
  }
}
