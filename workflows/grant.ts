import { Duration } from 'aws-cdk-lib';
import type { State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { GrantStage } from '../shared/kinds/grant/case.ts';
import { type CaseWorkflow, caseWorkflow } from './case-workflow.ts';
import { ask } from './fragments/ask.ts';
import { end } from './fragments/end.ts';
import { chased, chasedUntilExpiry } from './fragments/overdue.ts';
import type { StageFunctions } from './stage-functions.ts';

const { days } = Duration;

const grant: CaseWorkflow<Exclude<GrantStage, 'submitted' | 'screening'>> = {
  screenedInto: 'reviewing',
  stages: {
    // two days each: a micro-grant that takes weeks comes when the emergency is over
    reviewing: ask(chased(days(2), days(2)), ['approving', 'changes-requested', 'rejected', 'withdrawn']),
    approving: ask(chased(days(2), days(2)), [
      'agreement',
      'second-approval',
      'changes-requested',
      'rejected',
      'withdrawn',
    ]),
    'second-approval': ask(chased(days(2), days(2)), ['agreement', 'changes-requested', 'rejected', 'withdrawn']),
    // a week to answer; after ten days the hub telephones, after fourteen nobody is there
    'changes-requested': ask(chasedUntilExpiry(days(7), days(3), days(4)), [
      'reviewing',
      'approving',
      'second-approval',
      'lapsed',
      'withdrawn',
    ]),
    // as long; money that lies reserved is money that others wait for
    agreement: ask(chasedUntilExpiry(days(7), days(3), days(4)), ['disbursing', 'lapsed', 'withdrawn']),
    // three days: a transfer and its entry in the books
    disbursing: ask(chased(days(3), days(3)), ['delivering']),
    // the programme says when the report is due; a week's grace before the hub asks
    delivering: ask(chased('until', days(7)), ['reporting']),
    // a week to read it: nothing waits for this
    reporting: ask(chased(days(7), days(7)), ['closed', 'delivering']),
    closed: end,
    rejected: end,
    withdrawn: end,
    lapsed: end,
  },
};

/** The state machine of a grant application. @returns its first state */
export function grantWorkflow(scope: Construct, functions: StageFunctions): State {
  return caseWorkflow(scope, functions, grant);
}
