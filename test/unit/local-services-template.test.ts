// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has its own placeholders
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { apiDefinition } from '../../cdk/local/deployment/api-definition.ts';
import { requireInvokePermissions } from '../../cdk/local/deployment/invoke-permissions.ts';
import { createRoles } from '../../cdk/local/deployment/roles.ts';
import { createCredentials } from '../../cdk/local/iam/credentials.ts';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import type { Blueprint } from '../../cdk/local/template/blueprint.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';
import { TemplateError } from '../../cdk/local/template/template-error.ts';

const root = mkdtempSync(join(tmpdir(), 'local-template-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Reads a template as if CDK had synthesized it. */
const secrets = { 'jieli/oidc': 'geheim' };

function read(template: object, parameters: Record<string, string> = {}): Blueprint {
  writeFileSync(
    join(root, 'manifest.json'),
    JSON.stringify({
      artifacts: { Probe: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Probe.json' } } },
    }),
  );
  writeFileSync(join(root, 'Probe.json'), JSON.stringify({ Resources: {}, ...template }));
  const at = { region: 'eu-west-1', accountId: '123456789012', url: 'http://localhost:3000', parameters, secrets };
  return readTemplate(readAssembly(root), at);
}

const output = (Value: unknown, rest: object = {}, parameters: Record<string, string> = {}): string | undefined =>
  read({ ...rest, Outputs: { It: { Value } } }, parameters).outputs.It;

const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } };

describe('a bucket', () => {
  const bucket = (Properties: object) => read({ Resources: { B: { Type: 'AWS::S3::Bucket', Properties } } }).buckets[0];
  const rule = { Prefix: 'in/', Status: 'Enabled', ExpirationInDays: 1 };

  test('removes what its rules call old; what else a rule can do stops the start', () => {
    const off = { ...rule, Prefix: 'off/', Status: 'Disabled' };
    expect(bucket({ LifecycleConfiguration: { Rules: [rule, off] } })?.expires).toEqual([
      { prefix: 'in/', millis: 86_400_000 },
    ]);
    const tiered = { ...rule, Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] };
    expect(() => bucket({ LifecycleConfiguration: { Rules: [tiered] } })).toThrow(TemplateError);
    const versioned = { LifecycleConfiguration: { Rules: [rule] }, VersioningConfiguration: { Status: 'Enabled' } };
    expect(() => bucket(versioned)).toThrow('only a bucket without versions');
  });
});

describe('intrinsic functions give what CloudFormation gives', () => {
  test.each([
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] }, 'a-eu-west-1'],
    [{ 'Fn::Sub': '${AWS::Partition}/${!Literal}/${Q.QueueName}' }, 'aws/${Literal}/jobs'],
    [{ 'Fn::Sub': ['${Own}-${AWS::AccountId}', { Own: { Ref: 'AWS::StackName' } }] }, 'Probe-123456789012'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Q', 'Arn'] }] }] }, 'aws'],
    [{ 'Fn::If': ['InEurope', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['NotInEurope', 'yes', { 'Fn::Base64': 'no' }] }, 'bm8='],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, '1'],
    ['{{resolve:secretsmanager:jieli/oidc:SecretString:::}}', 'geheim'],
    [{ Ref: 'Q' }, 'https://sqs.eu-west-1.amazonaws.com/123456789012/jobs'],
  ])('%j', (value, expected) => {
    const rest = {
      Resources: { Q: queue },
      Mappings: { Sizes: { 'eu-west-1': { small: '1' } } },
      Conditions: {
        InEurope: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
        NotInEurope: { 'Fn::Not': [{ Condition: 'InEurope' }] },
      },
    };
    expect(output(value, rest)).toBe(expected);
  });

  test('what refers to no value is left out', () => {
    const blueprint = read({ Resources: { Q: { ...queue, Properties: { QueueName: { Ref: 'AWS::NoValue' } } } } });
    expect(blueprint.queues[0]?.name).toMatch(/^Probe-Q-/);
  });

  test('parameters have the value given, their default, or stop the start', () => {
    const rest = { Parameters: { Size: { Type: 'String', Default: 'small' }, Name: { Type: 'String' } } };
    expect(output({ Ref: 'Size' }, rest)).toBe('small');
    expect(output({ Ref: 'Size' }, rest, { Size: 'big' })).toBe('big');
    expect(() => output({ Ref: 'Name' }, rest)).toThrow('The parameter Name has no value');
    expect(() => output('x', rest, { Sise: 'big' })).toThrow('Probe has no parameter Sise');
  });
});

describe('what is not supported stops the start by name', () => {
  test('a resource type', () => {
    const Resources = { Cache: { Type: 'AWS::ElastiCache::CacheCluster' }, Files: { Type: 'AWS::EFS::FileSystem' } };
    expect(() => read({ Resources })).toThrow(/Cache: AWS::ElastiCache::CacheCluster\n {2}Files: AWS::EFS::FileSystem/);
  });

  test('a property that would change what the resource does', () => {
    const Properties = { QueueName: 'jobs.fifo', FifoQueue: true };
    expect(() => read({ Resources: { Q: { Type: 'AWS::SQS::Queue', Properties } } })).toThrow(/Q \(AWS::SQS::Queue\)/);
    const unknown = { ...queue, Properties: { Colour: 'blue' } };
    expect(() => read({ Resources: { Q: unknown } })).toThrow(/Colour/);
  });

  test('an intrinsic function, a dynamic reference, a transform', () => {
    expect(() => output({ 'Fn::ImportValue': 'x' })).toThrow('Fn::ImportValue is not supported');
    expect(() => output('{{resolve:secretsmanager:other:SecretString:::}}')).toThrow('There is no secret other');
    expect(() => output('{{resolve:ssm:x}}')).toThrow('Dynamic references are not supported');
    expect(() => read({ Transform: 'AWS::Serverless' })).toThrow('Transform');
  });

  test('resources that refer to one another in a circle', () => {
    const of = (other: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: other } } });
    expect(() => read({ Resources: { A: of('B'), B: of('A') } })).toThrow('A → B → A');
  });
});

describe('what AWS would not deploy stops the start, with the resource and what is wrong', () => {
  const trusting = (...services: string[]) => ({
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: services } }],
      },
    },
  });
  const Role = trusting('lambda.amazonaws.com');
  const RoleArn = { 'Fn::GetAtt': ['Role', 'Arn'] };
  const Fn = {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: { ZipFile: '' }, Handler: 'index.handler', Runtime: 'nodejs24.x', Role: RoleArn, Timeout: 20 },
  };
  const FnArn = { 'Fn::GetAtt': ['Fn', 'Arn'] };
  const Stream = 'arn:aws:dynamodb:eu-west-1:123456789012:table/cases/stream/1';
  const Jobs = { 'Fn::GetAtt': ['Q', 'Arn'] };
  const wrong = (Type: string, Properties: object, from: Record<string, object> = { Q: queue, Role, Fn }) => {
    const work = () => read({ Resources: { ...from, It: { Type, Properties } } });
    expect(work).toThrow(TemplateError);
    expect(work).toThrow(/^It \(AWS::/);
    return expect(work);
  };

  test.each<[object, RegExp]>([
    [{ StartingPosition: undefined }, /StartingPosition is required/],
    [{ BatchSize: 10_001 }, /BatchSize/],
    [{ MaximumBatchingWindowInSeconds: 301 }, /MaximumBatchingWindowInSeconds/],
    [{ MaximumRecordAgeInSeconds: 30 }, /MaximumRecordAgeInSeconds/],
    [{ MaximumRetryAttempts: -2 }, /MaximumRetryAttempts/],
    [{ ParallelizationFactor: 11 }, /ParallelizationFactor/],
    [{ TumblingWindowInSeconds: 5 }, /TumblingWindowInSeconds/],
    [{ DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::lost' } } }, /only queues can be destinations/],
    [{ FilterCriteria: { Filters: [{ Pattern: '{"a":[{"wildcard":"*x"}]}' }] } }, /has wildcard.*"\*x"/],
    [{ FilterCriteria: { Filters: [{ Pattern: '{"a":' }] } }, /JSON/],
    [{ EventSourceArn: 'arn:aws:kinesis:eu-west-1:123456789012:stream/x' }, /only table streams and queues/i],
  ])('a stream mapping with %j', (given, why) => {
    const Properties = { FunctionName: FnArn, EventSourceArn: Stream, StartingPosition: 'LATEST', ...given };
    wrong('AWS::Lambda::EventSourceMapping', JSON.parse(JSON.stringify(Properties))).toThrow(why);
  });

  test.each<[object, RegExp]>([
    [{ BisectBatchOnFunctionError: true }, /BisectBatchOnFunctionError is not supported for queues/],
    [{ MaximumBatchingWindowInSeconds: 5 }, /MaximumBatchingWindowInSeconds is not supported for queues/],
    [{ BatchSize: 100 }, /BatchSize of a queue is 10 at most/],
  ])('a queue mapping with %j', (given, why) => {
    wrong('AWS::Lambda::EventSourceMapping', { FunctionName: FnArn, EventSourceArn: Jobs, ...given }).toThrow(why);
  });

  test('a queue whose messages show again before its function is done', () => {
    const Q = { ...queue, Properties: { QueueName: 'jobs', VisibilityTimeout: 10 } };
    wrong('AWS::Lambda::EventSourceMapping', { FunctionName: FnArn, EventSourceArn: Jobs }, { Q, Role, Fn }).toThrow(
      'Queue visibility timeout: 10 seconds is less than Function timeout: 20 seconds',
    );
  });

  test.each([
    ['AWS::SQS::Queue', { MessageRetentionPeriod: 2_000_000 }, /MessageRetentionPeriod/],
    ['AWS::SQS::Queue', { VisibilityTimeout: 43_201 }, /VisibilityTimeout/],
    ['AWS::Events::Rule', { ScheduleExpression: 'cron(0 8 * * * *)' }, /Exactly one of day of month and day of week/],
    ['AWS::Events::Rule', { EventPattern: { source: ['aws.s3'] } }, /Only events of aws.ses/],
    [
      'AWS::Lambda::EventInvokeConfig',
      { FunctionName: FnArn, Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: FnArn } } },
      /only queues can be destinations/,
    ],
  ])('%s with %j', (type, properties, why) => {
    wrong(type, properties).toThrow(why);
  });

  test('a route, and settings of a route, that no API would take', () => {
    const Api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'x' } };
    const ApiId = { Ref: 'Api' };
    const Integration = {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: FnArn, PayloadFormatVersion: '2.0' },
    };
    const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] };
    const from = { Api, Role, Fn, Integration };
    wrong('AWS::ApiGatewayV2::Route', { ApiId, RouteKey: 'FETCH /x', Target }, from).toThrow('FETCH /x');
    const slow = { ...Integration.Properties, TimeoutInMillis: 30_001 };
    wrong('AWS::ApiGatewayV2::Integration', slow, from).toThrow('TimeoutInMillis');
    const Stage = {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId, StageName: '$default', AutoDeploy: true, RouteSettings: { 'GET /x': {} } },
    };
    expect(() => apiDefinition(read({ Resources: { ...from, Stage } }))).toThrow(
      'Api: Unable to find Route by key GET /x within the provided RouteSettings',
    );
  });

  test('a rule that no permission lets invoke its function', () => {
    const Rule = {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 hour)', Targets: [{ Id: 'it', Arn: FnArn }] },
    };
    const Permission = (SourceArn: unknown) => ({
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: FnArn,
        Principal: 'events.amazonaws.com',
        SourceArn,
      },
    });
    const deployed = (resources: object) =>
      requireInvokePermissions(read({ Resources: { Role, Fn, Rule, ...resources } }));
    expect(() => deployed({})).toThrow(/^Rule: the rule may not invoke arn:aws:lambda:/);
    expect(() => deployed({ Permission: Permission('arn:aws:events:eu-west-1:123456789012:rule/other') })).toThrow();
    deployed({ Permission: Permission({ 'Fn::GetAtt': ['Rule', 'Arn'] }) });
  });

  test('a role that does not trust the service which is to take it', () => {
    const given = (resources: object) => () =>
      createRoles(read({ Resources: resources }), createCredentials(Buffer.alloc(32), '123456789012', 'aws'));
    given({ Role, Fn })();
    const Other = trusting('states.amazonaws.com');
    expect(given({ Role: Other, Fn })).toThrow('Fn: The role defined for the function cannot be assumed by Lambda.');
    const Properties = { ScheduleExpression: 'rate(1 hour)', Target: { Arn: FnArn, RoleArn } };
    const Schedule = { Type: 'AWS::Scheduler::Schedule', Properties };
    expect(given({ Role, Fn, Schedule })).toThrow(
      'Schedule: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
    );
    given({ Role: trusting('lambda.amazonaws.com', 'scheduler.amazonaws.com'), Fn, Schedule })();
  });
});

describe('an alarm', () => {
  const plain = {
    ...{ Namespace: 'AWS/SQS', MetricName: 'Depth', Period: 300, Statistic: 'Maximum', EvaluationPeriods: 1 },
    ...{ ComparisonOperator: 'GreaterThanThreshold', Threshold: 1 },
  };
  const alarm = (Properties: object) => ({ Resources: { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties } } });

  test('is read with its metric, and others may refer to it', () => {
    expect(output({ 'Fn::GetAtt': ['Alarm', 'Arn'] }, alarm(plain))).toMatch(
      /^arn:aws:cloudwatch:eu-west-1:123456789012:alarm:/,
    );
    const [read1] = read(alarm({ ...plain, Dimensions: [{ Name: 'QueueName', Value: 'q' }] })).alarms;
    expect([...(read1?.metrics.values() ?? [])]).toEqual([
      { key: 'AWS/SQS Depth QueueName=q', seconds: 300, stat: 'Maximum' },
    ]);
  });

  test.each([
    [{ Statistic: undefined, ExtendedStatistic: 'p99' }, /ExtendedStatistic/],
    [
      { Metrics: [{ Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(m)' }] },
      /ANOMALY_DETECTION_BAND is not evaluated here/,
    ],
    [{ ThresholdMetricId: 'e' }, /ThresholdMetricId/],
  ])('with %j is refused by name: it would be silent here', (more, why) => {
    expect(() => read(alarm({ ...plain, ...more }))).toThrow(why);
  });
});

test('a resource under a condition that does not hold is not there', () => {
  const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
  expect(read({ Conditions, Resources: { Q: { ...queue, Condition: 'Never' } } }).queues).toEqual([]);
});

test('names that the template leaves open are the same at every start and fit', () => {
  const long = { Resources: { ['A'.repeat(200)]: { Type: 'AWS::SQS::Queue', Properties: {} } } };
  const name = read(long).queues[0]?.name;
  expect(name).toBe(read(long).queues[0]?.name);
  expect(name?.length).toBeLessThanOrEqual(80);
});

test("an API's address at AWS is where it is served here", () => {
  const Resources = { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', Name: 'x' } } };
  const value = { 'Fn::Sub': 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/' };
  expect(output(value, { Resources })).toBe('http://localhost:3000/');
});
