import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CaseTable } from './case-table.ts';
import type { HttpApi } from './http-api.ts';
import type { Outbox } from './outbox.ts';
import type { Sweep } from './sweep.ts';
import type { Workflows } from './workflows.ts';

export interface AlarmSources {
  readonly table: CaseTable;
  readonly workflows: Workflows;
  readonly outbox: Outbox;
  readonly sweep: Sweep;
  readonly api: HttpApi;
  readonly functions: readonly LambdaFunction[];
}

const minutes = Duration.minutes;
const overFive = { period: minutes(5), statistic: Stats.SUM };

/** Adds metrics up; one that has no data counts as nothing. CloudWatch allows ten in a sum. */
function sum(metrics: readonly IMetric[], period: Duration): MathExpression {
  const named = metrics.map((metric, index) => ({ id: `m${index}`, metric }));
  return new MathExpression({
    expression: named.map(({ id }) => `FILL(${id}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(named.map(({ id, metric }) => [id, metric])),
    period,
  });
}

/** The figures that the alarms watch, each over the time in which it means something. */
export function metricsOf({ table, workflows, outbox, sweep, api, functions }: AlarmSources) {
  const machines = Object.values(workflows.machines).map(({ machine }) => machine);
  const tableThrottles = ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
    (metricName) =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: table.table.tableName },
        ...overFive,
      }),
  );
  const hours = Duration.hours(2);
  const sweeps = { period: hours, statistic: Stats.SUM };
  return {
    failedExecutions: sum(
      machines.flatMap((machine) => [
        machine.metricFailed(overFive),
        machine.metricTimedOut(overFive),
        machine.metricAborted(overFive),
      ]),
      minutes(5),
    ),
    notRelayed: outbox.relaying.failures.metricApproximateNumberOfMessagesVisible({ period: minutes(5) }),
    relayDelay: outbox.relay.metric('IteratorAge', { period: minutes(5), statistic: Stats.MAXIMUM }),
    notNotified: outbox.notifying.failures.metricApproximateNumberOfMessagesVisible({ period: minutes(5) }),
    serverErrors: api.stage.metricServerError(overFive),
    throttledTable: sum(tableThrottles, minutes(5)),
    throttledFunctions: sum(
      functions.map((each) => each.metricThrottles(overFive)),
      minutes(5),
    ),
    sweeps: new MathExpression({
      expression: 'invocations - errors',
      usingMetrics: {
        invocations: sweep.function.metricInvocations(sweeps),
        errors: sweep.function.metricErrors(sweeps),
      },
      period: hours,
    }),
  };
}
