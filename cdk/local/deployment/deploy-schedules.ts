import type { DatabaseSync } from 'node:sqlite';
import type { Authorizer } from '../iam/authorizer.ts';
import { callingService } from '../iam/caller.ts';
import { createSchedules, type Schedules } from '../schedules/index.ts';
import type { Sqs } from '../sqs/index.ts';
import type { Blueprint } from '../template/blueprint.ts';
import type { Clock, JsonService, LambdaService } from '../types.ts';
import type { Roles } from './roles.ts';

export interface SchedulesDeployment {
  readonly blueprint: Blueprint;
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly lambda: LambdaService;
  readonly states: JsonService;
  readonly roles: Roles;
  readonly sqs: Sqs;
  readonly authorizer: Authorizer;
  say(line: string): void;
}

/** Sets up the schedules of a stack: each calls its target in its role, and what it gives up goes to its dead letters. */
export function deploySchedules(options: SchedulesDeployment): Schedules {
  const { authorizer, blueprint, clock, database, lambda, roles, say, sqs, states } = options;
  return createSchedules({
    schedules: blueprint.schedules,
    database,
    clock,
    accountId: blueprint.accountId,
    region: blueprint.region,
    async deliver(schedule, payload) {
      const { targetArn, roleArn } = schedule;
      const isFunction = targetArn.includes(':lambda:');
      if (roleArn !== undefined) {
        const action = isFunction ? 'lambda:InvokeFunction' : 'states:StartExecution';
        authorizer.require(roles.serviceCaller(roleArn, schedule.name), { action, resource: targetArn });
      }
      if (isFunction) await lambda.invokeAsync(targetArn, payload);
      else await states.call('StartExecution', { stateMachineArn: targetArn, input: payload });
    },
    async giveUp({ arn, deadLetterArn, name, roleArn }, payload) {
      if (deadLetterArn === undefined) return;
      const service = callingService('events.amazonaws.com', arn);
      const caller = roleArn === undefined ? service : roles.serviceCaller(roleArn, name);
      await sqs.send(caller, deadLetterArn, { body: payload });
    },
    say,
  });
}
