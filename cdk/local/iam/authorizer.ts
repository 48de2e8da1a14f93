import type { JsonObject } from '../template/json.ts';
import type { Access, Caller } from './caller.ts';
import { type ConditionPatterns, conditionPatterns, kindsOf } from './condition-patterns.ts';
import type { Context } from './conditions.ts';
import { denial } from './denial.ts';
import { type Judgement, judge } from './judge.ts';
import { type Principal, readPolicy } from './policy.ts';

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
  require(caller: Caller, access: Access, calledThere?: string): void;
  /** Every distinct call by a role that was decided so far. */
  calls(): readonly RecordedCall[];
}

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
 * Decides calls by a template's policies, as AWS does within one account. The administrator may do everything. Throws
 * {@link PolicyError} for a policy that cannot be judged here.
 */
export function createAuthorizer(given: Policies, at: Setting): Authorizer {
  const documentsOf = new Map([...given.roles].map(([role, own]) => [role, own.map(({ document }) => document)]));
  const roles = new Map([...documentsOf].map(([role, own]) => [role, own.map(readPolicy)]));
  const resources = new Map([...given.resources].map(([arn, document]) => [arn, readPolicy(document)]));
  const decisions = new Map<string, Judgement>();
  const recorded = new Map<string, { call: Omit<RecordedCall, 'count'>; count: number }>();
  const patterns = new Map<string, ConditionPatterns>();

  const patternsFor = (who: string, owner: string): ConditionPatterns => {
    const documents = [documentsOf.get(who) ?? [], given.resources.get(owner) ?? []].flat();
    const key = given.resources.has(owner) ? `${who} ${owner}` : who;
    const known = patterns.get(key) ?? conditionPatterns(documents);
    patterns.set(key, known);
    return known;
  };

  const principalOf = ({ principalArn, roleArn = '', service }: Caller): Principal =>
    service === undefined
      ? { kind: 'session', accountId: at.accountId, roleArn, sessionArn: principalArn }
      : { kind: 'service', service: service.name };

  const contextOf = ({ roleArn, service }: Caller, { context = {} }: Access): Context => {
    const all: Readonly<Record<string, string | readonly string[]>> = {
      'aws:RequestedRegion': at.region,
      // Loopback stands for the encrypted way to AWS.
      'aws:SecureTransport': 'true',
      ...(service === undefined
        ? {
            'aws:PrincipalAccount': at.accountId,
            'aws:PrincipalArn': roleArn ?? '',
            'aws:PrincipalType': 'AssumedRole',
          }
        : {
            'aws:PrincipalIsAWSService': 'true',
            'aws:PrincipalServiceName': service.name,
            'aws:SourceAccount': at.accountId,
            'aws:SourceArn': service.sourceArn,
          }),
      ...context,
    };
    return new Map(Object.entries(all).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  };

  const decide = (caller: Caller, access: Access): Judgement => {
    const { action, resource } = access;
    const request = { principal: principalOf(caller), action, resource, context: contextOf(caller, access) };
    return judge(roles.get(caller.roleArn ?? '') ?? [], resources.get(ownerOf(resource)), request);
  };

  const memoOf = (who: string, access: Access): string => {
    const looked = patternsFor(who, ownerOf(access.resource));
    const kinds = Object.entries(access.context ?? {}).map(([key, value]) => {
      const compared = looked.get(key.toLowerCase());
      return compared === undefined ? '' : `${key}=${kindsOf([value].flat(), compared)}`;
    });
    return [who, access.action, access.resource, ...kinds].join('\n');
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
    const looked = patternsFor(roleArn, ownerOf(access.resource));
    const context = Object.entries(access.context ?? {}).filter(([key]) => looked.has(key.toLowerCase()));
    const asked = {
      action: access.action,
      resource: access.resource,
      ...(context.length > 0 && { context: Object.fromEntries(context) }),
    };
    const call = { roleArn, action: access.action, resource, allowed, asked };
    recorded.set(key, { call, count: 1 });
    at.recorded?.({ ...call, count: 1 });
  };

  return {
    require(caller, access, calledThere) {
      const { roleArn, service } = caller;
      if ((roleArn === undefined && service === undefined) || at.enforced === false) return;
      const memo = memoOf(roleArn ?? `${service?.name} ${service?.sourceArn}`, access);
      const decision = decisions.get(memo) ?? decide(caller, access);
      if (decisions.size >= REMEMBERED) decisions.clear();
      decisions.set(memo, decision);
      if (roleArn !== undefined) record(roleArn, access, decision.allowed);
      if (!decision.allowed) throw denial({ caller, access, because: why(decision, access), calledThere });
    },
    calls: () => [...recorded.values()].map(({ call, count }) => ({ ...call, count })),
  };
}

/** Whose policy a resource has: an object its bucket's. */
function ownerOf(resource: string): string {
  return resource.replace(/^(arn:[^:]+:s3:::[^/]+)\/.*$/s, '$1');
}

function why({ by, explicit }: Exclude<Judgement, { readonly allowed: true }>, { action }: Access): string {
  const policy = `${by}-based policy`;
  if (explicit) return `with an explicit deny in ${by === 'identity' ? 'an' : 'a'} ${policy}`;
  return `because no ${policy} allows the ${action} action`;
}
