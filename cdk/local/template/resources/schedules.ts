import { z } from 'zod';
import { nextRun } from '../../schedules/next-run.ts';
import { checked, ignored, notSupported, read, whole } from '../properties.ts';
import { arnOf, type Declared, nameOf, type Reader } from '../resource.ts';

const retryPolicy = z.strictObject({
  MaximumRetryAttempts: whole(0, 185).default(185),
  MaximumEventAgeInSeconds: whole(60, 86_400).default(86_400),
});
const deadLetter = z.strictObject({ Arn: z.string().optional() });
const state = z.enum(['ENABLED', 'DISABLED']).default('ENABLED');

const scheduleProperties = z.strictObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: state,
  // A schedule may run anywhere in a flexible window; here it runs at its start.
  FlexibleTimeWindow: ignored,
  Target: z.strictObject({
    Arn: z.string(),
    RoleArn: z.string(),
    Input: z.string().optional(),
    RetryPolicy: retryPolicy.optional(),
    DeadLetterConfig: deadLetter.optional(),
  }),
  GroupName: z.literal('default').optional(),
  Description: ignored,
  KmsKeyArn: ignored,
});

const targetArn = (resource: Declared, arn: string): string => {
  if (/^arn:[^:]+:(lambda|states):/.test(arn)) return arn;
  throw notSupported(resource, `Only functions and state machines can be targets here, not ${arn}.`);
};

export const readSchedule: Reader = (resource, into) => {
  const { Target, ...properties } = read(resource, scheduleProperties);
  const name = nameOf(resource, properties.Name, 64);
  const arn = arnOf(resource, 'scheduler', `schedule/default/${name}`);
  const retry = Target.RetryPolicy ?? retryPolicy.parse({});
  checked(resource, () => nextRun(properties.ScheduleExpression, properties.ScheduleExpressionTimezone, 0, 0));
  into.schedules.push({
    logicalId: resource.logicalId,
    name,
    arn,
    source: 'scheduler',
    expression: properties.ScheduleExpression,
    timezone: properties.ScheduleExpressionTimezone,
    enabled: properties.State === 'ENABLED',
    targetArn: targetArn(resource, Target.Arn),
    roleArn: Target.RoleArn,
    input: Target.Input,
    maxRetryAttempts: retry.MaximumRetryAttempts,
    maxEventAgeSeconds: retry.MaximumEventAgeInSeconds,
    deadLetterArn: Target.DeadLetterConfig?.Arn,
  });
  return { ref: name, attributes: { Arn: arn } };
};

const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string('only rules with a schedule run here'),
  State: state,
  Targets: z
    .array(
      z.strictObject({
        Arn: z.string(),
        Id: z.string(),
        Input: z.string().optional(),
        RoleArn: z.string().optional(),
        RetryPolicy: retryPolicy.optional(),
        DeadLetterConfig: deadLetter.optional(),
      }),
    )
    .default([]),
  EventBusName: z.literal('default').optional(),
  Description: ignored,
  Tags: ignored,
});

export const readRule: Reader = (resource, into) => {
  const properties = read(resource, ruleProperties);
  const name = nameOf(resource, properties.Name, 64);
  const arn = arnOf(resource, 'events', `rule/${name}`);
  checked(resource, () => nextRun(properties.ScheduleExpression, 'UTC', 0, 0));
  for (const target of properties.Targets) {
    const retry = target.RetryPolicy ?? retryPolicy.parse({});
    into.schedules.push({
      logicalId: resource.logicalId,
      name: properties.Targets.length === 1 ? name : `${name}/${target.Id}`,
      arn,
      source: 'rule',
      expression: properties.ScheduleExpression,
      timezone: 'UTC',
      enabled: properties.State === 'ENABLED',
      targetArn: targetArn(resource, target.Arn),
      roleArn: target.RoleArn,
      input: target.Input,
      maxRetryAttempts: retry.MaximumRetryAttempts,
      maxEventAgeSeconds: retry.MaximumEventAgeInSeconds,
      deadLetterArn: target.DeadLetterConfig?.Arn,
    });
  }
  return { ref: name, attributes: { Arn: arn } };
};
