import type { Blueprint } from '../template/blueprint.ts';

/** What a template calls something, without the hash that the CDK adds: short enough for a phone. */
export function shortName(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '') || logicalId;
}

/** The short name of the function with this name or ARN. */
export function functionName({ functions }: Blueprint, called: string): string {
  const found = functions.find(({ name, arn }) => name === called || arn === called);
  return found === undefined ? called : shortName(found.logicalId);
}
