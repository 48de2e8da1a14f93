import { z } from 'zod';
import type { Blueprint } from '../template/blueprint.ts';
import type { Metrics } from './metrics.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const Embedded = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});
const values = z.union([z.number().transform((one) => [one]), z.array(z.number())]);

/** Measures what a line says in the embedded metric format: once for each set of dimensions. */
function measure(metrics: Metrics, written: unknown): void {
  const line = Embedded.safeParse(written).data;
  for (const { Namespace, Dimensions, Metrics } of line?._aws.CloudWatchMetrics ?? []) {
    for (const { Name } of Metrics) {
      for (const names of Dimensions.length > 0 ? Dimensions : [[]]) {
        const named = names.map((name) => `${name}=${String(line?.[name])}`).toSorted();
        for (const value of values.safeParse(line?.[Name]).data ?? [])
          metrics.add([Namespace, Name, ...named].join(' '), value);
      }
    }
  }
}

/**
 * What the logs of functions measure: metric filters by the terms of their pattern, and lines in the embedded metric format. Of these only
 * what went to standard output counts, since Lambda puts what the console gets into a line of its own.
 */
export function createLogMetrics(
  { functions, metricFilters }: Pick<Blueprint, 'functions' | 'metricFilters'>,
  metrics: Metrics,
): (functionName: string, text: string, written: unknown) => void {
  const groups = new Map(functions.map(({ name, logGroup }) => [name, logGroup]));
  return (functionName, text, written) => {
    const group = groups.get(functionName);
    for (const filter of metricFilters)
      if (filter.logGroup === group && filter.matches(text)) metrics.add(filter.key, filter.value);
    measure(metrics, written);
  };
}
