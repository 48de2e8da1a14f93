import { z } from 'zod';
import { compileTerms } from '../../alarms/filter-pattern.ts';
import { checked, document, ignored, numeric, read } from '../properties.ts';
import type { Reader } from '../resource.ts';

const transformation = z.strictObject({
  MetricNamespace: z.string(),
  MetricName: z.string(),
  MetricValue: numeric,
  DefaultValue: ignored,
  Dimensions: z.array(document).max(0, 'dimensions from fields are not evaluated here').optional(),
  Unit: ignored,
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html */
const properties = z.strictObject({
  FilterName: z.string().optional(),
  FilterPattern: z.string(),
  LogGroupName: z.string(),
  MetricTransformations: z.array(transformation).length(1),
});

export const readMetricFilter: Reader = (resource, into) => {
  const { FilterPattern, LogGroupName, MetricTransformations } = read(resource, properties);
  const matches = checked(resource, () => compileTerms(FilterPattern));
  for (const { MetricNamespace, MetricName, MetricValue } of MetricTransformations)
    into.metricFilters.push({
      logGroup: LogGroupName,
      matches,
      key: `${MetricNamespace} ${MetricName}`,
      value: MetricValue,
    });
  return { ref: resource.logicalId };
};
