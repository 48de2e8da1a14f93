import type { Construct } from 'constructs';
import type { Kind } from '../../shared/domain/ids.ts';
import { stageOf, stagesOf } from '../../shared/kinds/lifecycle.ts';
import { caseWorkflow } from '../../workflows/case-workflow.ts';
import type { StageFunctions } from '../../workflows/stage-functions.ts';
import { LoggedStateMachine } from './logged-state-machine.ts';

export interface CaseStateMachineProps {
  readonly kind: Kind;
  readonly functions: StageFunctions;
}

/** The state machine of a kind of case, which may call the stage functions of its kind. */
export class CaseStateMachine extends LoggedStateMachine {
  constructor(scope: Construct, id: string, { kind, functions }: CaseStateMachineProps) {
    const { screen, openTask, advance, cover } = functions;
    const insures = stagesOf(kind).some((stage) => stageOf(kind, stage)?.waits === 'cover');
    super(scope, id, {
      name: kind,
      called: [screen, openTask, advance, ...(insures ? [cover] : [])],
      states: (states) => caseWorkflow(states, functions, kind),
    });
  }
}
