import { Duration, Stack } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { METRIC_NAMESPACE, type MetricName } from '../../functions/env/measures.ts';
import { indexes } from '../../shared/store/keys.ts';
import type { BundledFunction } from './bundled-function.ts';
import type { CaseTable } from './case-table.ts';
import type { HttpApi } from './http-api.ts';
import type { Jobs } from './jobs.ts';
import type { Outbox } from './outbox.ts';
import type { Sweep } from './sweep.ts';
import type { Workflows } from './workflows.ts';

export interface AlarmSources {
  readonly table: CaseTable;
  readonly workflows: Workflows;
  readonly outbox: Outbox;
  readonly sweep: Sweep;
  readonly api: HttpApi;
  readonly jobs: Jobs;
  /** whether mail goes through SES, which has figures of what came back */
  readonly throughSes: boolean;
  /** mails that SES lets the account send in a day, where whoever deploys says it: no function may ask SES, which has no narrower permission for that */
  readonly mailQuota: number | undefined;
  /** those that face the internet, and those that work in the background: a sum of metrics has ten at most */
  readonly facing: readonly LambdaFunction[];
  readonly background: readonly LambdaFunction[];
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

/** The same in rows of so many. */
export function inRows<T>(all: readonly T[], width: number): T[][] {
  return all.length === 0 ? [] : [all.slice(0, width), ...inRows(all.slice(width), width)];
}

/** Executions that ended in error: a sum for every three machines, since each has three figures. */
export function failuresOf(machines: readonly IStateMachine[]): MathExpression[] {
  return inRows(machines, 3).map((some) =>
    sum(
      some.flatMap((machine) => [
        machine.metricFailed(overFive),
        machine.metricTimedOut(overFive),
        machine.metricAborted(overFive),
      ]),
      minutes(5),
    ),
  );
}

function throttles(functions: readonly LambdaFunction[]): MathExpression {
  return sum(
    functions.map((each) => each.metricThrottles(overFive)),
    minutes(5),
  );
}

/** How many lines with a code a function's log has. The filter looks for the word, since a line is text within Lambda's own JSON. */
function lines(
  of: BundledFunction,
  code: string,
  { period, statistic }: { period: Duration; statistic: string },
): Metric {
  const name = code
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const filter = of.logGroup.addMetricFilter(name, {
    filterPattern: FilterPattern.allTerms(code),
    metricNamespace: Stack.of(of).stackName,
    metricName: name,
    metricValue: '1',
  });
  return filter.metric({ period, statistic });
}

/** What a function measures itself, once an hour. */
function measured({ functionName: FunctionName }: LambdaFunction, metricName: MetricName): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName,
    dimensionsMap: { FunctionName },
    period: Duration.hours(2),
    statistic: Stats.MAXIMUM,
  });
}

/** SES's figures of the account, by which AWS pauses whoever sends: shares of all mails, told some times a day. */
const reputation = (metricName: string): Metric =>
  new Metric({ namespace: 'AWS/SES', metricName, period: Duration.hours(1), statistic: Stats.MAXIMUM });

/** Of one index; the table's own figures do not say that of its indexes. */
function indexThrottles(TableName: string, metricName: string): MathExpression {
  const metrics = Object.values(indexes).map(
    ({ name }) =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName, GlobalSecondaryIndexName: name },
        ...overFive,
      }),
  );
  return sum(metrics, minutes(5));
}

/** The figures that the alarms watch, each over the time in which it means something. */
export function metricsOf({ table, workflows, outbox, sweep, jobs, api, facing, background }: AlarmSources) {
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
  const highest = { period: hours, statistic: Stats.MAXIMUM };
  return {
    failedExecutions: failuresOf(machines),
    notRelayed: outbox.relaying.failures.metricApproximateNumberOfMessagesVisible({ period: minutes(5) }),
    relayDelay: outbox.relay.metric('IteratorAge', { period: minutes(5), statistic: Stats.MAXIMUM }),
    notifyDelay: outbox.notify.metric('IteratorAge', { period: minutes(5), statistic: Stats.MAXIMUM }),
    notNotified: outbox.notifying.failures.metricApproximateNumberOfMessagesVisible({ period: minutes(5) }),
    serverErrors: api.stage.metricServerError(overFive),
    throttledTable: sum(tableThrottles, minutes(5)),
    throttledIndexWrites: indexThrottles(table.table.tableName, 'WriteThrottleEvents'),
    throttledIndexReads: indexThrottles(table.table.tableName, 'ReadThrottleEvents'),
    throttledExecutions: sum(
      [...machines, jobs.machine.machine].map((machine) => machine.metricThrottled(overFive)),
      minutes(5),
    ),
    bounces: reputation('Reputation.BounceRate'),
    complaints: reputation('Reputation.ComplaintRate'),
    /** of the whole account, as the quota is */
    mailsOfDay: new Metric({
      namespace: 'AWS/SES',
      metricName: 'Send',
      period: Duration.days(1),
      statistic: Stats.SUM,
    }),
    throttledPages: throttles(facing),
    throttledBackground: throttles(background),
    erasureLag: measured(sweep.function, 'ErasureLag'),
    anchorLag: measured(sweep.function, 'AnchorLag'),
    keysUnusable: measured(sweep.function, 'KeysUnusable'),
    mailLag: measured(outbox.notify, 'MailLag'),
    openExecutions: new MathExpression({
      expression: 'open / most',
      usingMetrics: {
        open: new Metric({ namespace: 'AWS/States', metricName: 'OpenExecutionCount', ...highest }),
        most: new Metric({ namespace: 'AWS/States', metricName: 'OpenExecutionLimit', ...highest }),
      },
      period: hours,
    }),
    /** of all calls a second that the account may make of KMS with keys like ours, whoever in it makes them; a share */
    keysAsked: new MathExpression({
      expression: 'calls / 60 / SERVICE_QUOTA(calls)',
      usingMetrics: {
        calls: new Metric({
          namespace: 'AWS/Usage',
          metricName: 'CallCount',
          dimensionsMap: { Service: 'KMS', Type: 'API', Class: 'None', Resource: 'CryptographicOperationsSymmetric' },
          period: minutes(1),
          statistic: Stats.SUM,
        }),
      },
      period: minutes(1),
    }),
    failedDaily: sum(
      [
        lines(sweep.function, 'daily-failed', sweeps),
        jobs.machine.machine.metricFailed(sweeps),
        jobs.machine.machine.metricTimedOut(sweeps),
        jobs.machine.machine.metricAborted(sweeps),
      ],
      hours,
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
