import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';
import { type Conditions, type Context, readConditions, textsOf } from './conditions.ts';
import { matchesArn, wildcard } from './pattern.ts';
import { PolicyError } from './policy-error.ts';

/** Who asks. A role's session, or a service such as `cloudwatch.amazonaws.com`. */
export type Principal =
  | { readonly kind: 'session'; readonly accountId: string; readonly roleArn: string; readonly sessionArn: string }
  | { readonly kind: 'service'; readonly service: string };

/** One call to judge: an action on one resource. */
export interface Request {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/**
 * How a statement names who asks: not at all, by name (or as everybody), or through the account, which leaves it to the
 * policies that the principal itself has.
 */
type Naming = 'no' | 'directly' | 'account';

interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** Whether it is about the call, whoever makes it. */
  concerns(request: Request): boolean;
  naming(principal: Principal): Naming;
}

/** The statements of a policy, read once. */
export type Policy = readonly Statement[];

/** What a policy says of a call. `account`: allowed, if a policy of the principal's own allows it too. */
export type Verdict = 'denied' | 'allowed' | 'account' | 'silent';

const ELEMENTS = new Set(['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);

/** Reads a policy of a role or of a resource. Throws {@link PolicyError} for what is not known here. */
export function readPolicy(document: JsonObject): Policy {
  const { Statement } = document;
  if (Statement === undefined) return [];
  return (isList(Statement) ? Statement : [Statement]).map(readStatement);
}

function readStatement(given: Json): Statement {
  if (!isObject(given)) throw new PolicyError('A statement of a policy is an object.');
  const unknown = Object.keys(given).find((element) => !ELEMENTS.has(element));
  if (unknown !== undefined) throw new PolicyError(`The policy element ${unknown} is not known here.`);
  const { Effect } = given;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new PolicyError('The Effect of a statement is Allow or Deny.');
  const actions = oneOf(given, 'Action', (pattern, action) => wildcard(pattern, false).test(action));
  const resources = oneOf(given, 'Resource', matchesArn);
  const conditions: Conditions = readConditions(given.Condition);
  return {
    effect: Effect,
    concerns: ({ action, resource, context }) => actions(action) && resources(resource) && conditions(context),
    naming: readPrincipal(given.Principal),
  };
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. A resource's own policy may leave the resource out. */
function oneOf(
  statement: JsonObject,
  element: 'Action' | 'Resource',
  matches: (pattern: string, text: string) => boolean,
): (text: string) => boolean {
  const named = statement[element];
  const others = statement[`Not${element}`];
  if (named !== undefined && others !== undefined)
    throw new PolicyError(`${element} and Not${element} exclude each other.`);
  if (named === undefined && others === undefined) {
    if (element === 'Action') throw new PolicyError('A statement has an Action or a NotAction.');
    return () => true;
  }
  const patterns = textsOf(named ?? others);
  return (text) => patterns.some((pattern) => matches(pattern, text)) === (named !== undefined);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function readPrincipal(given: Json | undefined): Statement['naming'] {
  // a role's own policy: the principal is the role
  if (given === undefined) return () => 'directly';
  if (given === '*') return () => 'directly';
  if (!isObject(given)) throw new PolicyError('A Principal is * or an object.');
  const { AWS, Service, ...others } = given;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new PolicyError(`Principals by ${unknown} are not known here.`);
  const identities = textsOf(AWS);
  const services = new Set(textsOf(Service));
  return (principal) => {
    if (principal.kind === 'service') return services.has(principal.service) ? 'directly' : 'no';
    const { accountId, roleArn, sessionArn } = principal;
    if (identities.some((each) => each === '*' || each === roleArn || each === sessionArn)) return 'directly';
    const isAccount = (each: string): boolean =>
      each === accountId || new RegExp(`^arn:[^:]+:iam::${accountId}:root$`).test(each);
    return identities.some(isAccount) ? 'account' : 'no';
  };
}

/** What some policies together say of a call: a denial of any wins. */
export function verdictOf(policies: readonly Policy[], request: Request): Verdict {
  let verdict: Verdict = 'silent';
  for (const { effect, concerns, naming } of policies.flat()) {
    const named = naming(request.principal);
    if (named === 'no' || !concerns(request)) continue;
    if (effect === 'Deny') return 'denied';
    if (named === 'directly') verdict = 'allowed';
    else if (verdict === 'silent') verdict = 'account';
  }
  return verdict;
}
