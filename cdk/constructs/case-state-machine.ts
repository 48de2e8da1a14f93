import type { State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Kind } from '../../shared/domain/ids.ts';
import type { StageFunctions } from '../../workflows/stage-functions.ts';
import { LoggedStateMachine } from './logged-state-machine.ts';

export interface CaseStateMachineProps {
  readonly kind: Kind;
  readonly functions: StageFunctions;
  /** builds the states and gives the first */
  readonly workflow: (scope: Construct, functions: StageFunctions) => State;
}

/** The state machine of a kind of case, which may call the stage functions of its kind. */
export class CaseStateMachine extends LoggedStateMachine {
  constructor(scope: Construct, id: string, { kind, functions, workflow }: CaseStateMachineProps) {
    const { screen, openTask, advance, cover } = functions;
    super(scope, id, {
      name: kind,
      called: [screen, openTask, advance, ...(kind === 'insurance' ? [cover] : [])],
      states: (states) => workflow(states, functions),
    });
  }
}
