import type { LocalLambda } from '../lambda/index.ts';
import type { StepFunctions } from '../step-functions/index.ts';
import type * as states from '../step-functions/json.ts';
import type { Blueprint } from '../template/blueprint.ts';
import { isList, isObject, type Json, type JsonObject } from '../template/json.ts';
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

/** Sets up the functions of a stack, each with the credentials of its own role. Throws {@link TemplateError}. */
export function deployFunctions({ blueprint, lambda, roles, codeDir }: FunctionsDeployment): void {
  for (const fn of blueprint.functions) {
    const { asynchronous, reservedConcurrency } = fn;
    const definition = {
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
    };
    called(fn.logicalId, () => lambda.deploy(definition));
  }
}

/** Makes whatever the service refuses a {@link TemplateError} that says which resource it is. */
function called(logicalId: string, deploy: () => void): void {
  try {
    deploy();
  } catch (error) {
    throw new TemplateError(`${logicalId}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Sets up the state machines of a stack. Throws {@link TemplateError} for what does not run here, or on AWS. */
export function deployStateMachines(blueprint: Blueprint, states: StepFunctions): void {
  for (const machine of blueprint.stateMachines) {
    if (machine.type !== 'STANDARD') {
      throw new TemplateError(`${machine.logicalId}: only STANDARD state machines run here.`);
    }
    const deployed = {
      name: machine.name,
      definition: machine.definition,
      roleArn: machine.roleArn,
      ...(machine.logging && { loggingConfiguration: inTheApi(machine.logging) }),
      tracingConfiguration: { enabled: machine.tracing },
    };
    called(machine.logicalId, () => void states.deploy(deployed));
  }
}

/** A property of a template under the names that the service's API has: the same, with a small letter first. */
function inTheApi(property: JsonObject): states.JsonObject {
  const named = (value: Json): states.Json => {
    if (isList(value)) return value.map(named);
    return isObject(value) ? inTheApi(value) : value;
  };
  return Object.fromEntries(
    Object.entries(property).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), named(value)]),
  );
}
