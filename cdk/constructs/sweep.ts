import { CfnCustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { SweepEnv, SweepEvent } from '../../functions/sweep/env.ts';
import { acknowledge } from './acknowledge.ts';
import { BundledFunction } from './bundled-function.ts';
import type { Installation } from './installation.ts';
import type { Jobs } from './jobs.ts';
import type { Workflows } from './workflows.ts';

/**
 * Looks every hour for cases and jobs whose workflow lags behind what was written, and asks for it once more; begins once a
 * day what is due daily: a new data key, and the jobs that anchor the rest and erase what was kept long enough.
 */
export class Sweep extends Construct {
  readonly function: BundledFunction;

  constructor(
    scope: Construct,
    id: string,
    installation: Installation,
    { machines, environment }: Workflows,
    jobs: Jobs,
  ) {
    super(scope, id);
    const { table, dataKey, macKey, options } = installation;
    this.function = new BundledFunction(this, 'Sweep', installation, {
      name: 'sweep',
      description: 'Asks again for what a workflow still owes a case',
      memory: 512,
      // a hundred cases a stage, one read or two each
      timeout: Duration.minutes(5),
      environment: {
        ...table.environment,
        DATA_KEY_ID: dataKey.keyId,
        MAC_KEY_ID: macKey.keyId,
        JOBS_MACHINE_ARN: jobs.machine.machine.stateMachineArn,
        HUB_ID: options.hubId,
        ...(options.keptDays !== undefined && { KEPT_DAYS: options.keptDays }),
        ...environment,
      } satisfies z.input<typeof SweepEnv>,
    });
    table.allow(this.function, {
      actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem'],
      indexes: ['hubCases', 'partnerCases'],
      dataKeys: 'write',
    });
    dataKey.allow(this.function, { makes: true });
    for (const key of [dataKey, macKey]) key.allowToLook(this.function);
    const all = [...Object.values(machines), jobs.machine];
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: ['states:DescribeExecution'],
        resources: all.map(({ executionsArn }) => executionsArn),
      }),
    );
    const { partition, region } = Stack.of(this);
    for (const { machineName } of all) {
      acknowledge(
        this.function.role,
        `IAM5[Resource::arn:${partition}:states:${region}:<AWS::AccountId>:execution:${machineName}:*]`,
        'An execution is named after its case or job: the policy names the machine, the others are not known beforehand.',
      );
    }
    // a deployment is done when the first data key is there: nobody's first form is refused
    const first = { serviceToken: this.function.functionArn, serviceTimeout: 300 };
    // CloudFormation tells of each change of it with what it was before: one that would lose something is refused
    new CfnCustomResource(this, 'FirstDataKey', first).addPropertyOverride(
      'INDEX_SHARDS',
      table.environment.INDEX_SHARDS,
    );
    this.every(Duration.hours(1), 'Hourly', 'Looks for cases that lag behind', { sweep: 'lags' });
    this.every(Duration.days(1), 'Daily', 'Begins what is due every day', { sweep: 'erasures' });
  }

  private every(rate: Duration, id: string, description: string, event: z.input<typeof SweepEvent>): void {
    new Rule(this, id, {
      description,
      schedule: Schedule.rate(rate),
      targets: [
        new LambdaFunction(this.function, {
          event: RuleTargetInput.fromObject(event),
          // the next one comes anyway
          retryAttempts: 1,
          maxEventAge: Duration.minutes(30),
        }),
      ],
    });
  }
}
