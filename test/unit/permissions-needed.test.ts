import { describe, expect, test } from 'vitest';
import { createAuthorizer } from '../../cdk/local/iam/authorizer.ts';
import type { JsonObject } from '../../cdk/local/template/json.ts';
import { missing, type Observed, unneeded } from '../permissions/needed.ts';

const ROLE = 'arn:aws:iam::123456789012:role/Api';
const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/cases';
const at = { accountId: '123456789012', region: 'us-east-1' };
const caller = { roleArn: ROLE, principalArn: ROLE };

const on = (pattern: string) => ({ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [pattern] } });
const reading = { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: TABLE };
const writing = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: TABLE, Condition: on('CASE#*') };
const traces = { Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' };

/** A function with these permissions that reads, queries and writes a case. */
function observe(...Statement: JsonObject[]): Observed {
  const policies = {
    roles: new Map([[ROLE, [{ name: 'own', document: { Version: '2012-10-17', Statement } }]]]),
    resources: new Map(),
  };
  const authorizer = createAuthorizer(policies, at);
  for (const action of ['GetItem', 'Query', 'PutItem']) {
    const context = { 'dynamodb:LeadingKeys': ['CASE#1'] };
    const access = { action: `dynamodb:${action}`, resource: TABLE, context };
    try {
      authorizer.require(caller, access);
    } catch {
      // what is denied is a call all the same
    }
  }
  return { ...at, policies, calls: authorizer.calls(), owners: new Map([[ROLE, 'FacesApi9182ABCD']]) };
}

describe('permissions and what was done with them', () => {
  test('fit when everything allowed was needed; traces are sent unseen', () => {
    const observed = observe(reading, writing, traces);
    expect(missing(observed)).toEqual([]);
    expect(unneeded(observed)).toEqual([]);
  });

  test('one that is removed is named with its function, action and resource', () => {
    expect(missing(observe({ ...reading, Action: 'dynamodb:Query' }, writing))).toEqual([
      `FacesApi may not dynamodb:GetItem on ${TABLE}`,
    ]);
    expect(missing(observe(reading))).toEqual([`FacesApi may not dynamodb:PutItem on ${TABLE}`]);
  });

  test('one that nothing used is named, also beside others in its statement', () => {
    const more = { ...reading, Action: [...reading.Action, 'dynamodb:Scan'], Resource: [TABLE, `${TABLE}/index/all`] };
    expect(unneeded(observe(more, writing))).toEqual([
      `FacesApi has never needed dynamodb:GetItem on ${TABLE}/index/all`,
      `FacesApi has never needed dynamodb:Query on ${TABLE}/index/all`,
      `FacesApi has never needed dynamodb:Scan on ${TABLE}`,
      `FacesApi has never needed dynamodb:Scan on ${TABLE}/index/all`,
    ]);
  });

  test('a statement for keys that nothing was asked of was not needed, though its action was used', () => {
    const observed = observe(reading, writing, { ...writing, Condition: on('PARTY#*') });
    expect(unneeded(observed)).toEqual([`FacesApi has never needed dynamodb:PutItem on ${TABLE}`]);
  });

  test('what is allowed twice was not needed twice', () => {
    expect(unneeded(observe(reading, writing, { ...reading, Action: 'dynamodb:GetItem' }))).toEqual([
      `FacesApi has never needed dynamodb:GetItem on ${TABLE}`,
    ]);
  });
});
