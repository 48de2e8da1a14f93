import type { Policies } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import type { CredentialStore, Credentials } from '../iam/credentials.ts';
import type { Blueprint, FunctionSpec } from '../template/blueprint.ts';
import type { JsonObject } from '../template/json.ts';
import { TemplateError } from '../template/template-error.ts';

/** The policies of a stack. */
export function policiesOf(blueprint: Blueprint): Policies {
  const resources = new Map<string, JsonObject>();
  for (const key of blueprint.keys) resources.set(key.arn, key.policy);
  for (const queue of blueprint.queues) if (queue.policy !== undefined) resources.set(queue.arn, queue.policy);
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

/** Gives out roles. Throws {@link TemplateError} for a role that is not in the stack. */
export function createRoles(blueprint: Blueprint, credentials: CredentialStore): Roles {
  const require = (roleArn: string, who: string): void => {
    if (!blueprint.roles.some((role) => role.arn === roleArn)) {
      throw new TemplateError(`${who} has a role that is not in the stack: ${roleArn}`);
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
  for (const machine of blueprint.stateMachines) require(machine.roleArn, machine.logicalId);
  return {
    functionCredentials(fn) {
      require(fn.roleArn, fn.logicalId);
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
