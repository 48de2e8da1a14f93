import type { Policies } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import type { CredentialStore, Credentials } from '../iam/credentials.ts';
import type { Blueprint, FunctionSpec } from '../template/blueprint.ts';
import { isObject, type Json, type JsonObject } from '../template/json.ts';
import { TemplateError } from '../template/template-error.ts';

/** The policies of a stack. */
export function policiesOf(blueprint: Blueprint): Policies {
  const resources = new Map<string, JsonObject>();
  for (const key of blueprint.keys) resources.set(key.arn, key.policy);
  for (const queue of blueprint.queues) if (queue.policy !== undefined) resources.set(queue.arn, queue.policy);
  for (const topic of blueprint.topics) if (topic.policy !== undefined) resources.set(topic.arn, topic.policy);
  for (const bucket of blueprint.buckets) if (bucket.policy !== undefined) resources.set(bucket.arn, bucket.policy);
  return { roles: new Map(blueprint.roles.map((role) => [role.arn, role.policies])), resources };
}

/** Who calls for functions and services, and with what. */
export interface Roles {
  functionCredentials(fn: FunctionSpec): Credentials;
  /** A function as it calls others. */
  functionCaller(functionArn: string): Caller;
  /** A service that has taken a role. */
  serviceCaller(roleArn: string, session: string): Caller;
}

/** What AWS says when a service may not take the role that is given to it. */
const distrust = {
  lambda: 'The role defined for the function cannot be assumed by Lambda.',
  states:
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  scheduler: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
  events: 'The role must trust events.amazonaws.com.',
};

const texts = (value: Json | undefined): readonly string[] => [value ?? []].flat().map(String);

/** Whether a role's trust policy lets a service take it: an Allow that names the service. */
function trusts({ Statement }: JsonObject, service: string): boolean {
  return [Statement ?? []].flat().some((statement) => {
    if (!isObject(statement) || statement.Effect !== 'Allow' || !isObject(statement.Principal)) return false;
    const may = texts(statement.Action).some((action) => ['sts:AssumeRole', 'sts:*', '*'].includes(action));
    return may && texts(statement.Principal.Service).some((each) => each.startsWith(`${service}.`));
  });
}

/** Gives out roles. Throws {@link TemplateError} for a role that is not in the stack, or that its service may not take. */
export function createRoles(blueprint: Blueprint, credentials: CredentialStore): Roles {
  const require = (roleArn: string, who: string, service?: keyof typeof distrust): void => {
    const role = blueprint.roles.find(({ arn }) => arn === roleArn);
    if (role === undefined) throw new TemplateError(`${who} has a role that is not in the stack: ${roleArn}`);
    if (service !== undefined && !trusts(role.assumedBy, service)) {
      throw new TemplateError(`${who}: ${distrust[service]} (${roleArn})`);
    }
  };
  const callers = new Map<string, Caller>();
  const serviceCaller = (roleArn: string, session: string): Caller => {
    require(roleArn, session);
    const key = `${roleArn}/${session}`;
    const known = callers.get(key);
    if (known !== undefined) return known;
    const { accessKeyId } = credentials.forRole(roleArn, session);
    const caller = credentials.find(accessKeyId)?.caller ?? { principalArn: key, roleArn };
    callers.set(key, caller);
    return caller;
  };
  for (const fn of blueprint.functions) require(fn.roleArn, fn.logicalId, 'lambda');
  for (const machine of blueprint.stateMachines) require(machine.roleArn, machine.logicalId, 'states');
  for (const { logicalId, roleArn, source } of blueprint.schedules) {
    if (roleArn !== undefined) require(roleArn, logicalId, source === 'rule' ? 'events' : 'scheduler');
  }
  return {
    functionCredentials(fn) {
      return credentials.forRole(fn.roleArn, fn.name);
    },
    functionCaller(functionArn) {
      const fn = blueprint.functions.find((each) => each.arn === functionArn);
      if (fn === undefined) throw new TemplateError(`There is no function ${functionArn}.`);
      return serviceCaller(fn.roleArn, fn.name);
    },
    serviceCaller,
  };
}
