import type { Authorizer } from '../iam/authorizer.ts';
import type { Caller } from '../iam/caller.ts';
import type { StepFunctions } from '../step-functions/index.ts';
import { ServiceError } from '../types.ts';
import { jsonService } from './json-service.ts';
import type { EndpointService } from './service.ts';

export interface StatesOptions {
  readonly states: Pick<StepFunctions, 'call' | 'machineOfToken'>;
  readonly authorizer: Authorizer;
  /** The ARN of a state machine by its name. */
  arnOf(name: string): string;
  /** The state machines of the stack. */
  readonly machines: readonly string[];
}

const answers = new Set(['SendTaskSuccess', 'SendTaskFailure', 'SendTaskHeartbeat']);

/** Step Functions, each call decided by the caller's permissions. */
export function statesService({ states, authorizer, arnOf, machines }: StatesOptions): EndpointService {
  const requireAny = (caller: Caller, action: string): void => {
    // What is no token of ours has no state machine: who may answer for none of them is told no more than that.
    let refusal: unknown;
    for (const resource of machines) {
      try {
        authorizer.require(caller, { action, resource });
        return;
      } catch (error) {
        refusal = error;
      }
    }
    throw refusal ?? new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  };

  return jsonService({
    target: 'AWSStepFunctions',
    version: '1.0',
    async call(operation, input, caller) {
      const action = `states:${operation}`;
      if (answers.has(operation)) {
        const of = typeof input.taskToken === 'string' ? states.machineOfToken(input.taskToken) : undefined;
        if (of !== undefined) authorizer.require(caller, { action, resource: of });
        else if (caller.roleArn !== undefined) requireAny(caller, action);
      } else {
        const named =
          typeof input.name === 'string' && operation === 'CreateStateMachine' ? arnOf(input.name) : undefined;
        const resource = [named, input.executionArn, input.stateMachineArn, input.resourceArn].find(
          (each) => typeof each === 'string',
        );
        authorizer.require(caller, { action, resource: resource ?? '*' });
      }
      return states.call(operation, input);
    },
  });
}
