import { z } from 'zod';
import type { PolicySpec, RoleSpec } from '../blueprint.ts';
import { document, ignored, read } from '../properties.ts';
import { type Declared, hashOf, nameOf, type Reader } from '../resource.ts';
import { TemplateError } from '../template-error.ts';
import { managedPolicy } from './managed-policies.ts';

const inline = z.strictObject({ PolicyName: z.string(), PolicyDocument: document });
const roleProperties = z.strictObject({
  AssumeRolePolicyDocument: document,
  RoleName: z.string().optional(),
  Path: z.literal('/').optional(),
  Policies: z.array(inline).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Description: ignored,
  MaxSessionDuration: ignored,
  Tags: ignored,
});

export const readRole: Reader = (resource, into) => {
  const properties = read(resource, roleProperties);
  const name = nameOf(resource, properties.RoleName, 64);
  const arn = `arn:${resource.partition}:iam::${resource.accountId}:role/${name}`;
  const attached = properties.ManagedPolicyArns.map((policyArn) => {
    const known = into.managedPolicies.find((each) => each.arn === policyArn) ?? managedPolicy(policyArn);
    if (known === undefined) throw new TemplateError(`${resource.logicalId}: ${policyArn} is not known here.`);
    return known;
  });
  const own = properties.Policies.map((policy) => ({ name: policy.PolicyName, document: policy.PolicyDocument }));
  into.roles.push({ name, arn, assumedBy: properties.AssumeRolePolicyDocument, policies: [...own, ...attached] });
  return { ref: name, attributes: { Arn: arn, RoleId: `AROA${hashOf(resource, 'id').slice(0, 17).toUpperCase()}` } };
};

const policyProperties = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: document,
  Roles: z.array(z.string()),
});

export const readPolicy: Reader = (resource, into) => {
  const { PolicyName, PolicyDocument, Roles } = read(resource, policyProperties);
  attach(resource, into.roles, Roles, { name: PolicyName, document: PolicyDocument });
  return { ref: PolicyName, attributes: { Id: PolicyName } };
};

const managedPolicyProperties = z.strictObject({
  ManagedPolicyName: z.string().optional(),
  PolicyDocument: document,
  Path: z.literal('/').optional(),
  Roles: z.array(z.string()).default([]),
  Description: ignored,
});

export const readManagedPolicy: Reader = (resource, into) => {
  const properties = read(resource, managedPolicyProperties);
  const name = nameOf(resource, properties.ManagedPolicyName, 128);
  const arn = `arn:${resource.partition}:iam::${resource.accountId}:policy/${name}`;
  const policy = { name, document: properties.PolicyDocument };
  into.managedPolicies.push({ ...policy, arn });
  attach(resource, into.roles, properties.Roles, policy);
  return { ref: arn, attributes: { PolicyArn: arn } };
};

function attach(resource: Declared, roles: readonly RoleSpec[], names: readonly string[], policy: PolicySpec): void {
  for (const name of names) {
    const role = roles.find((each) => each.name === name);
    if (role === undefined) throw new TemplateError(`${resource.logicalId} names a role that is not here: ${name}`);
    role.policies.push(policy);
  }
}
