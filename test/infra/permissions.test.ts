import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { FunctionName } from '../../cdk/bundle.ts';
import { functionIn, ofType, statementsOf, templateOf, textOf } from './template.ts';

const template = templateOf();

const always = ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
const facing = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
  'kms:Decrypt',
  'kms:GenerateMac',
];
const checking = [...facing, 'dynamodb:ConditionCheckItem'];
/** What a page does with files that people give. */
const receiving = ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'];
const streaming = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
  'sqs:SendMessage',
];

/** All that each function may do, beyond its own log and traces. */
const allowed: Readonly<Record<FunctionName, readonly string[]>> = {
  site: [...facing, ...receiving],
  console: [...checking, 'dynamodb:DeleteItem', ...receiving],
  api: [...checking, 'dynamodb:DeleteItem'],
  relay: ['dynamodb:GetItem', 's3:PutObject', 'states:SendTaskSuccess', 'states:StartExecution', ...streaming],
  notify: [
    'dynamodb:BatchGetItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'kms:Decrypt',
    'kms:GenerateMac',
    'ses:SendEmail',
    'ses:SendRawEmail',
    ...streaming,
  ],
  sweep: [
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:GenerateDataKeyWithoutPlaintext',
    'states:DescribeExecution',
  ],
  jobs: [
    'dynamodb:BatchGetItem',
    'dynamodb:BatchWriteItem',
    'dynamodb:DeleteItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'kms:Decrypt',
    'kms:GenerateMac',
    's3:PutObject',
  ],
  screen: [
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'kms:Decrypt',
    'kms:GenerateMac',
  ],
  'open-task': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'kms:Decrypt'],
  advance: [
    'dynamodb:BatchGetItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:Query',
    'dynamodb:UpdateItem',
    'kms:Decrypt',
  ],
  cover: ['dynamodb:BatchWriteItem', 'dynamodb:GetItem', 'dynamodb:Query', 'kms:Decrypt'],
};

const names = Object.keys(allowed).filter((name): name is FunctionName => name in allowed);

/** The statements that deny a function something on these partitions of the table. */
function deniedOn(name: FunctionName, ...partitions: string[]) {
  const Condition = { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': partitions } };
  return statementsOf(template, functionIn(template, name)).filter(
    (statement) => statement.Effect === 'Deny' && isDeepStrictEqual(statement.Condition, Condition),
  );
}

/** What adds anchors: the relay in seconds, a daily job what was lost on the way. */
const anchoring: readonly FunctionName[] = ['relay', 'jobs'];

describe('a function', () => {
  it.each(names)('%s can neither remove nor update in place what the audit chains', (name) => {
    const actions = deniedOn(name, 'CASE#*', 'TRACE#*').flatMap(({ Action }) => Action);
    for (const action of ['DeleteItem', 'UpdateItem', 'BatchWriteItem'])
      expect(actions).toContain(`dynamodb:${action}`);
    const allowedTo = statementsOf(template, functionIn(template, name)).filter(({ Effect }) => Effect === 'Allow');
    const onAnchors = allowedTo.filter(({ Resource }) => textOf(Resource).includes('Anchors'));
    expect(onAnchors.flatMap(({ Action }) => Action)).toEqual(anchoring.includes(name) ? ['s3:PutObject'] : []);
  });

  it.each(anchoring)('%s can add anchors and not write over one', (name) => {
    const denied = statementsOf(template, functionIn(template, name)).filter(
      ({ Effect, Action }) => Effect === 'Deny' && Action.includes('s3:PutObject'),
    );
    expect(denied.map(({ Condition }) => Condition)).toEqual([{ Null: { 's3:if-none-match': 'true' } }]);
  });

  it.each(names)('%s reaches objects below the two prefixes that it works with, and no others', (name) => {
    const resources = statementsOf(template, functionIn(template, name))
      .filter(({ Action }) => Action.some((action) => action.startsWith('s3:')))
      .map(({ Resource }) => textOf(Resource));
    for (const resource of resources) expect(resource).toMatch(/Anchors.*\/anchors\/\*|Incoming.*\/incoming\/\*/);
  });

  it.each(names)('%s may do what is written down here and nothing else', (name) => {
    const statements = statementsOf(template, functionIn(template, name)).filter(({ Effect }) => Effect === 'Allow');
    const actions = [...new Set(statements.flatMap(({ Action }) => Action))].sort();
    expect(actions).toEqual([...always, ...allowed[name]].sort());
  });

  it.each(names)('%s is allowed nothing on every resource but to send traces', (name) => {
    const open = statementsOf(template, functionIn(template, name)).filter(
      ({ Effect, Resource }) => Effect === 'Allow' && Resource.includes('*'),
    );
    expect(open.flatMap(({ Action }) => Action)).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
  });

  it.each(names)(
    '%s is denied the workflows’ tokens, but for the one that writes and the one that reads them',
    (name) => {
      const denied = deniedOn(name, 'TOKEN#*');
      expect(denied).toHaveLength(1);
      const actions = denied.flatMap(({ Action }) => Action);
      if (name === 'relay') expect(actions).toContain('dynamodb:PutItem');
      else if (name === 'open-task') expect(actions).toContain('dynamodb:GetItem');
      else expect(actions).toEqual(['dynamodb:*']);
    },
  );

  it.each(names)('%s cannot write over the data keys of what is personal, but for the one that makes them', (name) => {
    const denied = deniedOn(name, 'DATA-KEYS').flatMap(({ Action }) => Action);
    const writing = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].map((action) => `dynamodb:${action}`);
    expect(denied.sort()).toEqual(name === 'sweep' ? [] : writing.sort());
  });

  it.each(names)('%s opens keys for personal data with the key service, and nothing else', (name) => {
    const opening = statementsOf(template, functionIn(template, name)).filter(({ Action }) =>
      Action.includes('kms:Decrypt'),
    );
    expect(opening.map(({ Condition }) => Condition)).toEqual(
      name === 'relay' ? [] : [{ StringEquals: { 'kms:EncryptionContext:purpose': 'jieli-personal-data' } }],
    );
  });

  it.each(names)('%s reads no more of the table’s indexes than it needs', (name) => {
    const indexes = statementsOf(template, functionIn(template, name))
      .flatMap(({ Resource }) => Resource)
      .flatMap((resource) => /index\/([a-z-]+|\*)/.exec(textOf(resource))?.[1] ?? []);
    const lists = ['hub-cases', 'inbox', 'organization-cases', 'owner-cases', 'partner-cases', 'traces'];
    const wanted: Partial<Record<FunctionName, string[]>> = {
      console: lists,
      api: lists,
      sweep: ['hub-cases', 'partner-cases'],
      jobs: ['hub-cases', 'organization-cases', 'owner-cases', 'traces'],
      screen: ['organization-cases'],
    };
    expect(indexes.sort()).toEqual(wanted[name] ?? []);
  });

  it('that mails through a server of its own has no permission to mail through SES', () => {
    const other = templateOf({ mail: 'smtp', smtpUrl: 'smtp://mail.example.org:587' });
    const actions = statementsOf(other, functionIn(other, 'notify')).flatMap(({ Action }) => Action);
    expect(actions.filter((action) => action.startsWith('ses:'))).toEqual([]);
    expect(ofType(other, 'AWS::SES::EmailIdentity')).toEqual([]);
    expect(actions.filter((action) => action.startsWith('secretsmanager:'))).toEqual([]);
  });
});

describe('a state machine', () => {
  it('may call the functions of its stages, or the one that works on jobs, and nothing else', () => {
    for (const machine of ofType(template, 'AWS::StepFunctions::StateMachine')) {
      const invoking = statementsOf(template, machine).filter(({ Action }) => Action.includes('lambda:InvokeFunction'));
      const called = invoking
        .flatMap(({ Resource }) => Resource.map(textOf))
        .map((text) => /(?:Stages|Jobs)([A-Za-z]+?)[0-9A-F]{8}/.exec(text)?.[1]);
      const name = machine.Properties.StateMachineName;
      const stages = ['Advance', ...(name === 'Jieli-insurance' ? ['Cover'] : []), 'OpenTask', 'Screen'];
      expect(called).toEqual(name === 'Jieli-jobs' ? ['Work'] : stages);
      const others = statementsOf(template, machine)
        .flatMap(({ Action }) => Action)
        .filter((action) => action !== 'lambda:InvokeFunction');
      expect(others.every((action) => /^(logs|xray):/.test(action))).toBe(true);
    }
  });
});
