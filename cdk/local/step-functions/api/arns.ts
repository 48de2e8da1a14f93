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

/** Throws InvalidArn unless the text begins as an ARN does. */
export function checkArn(arn: string): string {
  if (!arn.startsWith('arn:')) throw new ServiceError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  return arn;
}

/** Throws InvalidName for names AWS does not take: over 80 characters, spaces, brackets, wildcards, control characters. */
export function checkName(name: string): string {
  const wrong = name.length === 0 || name.length > 80 || /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u.test(name);
  if (wrong) throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}
