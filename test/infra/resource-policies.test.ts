import { describe, expect, it } from 'vitest';
import { policiesOf } from '../../cdk/local/deployment/roles.ts';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { type Access, type Caller, callingService } from '../../cdk/local/iam/caller.ts';
import { blueprintOf, placeOf } from './template.ts';

const blueprint = blueprintOf({ alarmEmail: 'operator@example.org' });
const { accountId, region, topics, queues, buckets, keys, functions } = blueprint;
const authorizer = createAuthorizer(policiesOf(blueprint), { accountId, region });

const allowed = (caller: Caller, access: Access): boolean | string => {
  try {
    authorizer.require(caller, access);
    return true;
  } catch (denial) {
    return String(denial);
  }
};
const service = (name: string): Caller =>
  callingService(name, `arn:aws:cloudwatch:${region}:${accountId}:alarm:Jieli: cases do not move on`);
const functionRole = (name: string): Caller => {
  const found = functions.find(({ logicalId }) => placeOf(logicalId) === name);
  if (!found) throw new Error(`no function ${name}`);
  return { roleArn: found.roleArn, principalArn: found.roleArn };
};

/** An alarm that goes off, as CloudWatch tells it to a topic. */
const goesOff = (account = accountId): Access => ({
  action: 'sns:Publish',
  resource: topics[0]?.arn ?? '',
  context: {
    'aws:SourceAccount': account,
    'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:Jieli: cases do not move on`,
  },
});

describe('a resource whose policy takes the place of the default one', () => {
  it('lets an alarm through to the operators: without a policy that names CloudWatch no mail ever comes', () => {
    expect(topics).toMatchObject([{ policy: expect.anything() }]);
    expect(allowed(service('cloudwatch.amazonaws.com'), goesOff())).toBe(true);
  });

  it.each([
    ['alarms of another account', service('cloudwatch.amazonaws.com'), goesOff('210987654321')],
    ['another service', service('events.amazonaws.com'), goesOff()],
    ['the functions', functionRole('site'), goesOff()],
  ])('keeps %s out of the operators’ mailbox', (_, caller, access) => {
    expect(allowed(caller, access)).toMatch(/is not authorized to perform: sns:publish/i);
  });

  it.each([
    ['relay', 'OutboxRelaying'],
    ['notify', 'OutboxNotifying'],
  ])('takes what %s could not carry on', (name, place) => {
    const queue = queues.find(({ logicalId }) => logicalId.startsWith(place));
    expect(queue?.policy).toBeDefined();
    expect(allowed(functionRole(name), { action: 'sqs:SendMessage', resource: queue?.arn ?? '' })).toBe(true);
  });

  it.each(['relay', 'jobs'])('takes new anchors of %s', (name) => {
    const bucket = buckets.find(({ logicalId }) => logicalId.startsWith('Anchors'));
    expect(bucket?.policy).toBeDefined();
    const resource = `${bucket?.arn}/anchors/x`;
    const context = { 's3:if-none-match': '*' };
    expect(allowed(functionRole(name), { action: 's3:PutObject', resource, context })).toBe(true);
  });

  it('takes files that forms of site and console send, below one prefix, and gives them back to these alone', () => {
    const bucket = buckets.find(({ logicalId }) => logicalId.startsWith('Incoming'));
    expect(bucket?.policy).toBeDefined();
    const of = (action: string, prefix = 'incoming') => ({
      action: `s3:${action}`,
      resource: `${bucket?.arn}/${prefix}/x`,
    });
    for (const action of ['PutObject', 'GetObject', 'DeleteObject']) {
      for (const one of ['console', 'site']) expect(allowed(functionRole(one), of(action))).toBe(true);
      expect(allowed(functionRole('console'), of(action, 'elsewhere'))).not.toBe(true);
      for (const other of ['api', 'relay', 'jobs']) expect(allowed(functionRole(other), of(action))).not.toBe(true);
    }
    const insecure = { ...of('GetObject'), context: { 'aws:SecureTransport': 'false' } };
    expect(allowed(functionRole('console'), insecure)).not.toBe(true);
  });

  it('lets the account look after every key, and each function use those that its role names', () => {
    const root = { Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'kms:*', Effect: 'Allow' };
    for (const { policy } of keys) expect(policy.Statement).toMatchObject([root]);
    const resource = keys.find(({ logicalId }) => logicalId.startsWith('DataKey'))?.arn ?? '';
    const context = { 'kms:EncryptionContext:purpose': 'jieli-personal-data' };
    expect(allowed(functionRole('site'), { action: 'kms:Decrypt', resource, context })).toBe(true);
    expect(allowed(functionRole('relay'), { action: 'kms:Decrypt', resource, context })).not.toBe(true);
  });
});
