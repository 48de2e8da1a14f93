import { Construct } from 'constructs';
import { byKind, type Kind, kinds } from '../../shared/domain/ids.ts';
import { CaseStateMachine } from './case-state-machine.ts';
import type { Installation } from './installation.ts';
import { StageFunctions } from './stage-functions.ts';

/** The state machines, one a kind, and the functions they call. */
export class Workflows extends Construct {
  readonly functions: StageFunctions;
  readonly machines: Readonly<Record<Kind, CaseStateMachine>>;
  /** the ARN of each machine, as the functions that talk to them have it in their environment */
  readonly environment: { readonly MACHINE_ARNS: string };

  constructor(scope: Construct, id: string, installation: Installation) {
    super(scope, id);
    this.functions = new StageFunctions(this, 'Stages', installation);
    const { functions } = this;
    this.machines = byKind((kind) => {
      const id = kind.charAt(0).toUpperCase() + kind.slice(1);
      return new CaseStateMachine(this, id, { functions, kind });
    });
    const arns = kinds.map((kind) => `${kind}=${this.machines[kind].machine.stateMachineArn}`);
    this.environment = { MACHINE_ARNS: arns.join(',') };
  }
}
