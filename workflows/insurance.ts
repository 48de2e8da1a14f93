import { Duration } from 'aws-cdk-lib';
import type { State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { InsuranceStage } from '../shared/kinds/insurance/case.ts';
import { type CaseWorkflow, caseWorkflow } from './case-workflow.ts';
import { ask } from './fragments/ask.ts';
import { cover } from './fragments/cover.ts';
import { end } from './fragments/end.ts';
import { chased, chasedUntilExpiry } from './fragments/overdue.ts';
import type { StageFunctions } from './stage-functions.ts';

const { days, hours } = Duration;

const insurance: CaseWorkflow<Exclude<InsuranceStage, 'submitted' | 'screening'>> = {
  screenedInto: 'approving',
  stages: {
    // a day: the volunteers are out already
    approving: ask(chased(hours(24), hours(24)), ['binding', 'changes-requested', 'rejected', 'withdrawn']),
    // a week to answer; after ten days the hub telephones, after fourteen nobody is there
    'changes-requested': ask(chasedUntilExpiry(days(7), days(3), days(4)), ['approving', 'withdrawn']),
    // two days: the insurer takes batches once a day
    binding: ask(chased(days(2), days(2)), ['active', 'rejected', 'withdrawn']),
    active: cover(['closed']),
    closed: end,
    rejected: end,
    withdrawn: end,
  },
};

/** The state machine of a volunteer insurance request. @returns its first state */
export function insuranceWorkflow(scope: Construct, functions: StageFunctions): State {
  return caseWorkflow(scope, functions, insurance);
}
