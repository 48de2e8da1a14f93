import { ServiceError } from '../../types.ts';

export interface Home {
  readonly region: string;
  readonly accountId: string;
}

export function machineArn({ region, accountId }: Home, name: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
}

export function executionArn(machine: string, name: string): string {
  return `${machine.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** What an ARN of Step Functions names: `stateMachine`, `execution`. */
const RESOURCE = /^arn:[^:]*:states:[^:]*:[^:]*:([^:]+):/;

/** Throws InvalidArn unless the text begins as an ARN does, and names what is asked for if it is one of Step Functions. */
export function checkArn(arn: string, type?: 'stateMachine' | 'execution'): string {
  if (!arn.startsWith('arn:')) throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  const named = RESOURCE.exec(arn)?.[1] ?? type;
  if (type !== undefined && named !== type)
    throw new ServiceError('InvalidArn', `Invalid Arn: 'Resource type not valid in this context: ${named}'`);
  return arn;
}

/** Throws InvalidArn, in the words AWS has for roles, unless the text names one. */
export function checkRole(arn: string): string {
  if (!/^arn:[^:]*:iam::\d+:role\/./.test(arn)) throw new ServiceError('InvalidArn', `Invalid Role Arn: '${arn}'`);
  return arn;
}

/** A name may have so many characters. */
export const LONGEST_NAME = 80;

/** Throws InvalidName for names AWS does not take: spaces, brackets, wildcards, control characters, non-characters. */
export function checkName(name: string): string {
  if (/[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF\u{10FFFF}]/u.test(name))
    throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}
