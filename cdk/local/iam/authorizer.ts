import { runSimulation, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate';
import type { JsonObject } from '../template/json.ts';
import { ServiceError } from '../types.ts';
import type { Access, Caller } from './caller.ts';
import { type ConditionPatterns, conditionPatterns, kindsOf } from './condition-patterns.ts';
import { denial } from './denial.ts';
import { conditionKey, withConditionKeys } from './encryption-context.ts';

/** A call that was decided, and how often. Executions are counted together by state machine,
 * objects by their first folder. */
export interface RecordedCall {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly count: number;
  /** The first of them as it was asked, with those condition keys that policies look at. */
  readonly asked: Access;
}

export interface Policies {
  /** The policies of each role by its ARN. */
  readonly roles: ReadonlyMap<string, readonly { readonly name: string; readonly document: JsonObject }[]>;
  /** Policies of keys and queues by their ARN. */
  readonly resources: ReadonlyMap<string, JsonObject>;
}

export interface Authorizer {
  /**
   * Throws AWS's AccessDeniedException if the policies do not allow the caller what it asks. `calledThere` is what the
   * message calls the resource when it must not be named.
   */
  require(caller: Caller, access: Access, calledThere?: string): Promise<void>;
  /** The same at once, for what has no policy of its own (functions, tables, state machines). */
  requireNow(caller: Caller, access: Access, calledThere?: string): void;
  /** Every distinct call by a role that was decided so far. */
  calls(): readonly RecordedCall[];
}

/** What was decided; `because` ends the message of a denial. */
type Decision = { readonly allowed: true } | { readonly allowed: false; readonly because: string };

const allowed: Decision = { allowed: true };
const because = (text: string): Decision => ({ allowed: false, because: text });

/** Where decisions are made. */
interface Setting {
  readonly accountId: string;
  readonly region: string;
  /** With false everybody may do everything, and nothing is recorded: to measure what deciding costs. */
  readonly enforced?: boolean;
  /** Told of each call that is unlike all before it. */
  recorded?(call: RecordedCall): void;
}

/** Decisions kept at most: a stack's calls are a few hundred different ones. */
const REMEMBERED = 20_000;

/**
 * Decides calls by a template's policies, as AWS does: an explicit denial wins, then something must allow. The
 * administrator may do everything.
 */
export function createAuthorizer(given: Policies, at: Setting): Authorizer {
  const policies: Policies = {
    roles: new Map(
      [...given.roles].map(([role, own]) => [
        role,
        own.map(({ name, document }) => ({ name, document: withConditionKeys(document) })),
      ]),
    ),
    resources: new Map([...given.resources].map(([arn, document]) => [arn, withConditionKeys(document)])),
  };
  const decisions = new Map<string, Decision>();
  const recorded = new Map<string, { call: Omit<RecordedCall, 'count'>; count: number }>();
  const patterns = new Map<string, ConditionPatterns>();
  /** The policy that a resource has; an object has its bucket's. */
  const resourcePolicyOf = (resource: string): JsonObject | undefined =>
    policies.resources.get(resource.replace(/^(arn:[^:]+:s3:::[^/]+)\/.*$/s, '$1'));

  const patternsFor = (roleArn: string, resource: string): ConditionPatterns => {
    const resourcePolicy = resourcePolicyOf(resource);
    const key = resourcePolicy === undefined ? roleArn : `${roleArn} ${resource}`;
    const known = patterns.get(key);
    if (known !== undefined) return known;
    const documents = (policies.roles.get(roleArn) ?? []).map((policy) => policy.document);
    const found = conditionPatterns(resourcePolicy === undefined ? documents : [...documents, resourcePolicy]);
    patterns.set(key, found);
    return found;
  };

  const relevant = (roleArn: string, access: Access): readonly (readonly [string, string | readonly string[]])[] => {
    const looked = patternsFor(roleArn, access.resource);
    return Object.entries(access.context ?? {})
      .map(([key, value]) => [conditionKey(key), value] as const)
      .filter(([key]) => looked.has(key.toLowerCase()));
  };

  const memoOf = (roleArn: string, access: Access): string => {
    const looked = patternsFor(roleArn, access.resource);
    const kinds = relevant(roleArn, access).map(([key, value]) => {
      const compared = looked.get(key.toLowerCase());
      return compared === undefined ? '' : `${key}=${kindsOf([value].flat(), compared)}`;
    });
    return [roleArn, access.action, access.resource, ...kinds].join('\n');
  };

  const simulationOf = (roleArn: string, caller: Caller, access: Access): Simulation => {
    const contextVariables: Record<string, string | string[]> = {
      ...(caller.service === undefined
        ? {
            'aws:PrincipalAccount': at.accountId,
            'aws:PrincipalArn': roleArn,
            'aws:PrincipalType': 'AssumedRole',
          }
        : { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': caller.service }),
      'aws:RequestedRegion': at.region,
      // Loopback stands for the encrypted way to AWS.
      'aws:SecureTransport': 'true',
    };
    for (const [key, value] of relevant(roleArn, access)) {
      contextVariables[key] = typeof value === 'string' ? value : [...value];
    }
    return {
      request: {
        principal: caller.principalArn,
        action: access.action,
        resource: { resource: access.resource, accountId: at.accountId },
        contextVariables,
      },
      identityPolicies: (policies.roles.get(roleArn) ?? []).map(({ name, document }) => ({ name, policy: document })),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    };
  };

  const decide = (roleArn: string, caller: Caller, access: Access): Decision => {
    const result = runUnsafeSimulation(simulationOf(roleArn, caller, access), {});
    if (result === 'Allowed') return allowed;
    return because(result === 'ExplicitlyDenied' ? denied('identity') : notAllowed('identity', access));
  };

  const decideWithResource = async (roleArn: string, caller: Caller, access: Access): Promise<Decision> => {
    const resourcePolicy = resourcePolicyOf(access.resource);
    const outcome = await runSimulation({ ...simulationOf(roleArn, caller, access), resourcePolicy }, {});
    if (outcome.resultType !== 'single') {
      const why = outcome.resultType === 'error' ? outcome.errors.message : 'it names several resources';
      throw new ServiceError('InternalFailure', `${access.action} cannot be judged: ${why}`, 500);
    }
    if (outcome.overallResult === 'Allowed') return allowed;
    const { identityAnalysis: own, resourceAnalysis: its } = outcome.result.analysis;
    if (own?.result === 'ExplicitlyDenied') return because(denied('identity'));
    if (its?.result === 'ExplicitlyDenied') return because(denied('resource'));
    return because(notAllowed(own?.result === 'Allowed' ? 'resource' : 'identity', access));
  };

  const remember = (memo: string, decision: Decision): Decision => {
    if (decisions.size >= REMEMBERED) decisions.clear();
    decisions.set(memo, decision);
    return decision;
  };

  const record = (roleArn: string, access: Access, allowed: boolean): void => {
    const resource = access.resource
      .replace(/^(arn:[^:]+:states:[^:]+:[^:]+:execution:[^:]+):.+$/, '$1:*')
      .replace(/^(arn:[^:]+:s3:::[^/]+\/(?:[^/]+\/)?).+$/s, '$1*');
    const key = `${memoOf(roleArn, { ...access, resource })}\n${allowed}`;
    const found = recorded.get(key);
    if (found !== undefined) {
      found.count += 1;
      return;
    }
    const looked = patternsFor(roleArn, access.resource);
    const context = Object.entries(access.context ?? {}).filter(([key]) => looked.has(conditionKey(key).toLowerCase()));
    const asked = {
      action: access.action,
      resource: access.resource,
      ...(context.length > 0 && { context: Object.fromEntries(context) }),
    };
    const call = { roleArn, action: access.action, resource, allowed, asked };
    recorded.set(key, { call, count: 1 });
    at.recorded?.({ ...call, count: 1 });
  };

  const conclude = (
    roleArn: string,
    caller: Caller,
    access: Access,
    decision: Decision,
    calledThere?: string,
  ): void => {
    record(roleArn, access, decision.allowed);
    if (decision.allowed) return;
    throw denial({ caller, access, because: decision.because, calledThere });
  };

  const requireNow = (caller: Caller, access: Access, calledThere?: string): void => {
    const roleArn = caller.roleArn ?? caller.service;
    if (roleArn === undefined || at.enforced === false) return;
    const memo = memoOf(roleArn, access);
    const decision = decisions.get(memo) ?? remember(memo, decide(roleArn, caller, access));
    conclude(roleArn, caller, access, decision, calledThere);
  };

  return {
    requireNow,
    async require(caller, access, calledThere) {
      const roleArn = caller.roleArn ?? caller.service;
      if (roleArn === undefined || resourcePolicyOf(access.resource) === undefined) {
        return requireNow(caller, access, calledThere);
      }
      const memo = memoOf(roleArn, access);
      const decision = decisions.get(memo) ?? remember(memo, await decideWithResource(roleArn, caller, access));
      conclude(roleArn, caller, access, decision, calledThere);
    },
    calls: () => [...recorded.values()].map(({ call, count }) => ({ ...call, count })),
  };
}

function denied(kind: 'identity' | 'resource'): string {
  return `with an explicit deny in ${kind === 'identity' ? 'an' : 'a'} ${kind}-based policy`;
}

function notAllowed(kind: 'identity' | 'resource', { action }: Access): string {
  return `because no ${kind}-based policy allows the ${action} action`;
}
