import { METRIC_NAMESPACE, type MetricName, metrics } from '../env/measures.ts';

/**
 * Measures something for alarms: a line in CloudWatch's embedded metric format. It goes past the console, since Lambda puts what the console gets
 * into a line of its own, in which nothing is measured.
 */
export function logMetric(name: MetricName, value: number): void {
  const { unit: Unit } = metrics[name];
  const line = {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        { Namespace: METRIC_NAMESPACE, Dimensions: [['FunctionName']], Metrics: [{ Name: name, Unit }] },
      ],
    },
    FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? '',
    [name]: value,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
