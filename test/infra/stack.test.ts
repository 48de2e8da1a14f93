import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { FunctionName } from '../../cdk/bundle.ts';
import { failuresOf } from '../../cdk/constructs/alarm-metrics.ts';
import { METRIC_NAMESPACE } from '../../functions/env/measures.ts';
import { logLevels } from '../../functions/log/log-line.ts';
import { kinds } from '../../shared/domain/ids.ts';
import { indexes } from '../../shared/store/keys.ts';
import { functionIn, ofType, ownIssuer, templateOf, textOf } from './template.ts';

const Metrics = z.array(z.looseObject({ MetricStat: z.unknown().optional() }));
const template = templateOf(ownIssuer);
const only = (type: string) => {
  const [found, ...more] = ofType(template, type);
  if (!found || more.length > 0) throw new Error(`not one ${type}`);
  return found;
};

describe('the table', () => {
  const table = only('AWS::DynamoDB::Table');

  it('outlives the stack and can be put back to any second', () => {
    expect(table.DeletionPolicy).toBe('RetainExceptOnCreate');
    expect(table.Properties).toMatchObject({
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  it('has the indexes that the store asks, with whole items in the inbox and keys alone in the others', () => {
    const expected = Object.values(indexes).map(({ name, pk, sk }) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: pk, KeyType: 'HASH' },
        { AttributeName: sk, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: name === 'inbox' ? 'ALL' : 'KEYS_ONLY' },
    }));
    expect(table.Properties.GlobalSecondaryIndexes).toEqual(expected);
  });

  it('is spread over as many keys of an index as an installation says, as every function is told', () => {
    const shardsIn = (from: typeof template) =>
      ofType(from, 'AWS::Lambda::Function').flatMap(({ Properties }) => {
        const { TABLE_NAME, INDEX_SHARDS } = Object(Object(Properties.Environment).Variables);
        return TABLE_NAME === undefined ? [] : [INDEX_SHARDS];
      });
    expect(new Set(shardsIn(template))).toEqual(new Set(['4']));
    const chosen = templateOf({ ...ownIssuer, indexShards: '9' });
    expect(new Set(shardsIn(chosen))).toEqual(new Set(['9']));
    // so that CloudFormation asks, before it is lowered
    expect(ofType(chosen, 'AWS::CloudFormation::CustomResource')).toMatchObject([
      { Properties: { INDEX_SHARDS: '9' } },
    ]);
  });

  it('goes with a stack that was made to be thrown away', () => {
    const [thrown] = ofType(templateOf({ ...ownIssuer, data: 'destroy' }), 'AWS::DynamoDB::Table');
    expect(thrown).toMatchObject({ DeletionPolicy: 'Delete', Properties: { DeletionProtectionEnabled: false } });
  });
});

describe('the bucket for files that people give', () => {
  const bucket = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('Incoming'),
  )?.[1];

  it('is shut to the public, sealed, without a door for scripts of other sites, and forgets within days what nobody read', () => {
    expect(bucket?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
      LifecycleConfiguration: { Rules: [{ Prefix: 'incoming/', ExpirationInDays: 1, Status: 'Enabled' }] },
    });
    expect(bucket?.Properties).not.toHaveProperty('CorsConfiguration');
    expect(bucket?.Properties).not.toHaveProperty('VersioningConfiguration');
  });

  it('is where forms lead: at its own address on AWS, at the hub’s on one server', () => {
    const urlIn = (context: Record<string, string>) => {
      const { Properties } = functionIn(templateOf({ ...ownIssuer, ...context }), 'console');
      return textOf(
        z.looseObject({ Variables: z.looseObject({}) }).parse(Properties.Environment).Variables.INCOMING_URL,
      );
    };
    expect(urlIn({})).toMatch(/"https:\/\/".*RegionalDomainName/);
    expect(urlIn({ incomingUrl: 'https://hub.example.org/_s3' })).toContain('"https://hub.example.org/_s3/"');
  });
});

describe('the stream', () => {
  const sources = ofType(template, 'AWS::Lambda::EventSourceMapping').map(({ Properties }) => Properties);

  it('has two readers, each given only what is new and marked for it', () => {
    const Criteria = z.object({ Filters: z.array(z.object({ Pattern: z.string() })) });
    const patterns = sources.flatMap((source) => Criteria.parse(source.FilterCriteria).Filters);
    const marked = (marker: string, ...entities: string[]) => ({
      eventName: ['INSERT'],
      dynamodb: { NewImage: { entity: { S: entities }, [marker]: { S: ['yes'] } } },
    });
    const read: unknown[] = patterns.map(({ Pattern }) => JSON.parse(Pattern));
    expect(read).toEqual([
      marked('anchor', 'event', 'trace'),
      marked('relay', 'job-run'),
      marked('notify', 'event', 'letter'),
    ]);
  });

  it('loses nothing silently: failures are halved, tried for a bounded time, and set aside encrypted', () => {
    for (const source of sources) {
      expect(source).toMatchObject({
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        StartingPosition: 'TRIM_HORIZON',
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
      expect(Number(source.MaximumRetryAttempts)).toBeGreaterThan(0);
      expect(Number(source.MaximumRecordAgeInSeconds)).toBeLessThan(24 * 3600);
    }
    for (const { Properties } of ofType(template, 'AWS::SQS::Queue')) {
      expect(Properties).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 24 * 3600 });
    }
  });
});

describe('the functions', () => {
  it('run on Node 24 and arm64, traced, and log in JSON to groups that do not keep for ever', () => {
    for (const { Properties } of ofType(template, 'AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: expect.anything() },
      });
    }
    for (const { Properties } of ofType(template, 'AWS::Logs::LogGroup')) {
      expect(Number(Properties.RetentionInDays)).toBeGreaterThan(0);
    }
  });
});

describe('the state machines', () => {
  it('are traced and logged without what is in the executions', () => {
    const machines = ofType(template, 'AWS::StepFunctions::StateMachine');
    expect(machines.map(({ Properties }) => Properties.StateMachineName)).toEqual([
      ...kinds.map((kind) => `Jieli-${kind}`),
      'Jieli-jobs',
    ]);
    for (const { Properties } of machines) {
      expect(Properties).toMatchObject({
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: { IncludeExecutionData: false, Level: 'ALL' },
      });
    }
  });
});

describe('the alarm for executions that end in error', () => {
  it('watches each machine, however many kinds of case there are, ten figures at most in a sum', () => {
    const stack = new Stack(new App(), 'Stack');
    const names = Array.from({ length: 8 }, (_, index) => `machine-${index}`);
    const sums = failuresOf(names.map((name) => StateMachine.fromStateMachineName(stack, name, name)));
    for (const [index, metric] of sums.entries())
      new Alarm(stack, `Alarm${index}`, { metric, threshold: 1, evaluationPeriods: 1 });
    const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    const watched = alarms.map(({ Properties }) => {
      const figures = Metrics.parse(Properties.Metrics).filter(({ MetricStat }) => MetricStat);
      expect(figures.length).toBeLessThanOrEqual(10);
      return JSON.stringify(figures);
    });
    for (const name of names)
      expect(
        watched.filter((figures) => figures.includes(name)),
        name,
      ).toHaveLength(1);
  });
});

describe('the HTTP API', () => {
  it('checks tokens against the issuer and client that the installation names', () => {
    expect(only('AWS::ApiGatewayV2::Authorizer').Properties.JwtConfiguration).toEqual({
      Audience: ['jieli'],
      Issuer: 'http://localhost:3000/oidc',
    });
    expect(ofType(template, 'AWS::Cognito::UserPool')).toEqual([]);
  });

  it('gives the console, the site and the API a share each, so that a flood of one leaves the others theirs', () => {
    const stage = only('AWS::ApiGatewayV2::Stage');
    const { RouteSettings } = stage.Properties;
    expect(Object.keys(Object(RouteSettings)).sort()).toEqual([
      '$default',
      'ANY /api/v1/{proxy+}',
      'ANY /console',
      'ANY /console/{proxy+}',
    ]);
    expect(RouteSettings).toMatchObject({ $default: { ThrottlingRateLimit: 400 } });
    const routes = ofType(template, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
    expect(routes).toEqual(expect.arrayContaining(Object.keys(Object(RouteSettings))));
  });

  it('takes as many requests as an installation says, in the same shares', () => {
    const chosen = templateOf({ ...ownIssuer, requestsPerSecond: '2000', requestsAtOnce: '3000' });
    const [stage] = ofType(chosen, 'AWS::ApiGatewayV2::Stage');
    const open = { ThrottlingRateLimit: 1600, ThrottlingBurstLimit: 2400 };
    const console = { ThrottlingRateLimit: 400, ThrottlingBurstLimit: 900 };
    expect(stage?.Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 2000, ThrottlingBurstLimit: 3000 },
      RouteSettings: { $default: open, 'ANY /api/v1/{proxy+}': open, 'ANY /console/{proxy+}': console },
    });
  });

  it('bounds how many calls of site and API run at once where that is asked for, and never the console', () => {
    const bounded = templateOf({ ...ownIssuer, publicConcurrency: '50' });
    const reserved = (from: typeof template, name: FunctionName) =>
      functionIn(from, name).Properties.ReservedConcurrentExecutions;
    expect(reserved(bounded, 'site')).toBe(50);
    expect(reserved(bounded, 'api')).toBe(50);
    expect(reserved(bounded, 'console')).toBeUndefined();
    expect(reserved(template, 'site')).toBeUndefined();
  });

  it('throttles, and logs neither paths, which hold private links, nor addresses of people', () => {
    const stage = only('AWS::ApiGatewayV2::Stage').Properties;
    expect(stage.DefaultRouteSettings).toMatchObject({ ThrottlingBurstLimit: 1000, ThrottlingRateLimit: 500 });
    expect(textOf(stage.AccessLogSettings)).not.toMatch(/context\.path|rawPath|sourceIp|userAgent|identity/);
  });
});

const namesIn = (transformations: unknown) =>
  z
    .array(z.object({ MetricName: z.string() }))
    .parse(transformations)
    .map(({ MetricName }) => MetricName);

describe('the alarms', () => {
  it('are called after what they mean to the hub and say what to do', () => {
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(
      expect.arrayContaining(['Jieli: cases do not move on', 'Jieli: people were not told']),
    );
    for (const { AlarmDescription } of alarms) expect(String(AlarmDescription).length).toBeGreaterThan(60);
  });

  it('tell that cases move on late when they are five minutes late, not when the day is over', () => {
    const late = ofType(template, 'AWS::CloudWatch::Alarm').find(
      ({ Properties }) => Properties.AlarmName === 'Jieli: cases move on late',
    );
    expect(late?.Properties).toMatchObject({ Threshold: 5 * 60_000 });
  });

  it('look for lines that the functions write, whose daily work has failed', () => {
    const filters = ofType(template, 'AWS::Logs::MetricFilter').map(({ Properties }) => Properties);
    const codes = filters.map(({ FilterPattern }) => String(FilterPattern).replaceAll('"', ''));
    expect(codes).toEqual(['daily-failed']);
    for (const code of codes) expect(Object.keys(logLevels)).toContain(code);
    const watched = textOf(ofType(template, 'AWS::CloudWatch::Alarm'));
    for (const { MetricTransformations } of filters) expect(watched).toContain(namesIn(MetricTransformations)[0]);
  });

  it.each([
    ['personal data is kept too long', 'ErasureLag', /^Sweep/, 2 * 86_400],
    ['changes are not seen to be anchored', 'AnchorLag', /^Sweep/, 30 * 3_600],
    ['a key is to be deleted', 'KeysUnusable', /^Sweep/, 1],
    ['mails are not taken', 'MailLag', /^OutboxNotify/, 2 * 3_600],
  ] as const)('“%s” looks at what a function measures itself', (name, MetricName, measuredBy, Threshold) => {
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    expect(alarms.find(({ AlarmName }) => AlarmName === `Jieli: ${name}`)).toMatchObject({
      ...{ Namespace: METRIC_NAMESPACE, MetricName, Threshold, Statistic: 'Maximum' },
      ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' },
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.stringMatching(measuredBy) } }],
    });
  });

  it('tell before the account has as many open executions as it may, or asks its keys as often', () => {
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    const [open, keys, ...others] = alarms.filter(({ Threshold }) => Threshold === 0.8).map(textOf);
    expect(open).toMatch(/open \/ most/);
    for (const name of ['OpenExecutionCount', 'OpenExecutionLimit']) expect(open).toContain(name);
    expect(keys).toMatch(/calls \/ 60 \/ SERVICE_QUOTA\(calls\)/);
    for (const name of ['AWS/Usage', 'CallCount', 'KMS']) expect(keys).toContain(`"${name}"`);
    expect(others).toEqual([]);
  });

  it('tell that mails are late after five minutes, and that indexes and workflows are throttled', () => {
    const alarms = ofType(template, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    const named = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `Jieli: ${name}`);
    expect(named('people are told late')).toMatchObject({ MetricName: 'IteratorAge', Threshold: 5 * 60_000 });
    expect(textOf(named('workflows are at their limit'))).toContain('ExecutionThrottled');
    for (const { name } of Object.values(indexes)) {
      expect(textOf(named('an index is at its limit when it is written'))).toContain(`"Value":"${name}"`);
      expect(textOf(named('an index is at its limit when it is read'))).toContain(`"Value":"${name}"`);
    }
  });

  it('tell of mails that come back before SES pauses all mail, where mail goes through SES', () => {
    const metrics = (from: typeof template) =>
      ofType(from, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.Namespace === 'AWS/SES').length;
    expect(metrics(template)).toBe(2);
    expect(metrics(templateOf({ ...ownIssuer, mail: 'smtp', smtpSecret: 'jieli/smtp' }))).toBe(0);
  });

  it('tell before the mails of a day are used up, where it is said how many SES lets the account send', () => {
    const alarm = ofType(templateOf({ ...ownIssuer, mailQuota: '50000' }), 'AWS::CloudWatch::Alarm').find(
      ({ Properties }) => Properties.MetricName === 'Send',
    );
    expect(alarm?.Properties).toMatchObject({
      Namespace: 'AWS/SES',
      Period: 86_400,
      Statistic: 'Sum',
      Threshold: 40_000,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  it('are seen together on one page of CloudWatch', () => {
    const shown = textOf(only('AWS::CloudWatch::Dashboard').Properties.DashboardBody);
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::CloudWatch::Alarm') expect(shown).toContain(`["${id}","Arn"]`);
    }
  });

  it('add up at most ten metrics each, which is what CloudWatch takes', () => {
    for (const { Properties } of ofType(template, 'AWS::CloudWatch::Alarm'))
      expect(z.array(z.unknown()).default([]).parse(Properties.Metrics).length).toBeLessThan(12);
  });

  it('tell an operator who gave an address', () => {
    const told = templateOf({ ...ownIssuer, alarmEmail: 'operator@example.org' });
    expect(ofType(told, 'AWS::SNS::Subscription')).toMatchObject([
      { Properties: { Endpoint: 'operator@example.org' } },
    ]);
    for (const { Properties } of ofType(told, 'AWS::CloudWatch::Alarm'))
      expect(Properties.AlarmActions).toHaveLength(1);
  });
});

describe('signing in', () => {
  it('uses a user pool of its own, with a second factor, where no issuer is named', () => {
    const own = templateOf({ publicUrl: 'https://hub.example.org' });
    const [pool] = ofType(own, 'AWS::Cognito::UserPool');
    const [client] = ofType(own, 'AWS::Cognito::UserPoolClient');
    expect(pool?.Properties).toMatchObject({
      MfaConfiguration: 'ON',
      // who is invited makes an account; it opens nothing without a membership
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      AutoVerifiedAttributes: ['email'],
    });
    expect(client?.Properties).toMatchObject({
      GenerateSecret: false,
      CallbackURLs: ['https://hub.example.org/console/callback'],
    });
  });

  it.each(['verified', 'existing'])(
    'mails codes for sign-up through SES, where fifty a day are no bound, once its domain is %s',
    (mailIdentity) => {
      const template = templateOf({ publicUrl: 'https://hub.example.org', mailIdentity });
      const [pool] = ofType(template, 'AWS::Cognito::UserPool');
      expect(pool?.Properties.EmailConfiguration).toMatchObject({
        EmailSendingAccount: 'DEVELOPER',
        From: 'hub@example.org',
      });
      expect(textOf(pool?.Properties.EmailConfiguration)).toContain(':identity/example.org');
      expect(ofType(template, 'AWS::SES::EmailIdentity')).toHaveLength(mailIdentity === 'verified' ? 1 : 0);
    },
  );

  it('makes the user pool before SES has verified the domain, which Cognito would refuse to mail from', () => {
    const [pool] = ofType(templateOf({ publicUrl: 'https://hub.example.org' }), 'AWS::Cognito::UserPool');
    expect(pool?.Properties.EmailConfiguration).toBeUndefined();
  });
});
