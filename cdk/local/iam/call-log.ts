import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { policiesOf } from '../deployment/roles.ts';
import type { Blueprint } from '../template/blueprint.ts';
import type { RecordedCall } from './authorizer.ts';

/**
 * Begins a file of its own in the folder: a line with the stack's policies, then one for each call unlike all before it,
 * written before the call goes on, so that none is missing when the process is killed. Gives what writes them.
 */
export function createCallLog(folder: string, blueprint: Blueprint): (call: RecordedCall) => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}-${crypto.randomUUID()}.jsonl`);
  const write = (line: unknown): void => appendFileSync(file, `${JSON.stringify(line)}\n`);
  const { stackName: stack, accountId, region, functions, stateMachines } = blueprint;
  const { roles, resources } = policiesOf(blueprint);
  const owners = [...functions, ...stateMachines].map(({ roleArn, logicalId }) => [roleArn, logicalId]);
  write({ stack, accountId, region, owners, roles: [...roles], resources: [...resources] });
  return write;
}
