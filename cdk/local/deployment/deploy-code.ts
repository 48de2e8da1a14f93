import type { LocalLambda } from '../lambda/index.ts';
import type { StepFunctions } from '../step-functions/index.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { TemplateError } from '../template/template-error.ts';
import { codeFolder } from './function-code.ts';
import type { Roles } from './roles.ts';

export interface FunctionsDeployment {
  readonly blueprint: Blueprint;
  readonly lambda: LocalLambda;
  readonly roles: Roles;
  /** Where code goes that the assembly does not hold as a folder. */
  readonly codeDir: string;
}

/** Sets up the functions of a stack, each with the credentials of its own role. */
export function deployFunctions({ blueprint, lambda, roles, codeDir }: FunctionsDeployment): void {
  for (const fn of blueprint.functions) {
    const { asynchronous, reservedConcurrency } = fn;
    lambda.deploy({
      name: fn.name,
      arn: fn.arn,
      codeDir: codeFolder(fn.code, codeDir),
      handler: fn.handler,
      environment: fn.environment,
      timeoutSeconds: fn.timeoutSeconds,
      memoryMb: fn.memoryMb,
      credentials: roles.functionCredentials(fn),
      ...(reservedConcurrency !== undefined && { reservedConcurrency }),
      ...(asynchronous?.onFailureArn !== undefined && { onFailureDestinationArn: asynchronous.onFailureArn }),
      ...(asynchronous?.maxRetryAttempts !== undefined && { maxRetryAttempts: asynchronous.maxRetryAttempts }),
      ...(asynchronous?.maxEventAgeSeconds !== undefined && { maxEventAgeSeconds: asynchronous.maxEventAgeSeconds }),
    });
  }
}

/** Sets up the state machines of a stack. Throws {@link TemplateError} for a kind that does not run here. */
export function deployStateMachines(blueprint: Blueprint, states: StepFunctions): void {
  for (const machine of blueprint.stateMachines) {
    if (machine.type !== 'STANDARD') {
      throw new TemplateError(`${machine.logicalId}: only STANDARD state machines run here.`);
    }
    states.deploy({
      name: machine.name,
      definition: machine.definition,
      roleArn: machine.roleArn,
      tracingConfiguration: { enabled: machine.tracing },
    });
  }
}
