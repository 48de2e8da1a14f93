import {
  type EvaluationResult,
  runSimulation,
  runUnsafeSimulation,
  type Simulation,
} from '@cloud-copilot/iam-simulate';
import type { JsonObject } from '../template/json.ts';
import { ServiceError } from '../types.ts';
import type { Access, Caller } from './caller.ts';
import { type ConditionPatterns, conditionPatterns, kindsOf } from './condition-patterns.ts';

/** A call that was decided, and how often. Executions are counted together by state machine. */
export interface RecordedCall {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly count: number;
}

export interface Policies {
  /** The policies of each role by its ARN. */
  readonly roles: ReadonlyMap<string, readonly { readonly name: string; readonly document: JsonObject }[]>;
  /** Policies of keys and queues by their ARN. */
  readonly resources: ReadonlyMap<string, JsonObject>;
}

export interface Authorizer {
  /** Throws AWS's AccessDeniedException if the policies do not allow the caller what it asks. */
  require(caller: Caller, access: Access): Promise<void>;
  /** The same at once, for what has no policy of its own (functions, tables, state machines). */
  requireNow(caller: Caller, access: Access): void;
  /** Every distinct call by a role that was decided so far. */
  calls(): readonly RecordedCall[];
}

/** Decisions kept at most: a stack's calls are a few hundred different ones. */
const REMEMBERED = 20_000;

/**
 * Decides calls by a template's policies, as AWS does: an explicit denial wins, then something must allow. The
 * administrator may do everything.
 */
export function createAuthorizer(policies: Policies, at: { accountId: string; region: string }): Authorizer {
  const decisions = new Map<string, EvaluationResult>();
  const recorded = new Map<string, { call: Omit<RecordedCall, 'count'>; count: number }>();
  const patterns = new Map<string, ConditionPatterns>();

  const patternsFor = (roleArn: string, resource: string): ConditionPatterns => {
    const resourcePolicy = policies.resources.get(resource);
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
    return Object.entries(access.context ?? {}).filter(([key]) => looked.has(key.toLowerCase()));
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
      'aws:PrincipalAccount': at.accountId,
      'aws:PrincipalArn': roleArn,
      'aws:PrincipalType': 'AssumedRole',
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

  const simulateWithResource = async (simulation: Simulation, access: Access): Promise<EvaluationResult> => {
    const resourcePolicy = policies.resources.get(access.resource);
    const result = await runSimulation({ ...simulation, resourcePolicy }, {});
    if (result.resultType === 'error') {
      throw new ServiceError('InternalFailure', `${access.action} cannot be judged: ${result.errors.message}`, 500);
    }
    return result.overallResult;
  };

  const remember = (memo: string, result: EvaluationResult): EvaluationResult => {
    if (decisions.size >= REMEMBERED) decisions.clear();
    decisions.set(memo, result);
    return result;
  };

  const record = (roleArn: string, access: Access, allowed: boolean): void => {
    const resource = access.resource.replace(/^(arn:[^:]+:states:[^:]+:[^:]+:execution:[^:]+):.+$/, '$1:*');
    const key = [roleArn, access.action, resource, allowed].join('\n');
    const found = recorded.get(key) ?? { call: { roleArn, action: access.action, resource, allowed }, count: 0 };
    found.count += 1;
    recorded.set(key, found);
  };

  const conclude = (roleArn: string, caller: Caller, access: Access, result: EvaluationResult): void => {
    record(roleArn, access, result === 'Allowed');
    if (result !== 'Allowed') throw new ServiceError('AccessDeniedException', denial(caller, access, result), 400);
  };

  const requireNow = (caller: Caller, access: Access): void => {
    const { roleArn } = caller;
    if (roleArn === undefined) return;
    const memo = memoOf(roleArn, access);
    const known = decisions.get(memo);
    const result = known ?? remember(memo, runUnsafeSimulation(simulationOf(roleArn, caller, access), {}));
    conclude(roleArn, caller, access, result);
  };

  return {
    requireNow,
    async require(caller, access) {
      const { roleArn } = caller;
      const hasOwnPolicy = policies.resources.has(access.resource) || access.action.startsWith('kms:');
      if (roleArn === undefined || !hasOwnPolicy) return requireNow(caller, access);
      const memo = memoOf(roleArn, access);
      const known = decisions.get(memo);
      const result = known ?? remember(memo, await simulateWithResource(simulationOf(roleArn, caller, access), access));
      conclude(roleArn, caller, access, result);
    },
    calls: () => [...recorded.values()].map(({ call, count }) => ({ ...call, count })),
  };
}

function denial(caller: Caller, { action, resource }: Access, result: EvaluationResult): string {
  const why =
    result === 'ExplicitlyDenied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return `User: ${caller.principalArn} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
}
