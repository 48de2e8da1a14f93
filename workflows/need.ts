import { Duration } from 'aws-cdk-lib';
import type { State } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { NeedStage } from '../shared/kinds/need/case.ts';
import { type CaseWorkflow, caseWorkflow } from './case-workflow.ts';
import { ask } from './fragments/ask.ts';
import { end } from './fragments/end.ts';
import { chased, chasedUntilExpiry, untilThen } from './fragments/overdue.ts';
import type { StageFunctions } from './stage-functions.ts';

const { days, hours } = Duration;

const need: CaseWorkflow<Exclude<NeedStage, 'submitted' | 'screening'>> = {
  screenedInto: 'verifying',
  stages: {
    // a day: one telephone call, by a coordinator who has a hundred to make
    verifying: ask(chased(hours(24), hours(24)), ['matching', 'changes-requested', 'merged', 'rejected', 'withdrawn']),
    // two days to look through the offers; what nobody could give in thirty is asked anew, since it has changed by then
    matching: ask(chasedUntilExpiry(days(2), days(5), days(23)), [
      'approving',
      'changes-requested',
      'rejected',
      'closed',
      'expired',
      'withdrawn',
    ]),
    // two days: goods that a donor holds back are goods that others need
    approving: ask(chased(days(2), days(2)), ['dispatching', 'changes-requested', 'matching', 'withdrawn']),
    // a week to answer; after ten days the hub telephones, after fourteen nobody is there
    'changes-requested': ask(chasedUntilExpiry(days(7), days(3), days(4)), [
      'verifying',
      'matching',
      'approving',
      'expired',
      'withdrawn',
    ]),
    // two days to find a lorry
    dispatching: ask(chased(days(2), days(2)), ['in-transit']),
    // who has not said by the end of the expected day what arrived is asked
    'in-transit': ask(untilThen('arrival-due'), ['confirming', 'reporting']),
    // three days to count what came; then the hub counts on the telephone
    confirming: ask(chased(days(3), days(3)), ['reporting']),
    // two weeks: the goods are there, the people are busy
    reporting: ask(chased(days(14), days(7)), ['closed']),
    closed: end,
    rejected: end,
    withdrawn: end,
    expired: end,
    merged: end,
  },
};

/** The state machine of a need. @returns its first state */
export function needWorkflow(scope: Construct, functions: StageFunctions): State {
  return caseWorkflow(scope, functions, need);
}
