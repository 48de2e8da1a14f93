import * as z from 'zod';
import { createAuthorizer, type Policies, type RecordedCall } from '../../cdk/local/iam/authorizer.ts';
import type { Access } from '../../cdk/local/iam/caller.ts';

/** What a stack's policies allow, and which calls were decided by them. */
export interface Observed {
  readonly policies: Policies;
  readonly calls: readonly Pick<RecordedCall, 'roleArn' | 'action' | 'resource' | 'allowed' | 'asked'>[];
  readonly accountId: string;
  readonly region: string;
  /** Who each role belongs to, as the template calls it. */
  readonly owners: ReadonlyMap<string, string>;
}

/** One action on one resource, which a statement allows to a role. */
interface Permission {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  /** The role's policies without it. */
  readonly rest: readonly {
    readonly name: string;
    readonly document: { readonly [key: string]: z.core.util.JSONType };
  }[];
}

/** Of these nothing is seen here: AWS calls them for a function or a state machine, to send its log and its traces. */
const exempt: readonly string[] = ['logs:', 'xray:'];

const texts = z.union([z.array(z.string()), z.string().transform((text) => [text])]);
const Statement = z.object({ Effect: z.enum(['Allow', 'Deny']), Action: texts, Resource: texts }).catchall(z.json());
const Document = z.object({ Statement: z.array(Statement) }).catchall(z.json());
type Statement = z.output<typeof Statement>;

/** What is left of a statement without one action on one resource. */
function without(statement: Statement, action: string, resource: string): Statement[] {
  const actions = statement.Action.filter((each) => each !== action);
  const resources = statement.Resource.filter((each) => each !== resource);
  return [
    { ...statement, Action: actions },
    { ...statement, Action: [action], Resource: resources },
  ].filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
}

function permissionsOf(roleArn: string, policies: readonly { name: string; document: unknown }[]): Permission[] {
  const read = policies.map(({ name, document }) => ({ name, document: Document.parse(document) }));
  return read.flatMap((policy) =>
    policy.document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap((statement) =>
      statement.Action.filter((action) => !exempt.some((prefix) => action.startsWith(prefix))).flatMap((action) =>
        statement.Resource.map((resource) => {
          const left = policy.document.Statement.flatMap((each) =>
            each === statement ? without(statement, action, resource) : [each],
          );
          const document = { ...policy.document, Statement: left };
          return {
            roleArn,
            action,
            resource,
            rest: read.map((each) => (each === policy ? { ...policy, document } : each)),
          };
        }),
      ),
    ),
  );
}

const nameOf = ({ owners }: Observed, roleArn: string): string =>
  owners.get(roleArn)?.replace(/[0-9A-F]{8}$/, '') ?? roleArn;

/** Calls that the policies did not allow: what is missing in the template, each once. */
export function missing(observed: Observed): string[] {
  const denied = observed.calls.filter(({ allowed }) => !allowed);
  return unique(
    denied.map(({ roleArn, action, resource }) => `${nameOf(observed, roleArn)} may not ${action} on ${resource}`),
  );
}

/** Whether a call that was allowed would be denied if the role had only what is left without the permission. */
function isNeeded(observed: Observed, { roleArn, action, rest }: Permission): boolean {
  const { policies, calls, accountId, region } = observed;
  const authorizer = createAuthorizer(
    { roles: new Map([[roleArn, rest]]), resources: policies.resources },
    { accountId, region },
  );
  const would = (asked: Access): boolean => {
    try {
      authorizer.require({ roleArn, principalArn: roleArn }, asked);
      return false;
    } catch {
      return true;
    }
  };
  for (const call of calls) {
    const concerned = call.roleArn === roleArn && call.allowed && (call.action === action || action.includes('*'));
    if (concerned && would(call.asked)) return true;
  }
  return false;
}

/** Permissions without which nothing would have been denied, each once; log and traces are {@link exempt}. */
export function unneeded(observed: Observed): string[] {
  const found: string[] = [];
  for (const [roleArn, policies] of observed.policies.roles) {
    for (const permission of permissionsOf(roleArn, policies)) {
      if (isNeeded(observed, permission)) continue;
      found.push(`${nameOf(observed, roleArn)} has never needed ${permission.action} on ${permission.resource}`);
    }
  }
  return unique(found);
}

const unique = (lines: readonly string[]): string[] => [...new Set(lines)].sort();
