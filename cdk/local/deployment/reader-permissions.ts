import type { Authorizer } from '../iam/authorizer.ts';
import type { Access, Caller } from '../iam/caller.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { TemplateError } from '../template/template-error.ts';
import { ServiceError } from '../types.ts';
import type { Roles } from './roles.ts';

/** What a function's role must be allowed, so that its event source can be read for it, as AWS checks at deployment. */
const needed: Readonly<Record<'dynamodb' | 'sqs', readonly string[]>> = {
  dynamodb: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
  sqs: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
};

/** Throws {@link TemplateError} when a function's role may not read its event source or write to its destinations. */
export function requireReaderPermissions(
  { eventSources, functions }: Blueprint,
  roles: Roles,
  authorizer: Authorizer,
): void {
  const requireAll = (logicalId: string, caller: Caller, asked: readonly Access[]): void => {
    for (const access of asked) {
      try {
        authorizer.require(caller, access);
      } catch (error) {
        if (error instanceof ServiceError) throw new TemplateError(`${logicalId}: ${error.message}`);
        throw error;
      }
    }
  };
  const sends = (resource: string | undefined): readonly Access[] =>
    resource === undefined ? [] : [{ action: 'sqs:SendMessage', resource }];
  for (const { logicalId, arn, asynchronous } of functions) {
    requireAll(logicalId, roles.functionCaller(arn), sends(asynchronous?.onFailureArn));
  }
  for (const source of eventSources) {
    const service = source.sourceArn.includes(':dynamodb:') ? 'dynamodb' : 'sqs';
    const caller = roles.functionCaller(source.functionArn);
    const asked = needed[service].map((operation) => ({
      action: `${service}:${operation}`,
      resource: source.sourceArn,
    }));
    if (service === 'dynamodb')
      asked.push({ action: 'dynamodb:ListStreams', resource: source.sourceArn.replace(/[^/]+$/, '*') });
    requireAll(source.logicalId, caller, [...asked, ...sends(source.onFailureArn)]);
  }
}
