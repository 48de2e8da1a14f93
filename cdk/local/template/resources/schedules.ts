import { z } from 'zod';
import { nextRun } from '../../schedules/next-run.ts';
import { compilePattern } from '../../streams/event-pattern.ts';
import { checked, document, ignored, notSupported, read, whole } from '../properties.ts';
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

/** The service whose events a rule may wait for. */
const TELLING = 'aws.ses';

const ruleProperties = z.strictObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  EventPattern: document.optional(),
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
  const { EventPattern: pattern, ScheduleExpression: expression } = properties;
  if (pattern !== undefined) {
    if (expression !== undefined) throw notSupported(resource, 'A rule here has a schedule or a pattern, not both.');
    checked(resource, () => compilePattern(pattern));
    const told = z.strictObject({ source: z.array(z.literal(TELLING)).min(1) }).loose();
    if (!told.safeParse(pattern).success) throw notSupported(resource, `Only events of ${TELLING} come about here.`);
    const plain = properties.Targets.map(({ Arn, Input, RoleArn, DeadLetterConfig }) => {
      if (Input !== undefined || RoleArn !== undefined || DeadLetterConfig !== undefined || !Arn.includes(':lambda:'))
        throw notSupported(resource, 'What waits for events here is a function that gets them as they are.');
      return Arn;
    });
    into.eventRules.push({
      ...{ logicalId: resource.logicalId, name, arn, pattern, targetArns: plain },
      enabled: properties.State === 'ENABLED',
    });
    return { ref: name, attributes: { Arn: arn } };
  }
  if (expression === undefined) throw notSupported(resource, 'A rule has a schedule or a pattern.');
  checked(resource, () => nextRun(expression, 'UTC', 0, 0));
  for (const target of properties.Targets) {
    const retry = target.RetryPolicy ?? retryPolicy.parse({});
    into.schedules.push({
      logicalId: resource.logicalId,
      name: properties.Targets.length === 1 ? name : `${name}/${target.Id}`,
      arn,
      source: 'rule',
      expression,
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
