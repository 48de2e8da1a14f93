import { Construct } from 'constructs';
import type { Kind } from '../../shared/domain/ids.ts';
import { grantWorkflow } from '../../workflows/grant.ts';
import { insuranceWorkflow } from '../../workflows/insurance.ts';
import { needWorkflow } from '../../workflows/need.ts';
import { CaseStateMachine } from './case-state-machine.ts';
import type { Installation } from './installation.ts';
import { StageFunctions } from './stage-functions.ts';

/** The three state machines and the functions they call. */
export class Workflows extends Construct {
  readonly functions: StageFunctions;
  readonly machines: Readonly<Record<Kind, CaseStateMachine>>;
  /** the ARN of each machine, as the functions that talk to them have it in their environment */
  readonly environment: Readonly<Record<`${Uppercase<Kind>}_MACHINE_ARN`, string>>;

  constructor(scope: Construct, id: string, installation: Installation) {
    super(scope, id);
    this.functions = new StageFunctions(this, 'Stages', installation);
    const { functions } = this;
    this.machines = {
      need: new CaseStateMachine(this, 'Need', { functions, kind: 'need', workflow: needWorkflow }),
      grant: new CaseStateMachine(this, 'Grant', { functions, kind: 'grant', workflow: grantWorkflow }),
      insurance: new CaseStateMachine(this, 'Insurance', { functions, kind: 'insurance', workflow: insuranceWorkflow }),
    };
    this.environment = {
      NEED_MACHINE_ARN: this.machines.need.machine.stateMachineArn,
      GRANT_MACHINE_ARN: this.machines.grant.machine.stateMachineArn,
      INSURANCE_MACHINE_ARN: this.machines.insurance.machine.stateMachineArn,
    };
  }
}
