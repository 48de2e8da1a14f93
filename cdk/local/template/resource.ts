import { createHash } from 'node:crypto';
import type { Blueprint } from './blueprint.ts';
import type { JsonObject } from './json.ts';

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Made {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A resource of the template, its properties worked out. */
export interface Declared {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** Where the HTTP API is reached: what `ApiEndpoint` gives. */
  readonly url: string;
  assetPath(objectKey: string): string | undefined;
}

/** Adds a resource to the blueprint and says how others refer to it. Throws when it asks for what is not done here. */
export type Reader = (resource: Declared, into: Blueprint) => Made;

/** An ARN of this deployment. */
export function arnOf(from: Declared, service: string, resource: string): string {
  return `arn:${from.partition}:${service}:${from.region}:${from.accountId}:${resource}`;
}

/** The name given, or one made of stack and logical id that is the same at every start, at most `longest` long. */
export function nameOf(from: Declared, given: string | undefined, longest: number): string {
  if (given !== undefined) return given;
  const suffix = hashOf(from, 'name').slice(0, 12).toUpperCase();
  return `${`${from.stackName}-${from.logicalId}`.slice(0, longest - suffix.length - 1)}-${suffix}`;
}

/** Hexadecimal digits that belong to this resource alone, the same at every start. */
export function hashOf(from: Declared, purpose: string): string {
  return createHash('sha256').update(`${purpose}/${from.stackName}/${from.logicalId}`).digest('hex');
}

/** A UUID that belongs to this resource alone, the same at every start. */
export function uuidOf(from: Declared): string {
  const hex = hashOf(from, 'uuid');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
