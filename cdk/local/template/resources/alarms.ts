import { z } from 'zod';
import { compileExpression } from '../../alarms/expression.ts';
import type { MetricSpec } from '../blueprint.ts';
import { boolean, checked, ignored, notSupported, numeric, read, whole } from '../properties.ts';
import { arnOf, type Declared, nameOf, type Reader } from '../resource.ts';

const statistic = z.enum(['Sum', 'Maximum', 'Minimum', 'Average', 'SampleCount'], 'this statistic is not kept here');
const dimensions = z.array(z.strictObject({ Name: z.string(), Value: z.string() })).default([]);
const period = whole(60, 86_400);

const metric = z.strictObject({ Namespace: z.string(), MetricName: z.string(), Dimensions: dimensions });
const query = z.strictObject({
  Id: z.string(),
  Expression: z.string().optional(),
  MetricStat: z.strictObject({ Metric: metric, Period: period, Stat: statistic, Unit: ignored }).optional(),
  Period: period.optional(),
  ReturnData: boolean.default(true),
  Label: ignored,
  AccountId: ignored,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
const properties = z.strictObject({
  AlarmName: z.string().optional(),
  AlarmDescription: z.string().default(''),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanThreshold',
    'LessThanOrEqualToThreshold',
  ]),
  Threshold: numeric,
  EvaluationPeriods: whole(1, 1_440),
  DatapointsToAlarm: whole(1, 1_440).optional(),
  TreatMissingData: z.enum(['breaching', 'notBreaching', 'ignore', 'missing']).default('missing'),
  Metrics: z.array(query).optional(),
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Dimensions: dimensions,
  Period: period.optional(),
  Statistic: statistic.optional(),
  ActionsEnabled: ignored,
  AlarmActions: ignored,
  OKActions: ignored,
  InsufficientDataActions: ignored,
  Unit: ignored,
  Tags: ignored,
});

type Properties = z.output<typeof properties>;

function metricOf(found: z.output<typeof metric>, seconds: number, stat: MetricSpec['stat']): MetricSpec {
  const named = found.Dimensions.map(({ Name, Value }) => `${Name}=${Value}`).toSorted();
  return { key: [found.Namespace, found.MetricName, ...named].join(' '), seconds, stat };
}

function watched(resource: Declared, given: Properties) {
  if (given.Metrics === undefined) {
    const { Namespace, MetricName, Dimensions, Period, Statistic } = given;
    if (!Namespace || !MetricName || !Period || !Statistic)
      throw notSupported(resource, 'A metric or Metrics is needed.');
    return {
      metrics: new Map([['m', metricOf({ Namespace, MetricName, Dimensions }, Period, Statistic)]]),
      expression: 'm',
      seconds: Period,
    };
  }
  const metrics = new Map(
    given.Metrics.flatMap(({ Id, MetricStat: one }) =>
      one ? [[Id, metricOf(one.Metric, one.Period, one.Stat)] as const] : [],
    ),
  );
  const returned = given.Metrics.filter(({ ReturnData }) => ReturnData);
  const [result] = returned;
  if (result === undefined || returned.length > 1) throw notSupported(resource, 'One of Metrics returns data.');
  const inner = given.Metrics.filter((each) => each !== result && each.Expression !== undefined);
  if (inner.length > 0) throw notSupported(resource, 'An expression over expressions is not evaluated here.');
  const seconds =
    result.Period ?? result.MetricStat?.Period ?? Math.max(...[...metrics.values()].map((each) => each.seconds));
  return { metrics, expression: result.Expression ?? result.Id, seconds };
}

export const readAlarm: Reader = (resource, into) => {
  const given = read(resource, properties);
  const name = nameOf(resource, given.AlarmName, 255);
  const arn = arnOf(resource, 'cloudwatch', `alarm:${name}`);
  const { metrics, expression, seconds } = watched(resource, given);
  into.alarms.push({
    ...{ logicalId: resource.logicalId, name, description: given.AlarmDescription, metrics, seconds },
    evaluate: checked(resource, () => compileExpression(expression, [...metrics.keys()])),
    threshold: given.Threshold,
    comparison: given.ComparisonOperator,
    periods: given.EvaluationPeriods,
    toAlarm: given.DatapointsToAlarm ?? given.EvaluationPeriods,
    missing: given.TreatMissingData,
  });
  return { ref: name, attributes: { Arn: arn } };
};
