// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Fn::Sub has its own placeholders
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readAssembly } from '../../cdk/local/template/assembly.ts';
import type { Blueprint } from '../../cdk/local/template/blueprint.ts';
import { readTemplate } from '../../cdk/local/template/read-template.ts';

const root = mkdtempSync(join(tmpdir(), 'local-template-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Reads a template as if CDK had synthesized it. */
function read(template: object, parameters: Record<string, string> = {}): Blueprint {
  writeFileSync(
    join(root, 'manifest.json'),
    JSON.stringify({
      artifacts: { Probe: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Probe.json' } } },
    }),
  );
  writeFileSync(join(root, 'Probe.json'), JSON.stringify({ Resources: {}, ...template }));
  const at = { region: 'eu-west-1', accountId: '123456789012', url: 'http://localhost:3000', parameters };
  return readTemplate(readAssembly(root), at);
}

const output = (Value: unknown, rest: object = {}, parameters: Record<string, string> = {}): string | undefined =>
  read({ ...rest, Outputs: { It: { Value } } }, parameters).outputs.It;

const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } };

describe('intrinsic functions give what CloudFormation gives', () => {
  test.each([
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] }, 'a-eu-west-1'],
    [{ 'Fn::Sub': '${AWS::Partition}/${!Literal}/${Q.QueueName}' }, 'aws/${Literal}/jobs'],
    [{ 'Fn::Sub': ['${Own}-${AWS::AccountId}', { Own: { Ref: 'AWS::StackName' } }] }, 'Probe-123456789012'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [':', { 'Fn::GetAtt': ['Q', 'Arn'] }] }] }, 'aws'],
    [{ 'Fn::If': ['InEurope', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['NotInEurope', 'yes', { 'Fn::Base64': 'no' }] }, 'bm8='],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, '1'],
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
    expect(() => output('{{resolve:ssm:x}}')).toThrow('Dynamic references are not supported');
    expect(() => read({ Transform: 'AWS::Serverless' })).toThrow('Transform');
  });

  test('resources that refer to one another in a circle', () => {
    const of = (other: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: other } } });
    expect(() => read({ Resources: { A: of('B'), B: of('A') } })).toThrow('A → B → A');
  });
});

test('alarms and dashboards are let be, and others may refer to them', () => {
  const Resources = { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'x' } } };
  expect(output({ 'Fn::GetAtt': ['Alarm', 'Arn'] }, { Resources })).toMatch(
    /^arn:aws:cloudwatch:eu-west-1:123456789012:alarm:/,
  );
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
