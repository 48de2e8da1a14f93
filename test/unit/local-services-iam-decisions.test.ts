import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import { callingService } from '../../cdk/local/iam/caller.ts';
import type { JsonObject } from '../../cdk/local/template/json.ts';

const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Api`;
const caller = { roleArn: ROLE, principalArn: `arn:aws:sts::${ACCOUNT}:assumed-role/Api/api` };
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/0f0f`;
const TOPIC = `arn:aws:sns:us-east-1:${ACCOUNT}:alarms`;

const Statements = z.array(z.record(z.string(), z.json()));
/** Made-up policies and calls, with what another evaluator of AWS's rules answered (recorded on 2026-11-30). */
const recorded = z
  .array(
    z.object({
      action: z.string(),
      resource: z.string(),
      context: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
      role: Statements,
      own: Statements.optional(),
      answer: z.enum(['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied']),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'iam-decisions.json'), 'utf8')));

function authorizer(role: readonly JsonObject[], resource: string, own?: readonly JsonObject[]) {
  const document = (Statement: readonly JsonObject[]) => ({ Version: '2012-10-17', Statement });
  return createAuthorizer(
    {
      roles: new Map([[ROLE, [{ name: 'own', document: document(role) }]]]),
      resources: new Map(own && [[resource, document(own)]]),
    },
    { accountId: ACCOUNT, region: 'us-east-1' },
  );
}

function answerOf(ask: () => void): string {
  try {
    ask();
    return 'Allowed';
  } catch (error) {
    return /explicit deny/.test(String(error)) ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
  }
}

test('120 recorded calls are decided as they were: operators, sets, wildcards, resources with policies of their own', () => {
  const wrong = recorded.filter(({ action, resource, context, role, own, answer }) => {
    const owner = resource.replace(/^(arn:aws:s3:::[^/]+)\/.*$/, '$1');
    const by = authorizer(role, owner, own);
    return answerOf(() => by.require(caller, { action, resource, context })) !== answer;
  });
  expect(wrong).toEqual([]);
  expect(recorded).toHaveLength(120);
});

describe("a key's own policy", () => {
  const use = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY };
  const decrypt = { action: 'kms:Decrypt', resource: KEY };
  const own = (AWS: string) => [{ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' }];

  test('that leaves it to the account lets in whom the role lets in, and nobody else', () => {
    const root = own(`arn:aws:iam::${ACCOUNT}:root`);
    expect(answerOf(() => authorizer([use], KEY, root).require(caller, decrypt))).toBe('Allowed');
    expect(answerOf(() => authorizer([], KEY, root).require(caller, decrypt))).toBe('ImplicitlyDenied');
  });

  test('that names another role keeps out whom the role alone would let in', () => {
    const another = own(`arn:aws:iam::${ACCOUNT}:role/Other`);
    expect(answerOf(() => authorizer([use], KEY, another).require(caller, decrypt))).toBe('ImplicitlyDenied');
  });
});

describe('a service that calls by itself', () => {
  const alarm = callingService('cloudwatch.amazonaws.com', `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:late`);
  const publish = { action: 'sns:Publish', resource: TOPIC };
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sns:Publish',
    Resource: TOPIC,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const allow = (Condition: JsonObject) => ({
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: TOPIC,
    Condition,
  });

  test('is let in by the policy of what it calls alone, for the account and the thing that the policy names', () => {
    const here = allow({ StringEquals: { 'aws:SourceAccount': ACCOUNT } });
    const there = allow({ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-central-1:*:alarm:*' } });
    expect(() => authorizer([], TOPIC, [deny, here]).require(alarm, publish)).not.toThrow();
    expect(() => authorizer([], TOPIC, [deny, there]).require(alarm, publish)).toThrow(
      'because no resource-based policy allows the sns:Publish action',
    );
    expect(() => authorizer([], TOPIC, [deny]).require(alarm, publish)).toThrow(/is not authorized to perform/);
    expect(() => authorizer([], TOPIC).require(alarm, publish)).toThrow(/is not authorized to perform/);
  });
});

test.each([
  [{ NotPrincipal: '*' }, 'The policy element NotPrincipal is not known here.'],
  [{ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, 'operator IpAddress is not known here'],
  [{ Resource: `arn:aws:s3:::b/$${'{aws:username}'}/*` }, 'Policy variables are not known here'],
  [{ Principal: { Federated: 'x' } }, 'Principals by Federated are not known here.'],
  [{ Effect: 'allow' }, 'Effect of a statement is Allow or Deny'],
])('what cannot be judged is refused by name at the start: %j', (part, message) => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', ...part };
  expect(() => authorizer([statement], KEY)).toThrow(message);
});
